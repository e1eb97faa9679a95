"""More and more memory."""


def total(numbers):
    print("tried", flush=True)
    blocks = [bytearray(16 * 1024 * 1024)]
    while True:
        blocks.append(bytearray(4 * len(blocks[-1])))
