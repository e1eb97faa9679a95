"""An answer of eight megabytes."""


def total(numbers):
    print("tried", flush=True)
    return "x" * 8_000_000
