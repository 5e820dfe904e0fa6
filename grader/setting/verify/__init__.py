"""Is this problem fit to be set: one module for each family of checks; families.py runs them."""
