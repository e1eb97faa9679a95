"""Runs the snippets of content and the code that checks its questions."""
