"""An answer and an exception with half a character, which no terminal and no file takes."""


def total(numbers):
    print("tried", flush=True)
    if numbers:
        raise ValueError("half \udfff")
    return "half \ud800"
