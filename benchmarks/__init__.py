"""`make bench`: what Nexus costs, as ratios to a plain Textual app measured in the same run."""
