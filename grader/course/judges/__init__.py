"""Where a class is judged: processes on this machine, or a cluster."""
