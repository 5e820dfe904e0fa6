"""What the kit hands out: one module for each kind of bundle."""
