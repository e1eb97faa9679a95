"""An endless loop in a call."""


def total(numbers):
    print("tried", flush=True)
    while True:
        pass
