"""A process that answers: `python -m tests.progress.writer FILE NAME COUNT`, after one line.

It prints the id of each fact once it was acknowledged.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nexus_tui.progress.store import Store
from tests.histories import given


def main() -> None:
    path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    store = Store.open(path)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        question = f"nexus/t{number % 3}/{name}{number % 5}"
        done = store.answer(given(question, right=number % 4 > 0, milliseconds=1_000)).result()
        print(done.fact, flush=True)
    store.close()


if __name__ == "__main__":
    main()
