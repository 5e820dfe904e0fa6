"""Commands that need more than a page of options, by what they are about."""
