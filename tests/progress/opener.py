"""A process that opens a history and answers once: `python -m tests.progress.opener FILE`.

It prints the class and the sentence of the StoreError, or `answered`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nexus_tui.progress.store import Store, StoreError
from tests.histories import answer


def main() -> None:
    try:
        store = Store.open(Path(sys.argv[1]))
        answer(store)
        store.close()
    except StoreError as error:
        print(f"{type(error).__name__}: {error}")
    else:
        print("answered")


if __name__ == "__main__":
    main()
