"""An assignment's autograder for Classroom 50, with public checks only."""
