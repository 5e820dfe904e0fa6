"""What a reference computes elsewhere, in NumPy, so that its rounding can be followed."""
