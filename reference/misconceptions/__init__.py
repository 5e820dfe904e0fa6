"""For every problem, ways to get it wrong."""
