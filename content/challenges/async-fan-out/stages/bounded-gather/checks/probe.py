"""Answers the judge; what is imported here is imported before the learner's code."""


def load():
    """Let the learner's code in."""
    import work

    globals()["work"] = work


def total(numbers):
    """What the learner's function returns, and the list that it was given, afterwards."""
    return {"total": work.total(numbers), "numbers": numbers}
