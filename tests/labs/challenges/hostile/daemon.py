"""A daemon that outlives the check: forks twice and wants a session of its own."""

import os
import time

print("tried", flush=True)
if os.fork() == 0:
    if os.fork():
        os._exit(0)
    try:
        os.setsid()
    except OSError as error:
        print(f"no session: {error.strerror}", flush=True)
    os.closerange(0, 64)
    time.sleep(600)


def total(numbers):
    return 0
