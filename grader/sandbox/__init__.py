"""Runs a submission where it can do no harm and learn nothing; see run.py for how."""
