"""Output without end."""

import os


def total(numbers):
    print("tried", flush=True)
    while True:
        os.write(1, b"flood\n" * 10_000)
