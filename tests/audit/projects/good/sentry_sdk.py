"""Stands in for the real one, so that the project runs with Django alone."""


def init(**options: object) -> None:
    """Take the options and do nothing."""
    del options
