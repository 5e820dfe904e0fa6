"""The problem as a Kattis problem package, in the legacy format or that of 2025-09."""
