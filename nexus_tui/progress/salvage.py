"""Facts read out of a damaged file by what they look like, and believed by their checksums.

SQLite gives up on a file whose header or inner pages are damaged. A row of `fact` is found
without any of them: it begins with the lengths of its columns, three of which are always those
of a uuid. A fact whose checksum is right is a fact that was once written, and facts are never
changed or deleted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nexus_tui.progress.files import FACT_COLUMNS, checksum, log_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UUID = 36
_TEXT = 2 * _UUID + 13
"""The type of a text of 36 bytes in a row (https://sqlite.org/fileformat2.html, section 2.1)."""
_FACT = re.compile(b"[\x0b-\x14]" + bytes([_TEXT]) * 3)
_SEQ = re.compile(rb"\x05" + bytes([_TEXT]) * 2 + rb"[\x01-\x06\x09]" + bytes([_TEXT]))
"""A row of the index over learner, device, seq: it says that a fact existed."""
_LEARNER = re.compile(
    rb"(\x04U[\x0f-\x7f][\x04-\x06]|\x05U[\x0f-\x7f][\x04-\x06][\x00-\x06\x08\x09])"
)
"""A row of `learner`: id, name, made, and since format 2 archived. `U` is the type of a uuid."""
_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_SIZES = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
_FRAME = 24
_LOG_HEADER = 32


@dataclass
class Found:
    """What could be read: facts whose checksum is right, names, and what is known to be missing."""

    facts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """(learner, id) → the columns of the fact."""
    names: dict[str, str] = field(default_factory=dict)
    missing: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """(learner, device) → numbers of facts that were written and cannot be read."""

    @property
    def lost(self) -> int:
        return sum(map(len, self.missing.values()))


def salvage(path: Path) -> Found:
    """Read every fact that is left in a file and its log. Raises OSError where neither opens."""
    data = path.read_bytes()
    log = log_of(path).read_bytes() if log_of(path).exists() else b""
    pages = _Pages(data, log)
    found = Found()
    known: dict[tuple[str, str], set[int]] = {}
    for whole in (data, log):
        for row in _rows(whole, _FACT, len(FACT_COLUMNS), pages):
            if _is_uuid(row[0]) and isinstance(row[3], int) and checksum(tuple(row)) == row[-1]:
                found.facts[row[0], row[1]] = dict(zip(FACT_COLUMNS, row, strict=True))
        for row in _rows(whole, _SEQ, 4, pages):
            if all(map(_is_uuid, (row[0], row[1], row[3]))) and isinstance(row[2], int):
                known.setdefault((row[0], row[1]), set()).add(row[2])
    learners = {learner for learner, _ in found.facts}
    for whole in (data, log):
        for match in _LEARNER.finditer(whole):
            who = _row(whole, match.start(), int(whole[match.start()] == 5) + 3, None)
            if who and who[0] in learners and isinstance(who[1], str) and who[1].isprintable():
                found.names[who[0]] = who[1]
    _count_missing(found, known)
    return found


def _count_missing(found: Found, known: dict[tuple[str, str], set[int]]) -> None:
    """Numbers have no gaps: what is not there below the highest one seen was lost."""
    read: dict[tuple[str, str], set[int]] = {}
    for fact in found.facts.values():
        read.setdefault((fact["learner"], fact["device"]), set()).add(fact["seq"])
    for whose in read.keys() | known.keys():
        have, said = read.get(whose, set()), known.get(whose, set())
        if not have:
            # A damaged index may name a device that never was: only several rows are believed.
            said = said if len(said) > 1 else set()
        limit = max(have | {number for number in said if number <= 10 * len(have | said)} | {0})
        if lost := sorted(set(range(1, limit + 1)) - have):
            found.missing[whose] = lost


def _is_uuid(value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value) == _UUID
        and value[8] == value[13] == value[18] == value[23] == "-"
    )


# ---------------------------------------------------------------- rows


def _rows(
    data: bytes, looks: re.Pattern[bytes], columns: int, pages: _Pages
) -> Iterator[list[Any]]:
    """Everything in `data` that can be read as a row of so many columns."""
    at = 0
    while (match := looks.search(data, at)) is not None:
        row = _row(data, match.start(), columns, pages)
        if row is not None:
            yield row
        at = match.start() + 1


def _row(data: bytes, at: int, columns: int, pages: _Pages | None) -> list[Any] | None:
    """The columns of the row whose header begins at `at`; None where it is none."""
    head, types, place = data[at], list[int](), at + 1
    while place < at + head:
        kind, place = _varint(data, place)
        types.append(kind)
    if place != at + head or len(types) != columns:
        return None
    length = head + sum(map(_width, types))
    if length > 1_000_000:
        return None
    bodies = pages.bodies(data, at, length) if pages else iter([data[at : at + length]])
    for body in bodies:
        row = _columns(body[head:], types) if len(body) == length else None
        if row is not None and (columns != len(FACT_COLUMNS) or checksum(tuple(row)) == row[-1]):
            return row
    return None


def _columns(body: bytes, types: list[int]) -> list[Any] | None:
    values: list[Any] = []
    place = 0
    for kind in types:
        part = body[place : place + _width(kind)]
        place += len(part)
        if kind in _WIDTHS:
            values.append(int.from_bytes(part, "big", signed=True))
        elif kind in {8, 9}:
            values.append(kind - 8)
        elif kind >= 13 and kind % 2:
            try:
                values.append(part.decode())
            except UnicodeDecodeError:
                return None
        else:
            values.append(None)
    return values


def _width(kind: int) -> int:
    return (kind - 12) // 2 if kind >= 12 else {**_WIDTHS, 7: 8}.get(kind, 0)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of SQLite's, at most three bytes of it, and where the next one begins."""
    value = 0
    for place in range(at, min(at + 3, len(data))):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return -1, at + 3


# ---------------------------------------------------------------- pages


class _Pages:
    """Long rows go on in other pages, of the file or of its log, which are found by number."""

    def __init__(self, data: bytes, log: bytes) -> None:
        self._data, self._log = data, log
        said = int.from_bytes(data[16:18], "big") if data[:6] == b"SQLite" else 0
        in_log = int.from_bytes(log[8:12], "big") if log else 0
        first = [size for size in (65536 if said == 1 else said, in_log) if size in _SIZES]
        self._size = (*first, *_SIZES)[0]
        step = self._size + _FRAME
        self._frames: dict[int, list[int]] = {}
        for at in range(_LOG_HEADER, len(log) - _FRAME, step):
            number = int.from_bytes(log[at : at + 4], "big")
            self._frames.setdefault(number, []).insert(0, at + _FRAME)

    def bodies(self, data: bytes, at: int, length: int) -> Iterator[bytes]:
        """The bytes of a row that begins at `at`: as they stand, or as the pages chain them."""
        most = (self._size - 12) * 64 // 255 - 23
        if length <= most:
            yield data[at : at + length]
            return
        least = (self._size - 12) * 32 // 255 - 23
        kept = least + (length - least) % (self._size - 4)
        kept = kept if kept <= most else least
        after = int.from_bytes(data[at + kept : at + kept + 4], "big")
        for newest_first in (False, True):
            body, number, seen = data[at : at + kept], after, 0
            while len(body) < length and number and seen < 300:
                page = self._page(number, newest_first=newest_first)
                number, seen = int.from_bytes(page[:4], "big"), seen + 1
                body += page[4 : 4 + length - len(body)]
            yield body

    def _page(self, number: int, *, newest_first: bool) -> bytes:
        begin = (number - 1) * self._size
        frames = self._frames.get(number, [])
        if frames and (newest_first or begin >= len(self._data)):
            return self._log[frames[0] : frames[0] + self._size]
        return self._data[begin : begin + self._size]
