"""Report -> text: one module for each format, all of them pure functions."""
