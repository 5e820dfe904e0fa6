"""problem.yaml -> Problem: every key is read once, and checked as it is read."""
