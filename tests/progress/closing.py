"""Close histories in memory while three threads read them."""

from __future__ import annotations

import threading
from datetime import UTC

from nexus_tui.progress.store import Store, StoreError
from tests.histories import Clock

HISTORIES = 20


def close_while_reading() -> None:
    store = Store.open(None, clock=Clock(), zone=UTC)
    reading = threading.Barrier(4)

    def read() -> None:
        reading.wait()
        try:
            while True:
                store.objectives()
                store.days()
        except StoreError:
            """It is closed."""

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    reading.wait()
    store.close()
    for reader in readers:
        reader.join()


if __name__ == "__main__":
    for _ in range(HISTORIES):
        close_while_reading()
    print(f"closed {HISTORIES} histories")
