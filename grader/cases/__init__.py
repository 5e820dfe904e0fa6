"""What is played: the suite that a seed fixes, the deck of small cases, published samples."""
