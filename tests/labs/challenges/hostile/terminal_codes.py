"""An answer, output and an exception that steer a terminal, or are markup."""

CODES = "\x1b[2J\x1b]0;title\x07\x9b31m\u202e[red]codes[/red]"


def total(numbers):
    print("tried", CODES, flush=True)
    if numbers:
        raise ValueError(CODES)
    return CODES
