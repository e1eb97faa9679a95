"""An answer that is no number."""


def total(numbers):
    print("tried", flush=True)
    return float("nan")
