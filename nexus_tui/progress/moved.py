"""Ids that changed, applied to what is read; facts keep the ids they were written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Moves:
    """Old id → new id, in the order in which the moves were made.

    A topic takes along what is below it: its questions and its objectives.
    """

    def __init__(self, moves: Mapping[str, str]) -> None:
        self._moves = dict(moves)
        self._known: dict[str, str] = {}

    def today(self, key: str) -> str:
        """The id under which content knows `key` today."""
        if key not in self._known:
            now = key
            for old, new in self._moves.items():
                now = _moved(now, old, new)
            self._known[key] = now
        return self._known[key]

    def ever(self, key: str) -> set[str]:
        """Every id that what is `key` today may be stored under."""
        found = {key}
        for old, new in reversed(self._moves.items()):
            found |= {_moved(now, new, old) for now in found}
        return {now for now in found if self.today(now) == key}


def _moved(key: str, old: str, new: str) -> str:
    if key == old or key.startswith(f"{old}/"):
        return new + key[len(old) :]
    return key
