"""Reading, writing and deleting what lies outside: a home, the stage, the workspace."""

import json
import os
import pathlib
import shutil

around = json.load(open("around.json"))


def attempts(tries):
    """Which of them did not fail."""
    reached = []
    for name, attempt in tries.items():
        try:
            attempt()
            reached.append(name)
        except (OSError, ValueError):
            pass
    raise SystemExit(f"reached {reached}")


def all_of(name, place):
    secret = place / name
    return {
        f"read {name}": lambda: secret.read_text(),
        f"list {place.name}": lambda: os.listdir(place),
        f"write {name}": lambda: secret.write_text("forged"),
        f"append to {name}": lambda: open(secret, "a"),
        f"empty {name}": lambda: os.truncate(secret, 0),
        f"move {name}": lambda: os.rename(secret, "mine"),
        f"replace {name}": lambda: os.replace("around.json", secret),
        f"link {name}": lambda: os.link(secret, "mine"),
        f"open {name} to all": lambda: os.chmod(secret, 0o777),
        f"delete {name}": lambda: secret.unlink(),
        f"delete {place.name}": lambda: shutil.rmtree(place),
        f"add to {place.name}": lambda: (place / "new").write_text("x"),
        f"add to {place.name} by a link": lambda: through_link(place),
    }


def through_link(place):
    os.symlink(place, place.name)
    (pathlib.Path(place.name) / "new").write_text("x")


def total(numbers):
    print("tried", flush=True)
    victim, stage = pathlib.Path(around["victim"]), pathlib.Path(around["stage"])
    attempts(
        all_of("secret", victim)
        | all_of("judge.py", stage / "checks")
        | all_of("calc.py", pathlib.Path(around["workspace"]))
    )
