"""Opens the app, looks, answers, quits: `python -m tests.promises.visitor FOLDER [remove]`.

Prints JSON: the first screen, what became of an answer, how many answers can be read. With
`remove` the database is deleted before the answer, and put back by the palette's command after.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.progress.errors import StoreError
from nexus_tui.tui import care
from tests.histories import Clock, answer
from tests.running import LARGE, nexus, running, settings_for, settled, shown

if TYPE_CHECKING:
    from nexus_tui.progress.store import Store


def _answer(store: Store) -> str:
    try:
        answer(store, "school/sql/z", objective="school/sql/explain")
    except StoreError as error:
        return f"{type(error).__name__}: {error}"
    return "answered"


async def visit(folder: Path, *, remove: bool) -> dict[str, object]:
    settings = settings_for(folder, folder / "pack")
    said: dict[str, object] = {}
    async with running(settings, Clock(datetime.now(UTC)), LARGE) as pilot:
        said["screen"] = " ".join(shown(pilot).split())
        desk = nexus(pilot).desk
        assert desk is not None
        said["failure"] = desk.failure
        if remove:
            settings.database.path.unlink()
        said["answer"] = _answer(desk.store)
        if remove:
            care.put_back(nexus(pilot))
            await settled(pilot)
            said["again"] = _answer(desk.store)
        said["answers"] = desk.store.counts()["answers"]
    return said


if __name__ == "__main__":
    print(json.dumps(asyncio.run(visit(Path(sys.argv[1]), remove="remove" in sys.argv[2:]))))
