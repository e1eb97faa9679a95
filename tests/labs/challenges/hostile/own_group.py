"""A group of its own, which a signal to the old one does not reach."""

import os


def total(numbers):
    print("tried", flush=True)
    if os.fork() == 0:
        try:
            os.setpgid(0, 0)
        except PermissionError:
            os._exit(13)
        while True:
            pass
    raise SystemExit(f"the child ended with {os.waitstatus_to_exitcode(os.wait()[1])}")
