"""Modules beside it with the names of libraries, of the harness and of what Python imports itself."""

import json
import selectors
import sys
import traceback

import probe

print("tried", flush=True)


def total(numbers):
    return 0
