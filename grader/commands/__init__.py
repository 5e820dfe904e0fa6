"""Commands that need more than a page of options, by what they are about."""

DEFAULT_SEED = 20240607  # public, so that a student sees at home what the kit sees
