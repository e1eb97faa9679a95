"""Output that is closed, so that flushing it raises."""

import sys


def total(numbers):
    print("tried", flush=True)
    sys.stdout.close()
    return 0
