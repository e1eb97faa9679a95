"""A file of a terabyte."""


def total(numbers):
    print("tried", flush=True)
    with open("big", "wb") as big:
        big.truncate(2**40)
