"""The faulty line: one change of a submission's own text that makes every claim right."""
