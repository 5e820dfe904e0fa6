"""Sentences about a submission, English beside Chinese."""
