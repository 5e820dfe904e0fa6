"""The commands of `grader`, by whom they serve and what they make; start.py comes before all."""
