"""Runs code: what learners write, and the snippets of content."""
