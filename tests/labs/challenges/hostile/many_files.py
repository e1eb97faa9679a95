"""Thousands of files and folders."""

import os

print("tried", flush=True)
for at in range(1000):
    os.mkdir(f"{at}")
    open(f"{at}/file", "w").close()


def total(numbers):
    return 0
