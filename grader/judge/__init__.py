"""One submission: played, compared, scored, and told in a report."""
