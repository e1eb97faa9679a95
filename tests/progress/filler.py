"""A process that fills a disk: `python -m tests.progress.filler FILE BALLAST`.

It answers until the disk is full, reads, deletes the ballast, answers once more, and says so;
every fact is printed once it was acknowledged.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nexus_tui.progress.errors import DiskFull
from nexus_tui.progress.store import Store
from tests.histories import answer


def main() -> None:
    path, ballast = Path(sys.argv[1]), Path(sys.argv[2])
    store = Store.open(path)
    count = 0
    try:
        while True:
            print(answer(store, f"nexus/t{count % 3}/q{count % 9}").fact, flush=True)
            count += 1
    except DiskFull:
        read = store.counts()["answers"]
    assert read == count
    ballast.unlink()
    print(answer(store).fact, flush=True)
    store.close()
    print("DiskFull, read, went on")


if __name__ == "__main__":
    main()
