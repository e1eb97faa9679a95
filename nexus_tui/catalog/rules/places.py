"""Line and column of a finding; a file is read again only where something was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog import strict_yaml
from nexus_tui.catalog.files import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.rules.found import Spot


class Places:
    """Looks keys of YAML up in the files of the pack in `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._documents: dict[str, tuple[strict_yaml.Document, dict[str, int]] | None] = {}

    def of(self, spot: Spot) -> strict_yaml.Place:
        """Line and column of a spot, from 1; the first of the file where the keys are not there."""
        if spot.question is None and not spot.keys:
            return spot.line, spot.column
        if spot.path not in self._documents:
            self._documents[spot.path] = self._read(spot.path)
        known = self._documents[spot.path]
        if known is None:
            return 1, 1
        document, places = known
        if spot.question is None:
            return document.place(spot.keys)
        if spot.question not in places:
            return 1, 1
        return document.place(("questions", places[spot.question], *spot.keys))

    def _read(self, name: str) -> tuple[strict_yaml.Document, dict[str, int]] | None:
        text = Reading(self._root, []).text(self._root / name, optional=True)
        if text is None:
            return None
        try:
            document = strict_yaml.read(text, name)
        except strict_yaml.YamlProblem:
            return None
        return document, _questions(document.value)


def _questions(value: object) -> dict[str, int]:
    """The place of each question in the list; the first of two with one id, as in reading."""
    listed = value.get("questions") if isinstance(value, dict) else None
    found: dict[str, int] = {}
    for place, question in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(question, dict):
            found.setdefault(str(question.get("id")), place)
    return found
