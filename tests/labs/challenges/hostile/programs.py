"""Other programs, which could do what is refused here."""

import os
import subprocess


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


os.symlink("/bin/sh", "shell")


def total(numbers):
    print("tried", flush=True)
    attempts(
        {
            "a shell": lambda: subprocess.run(["/bin/sh", "-c", "true"]),
            "a linked shell": lambda: subprocess.run(["./shell", "-c", "true"]),
            "itself": lambda: os.execv("/proc/self/exe", ["python", "-c", "1"]),
            "a spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        }
    )
