"""Nothing runs here: the judge reads the file."""
