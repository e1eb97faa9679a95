"""A daemon where the stage may start sessions: out of its group, its session and its environment."""

import os
import signal
import time

reading, writing = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    os.environ.clear()
    os.chdir("/usr")
    os.write(writing, b"x")
    os.closerange(0, 64)
    time.sleep(600)
os.read(reading, 1)
print("tried", flush=True)


def total(numbers):
    return 0
