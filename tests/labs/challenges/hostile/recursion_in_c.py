"""Recursion without end and without limit, through functions that are written in C."""

import sys

sys.setrecursionlimit(2**30)


class Nested:
    def __repr__(self):
        return repr([self])


def total(numbers):
    print("tried", flush=True)
    return repr(Nested())
