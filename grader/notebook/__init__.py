"""A notebook as a submission: its cells, what of them is taken, and where each line stands."""
