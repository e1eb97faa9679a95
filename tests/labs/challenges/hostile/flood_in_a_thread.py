"""Output without end, on both streams, beside answers."""

import os
import threading


def flood(number):
    while True:
        os.write(number, b"\xff\x00" * 30_000)


print("tried", flush=True)
for number in (1, 2):
    threading.Thread(target=flood, args=(number,), daemon=True).start()


def total(numbers):
    return 0
