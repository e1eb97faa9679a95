"""An answer that JSON does not have."""


def total(numbers):
    print("tried", flush=True)
    return object()
