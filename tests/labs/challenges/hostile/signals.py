"""Signals to the judge and to the app: to end them, to stop them, to have them go on."""

import json
import os
import signal

app = json.load(open("around.json"))["app"]


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


def total(numbers):
    print("tried", flush=True)
    attempts(
        {
            f"{number.name} to {name}": lambda process=process, number=number: os.kill(
                process, number
            )
            for name, process in (("the judge", os.getppid()), ("the app", app))
            for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL, signal.SIGUSR1)
        }
        | {"the group of the judge": lambda: os.killpg(os.getppid(), signal.SIGKILL)}
        | {"the group of the app": lambda: os.killpg(app, signal.SIGKILL)}
    )
