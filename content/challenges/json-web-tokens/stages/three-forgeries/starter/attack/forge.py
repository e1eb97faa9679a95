"""Forges tokens, from a genuine one of your own."""


def for_one(token, user, public_key):
    """A token of this user that `verifiers.one` believes."""
    return token


def for_two(token, user, public_key):
    """A token of this user that `verifiers.two` believes."""
    return token


def for_three(token, user, public_key):
    """A token of this user that `verifiers.three` believes."""
    return token
