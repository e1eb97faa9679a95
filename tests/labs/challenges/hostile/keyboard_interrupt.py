"""The exception of ctrl+c."""


def total(numbers):
    print("tried", flush=True)
    raise KeyboardInterrupt
