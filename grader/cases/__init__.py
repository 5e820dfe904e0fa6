"""What is played: the suite that a seed fixes, the deck of small cases, published samples."""

PUBLIC_SEED = 20240607  # the default, so that a student sees at home what the kit sees
