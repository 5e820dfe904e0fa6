"""For problem setters: is a problem fit to be set, and what do its cases miss."""
