"""The web process: it reads submissions as bytes and escaped text, and never judges."""
