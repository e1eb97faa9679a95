"""A fork that goes back to the harness too, so that two processes answer."""

import os


def total(numbers):
    print("tried", flush=True)
    os.fork()
    return 0
