"""The loss of each problem, for `grader verify` to differentiate."""
