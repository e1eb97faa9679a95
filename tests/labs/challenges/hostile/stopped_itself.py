"""A process that stops itself, so that no handler of a signal runs."""

import os
import signal


def total(numbers):
    print("tried", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
