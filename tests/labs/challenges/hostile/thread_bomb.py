"""Threads, until no more can be started."""

import threading


def total(numbers):
    print("tried", flush=True)
    for _ in range(100_000):
        threading.Thread(target=threading.Event().wait, daemon=True).start()
