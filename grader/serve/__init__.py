"""A course's page: people hand in on it, watch the verdict come, and see what counts."""
