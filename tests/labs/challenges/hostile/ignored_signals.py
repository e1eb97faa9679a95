"""A sleep that ignores SIGTERM and every other signal that can be ignored."""

import contextlib
import signal
import time

for number in signal.valid_signals():
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)


def total(numbers):
    print("tried", flush=True)
    while True:
        time.sleep(600)
