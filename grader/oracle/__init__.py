"""The only door to the reference: expected values, their bounds, known mistakes."""
