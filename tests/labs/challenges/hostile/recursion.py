"""Recursion without end."""


def total(numbers):
    print("tried", flush=True)
    return total(numbers)
