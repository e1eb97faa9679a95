"""Tools that others made: how each is run, and what its answer says."""
