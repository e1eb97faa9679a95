"""A read of memory that is not there."""

import ctypes


def total(numbers):
    print("tried", flush=True)
    return ctypes.string_at(0)
