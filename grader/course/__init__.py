"""A class at once: find the submissions, judge them in parallel, keep every result."""
