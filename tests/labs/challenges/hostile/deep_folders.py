"""Folders within folders, deeper than a path can tell, and nobody may enter the last."""

import os

print("tried", flush=True)
for _ in range(1500):
    os.mkdir("deep")
    os.chdir("deep")
open("file", "w").close()
os.chmod(".", 0)


def total(numbers):
    return 0
