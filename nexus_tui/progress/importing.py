"""Facts from a file, added to those that are here: a union, in one transaction.

A fact is known by its id, so that adding a file twice changes nothing. Where a device counted
on in two copies of one history (a restored backup, a copied home), the same number names two
facts: what comes from the file then goes on under a device of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import bindparam, func, select

from nexus_tui.progress import jsonl, learners, replay
from nexus_tui.progress.cards import KEEP_FACT
from nexus_tui.progress.columns import FACT
from nexus_tui.progress.derive import checksum
from nexus_tui.progress.errors import StoreError
from nexus_tui.progress.statements import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from nexus_tui.progress.cards import FactRow
    from nexus_tui.progress.store import Store

    Say = Callable[[int, int], None]

_EVERY = 5_000
_BY_ID = select(FACT).where(FACT.c.learner == bindparam("learner"), FACT.c.id == bindparam("id"))
_BY_SEQ = select(FACT.c.id).where(
    FACT.c.learner == bindparam("learner"),
    FACT.c.device == bindparam("device"),
    FACT.c.seq == bindparam("seq"),
)
_LAST_SEQ = select(func.max(FACT.c.seq)).where(
    FACT.c.learner == bindparam("learner"), FACT.c.device == bindparam("device")
)
_HELD = select(func.count(), func.max(FACT.c.seq)).where(
    FACT.c.learner == bindparam("learner"), FACT.c.device == bindparam("device")
)
_SAME = ("at", "day", "kind", "subject", "revision", "payload")


@dataclass(frozen=True)
class Problem:
    """A line that cannot be taken; `why`: format, json, schema, kind, checksum, conflict, count."""

    line: int
    why: str
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


@dataclass
class Looked:
    """What a file holds, line by line, before anything is added."""

    learner: jsonl.Who
    facts: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Reason → how many lines."""
        return dict(Counter(problem.why for problem in self.problems))


@dataclass
class Imported:
    """What an import did."""

    learner: str
    """The name under which the learner is known here."""
    added: int = 0
    known: int = 0
    moved: int = 0
    """Facts added under a device of their own: their number was taken."""
    first_moved: int | None = None
    """The line of the first of them."""
    missing: int = 0
    """Facts that the devices of the file wrote and that are neither here nor there."""
    conflicts: list[Problem] = field(default_factory=list)


def look(path: Path, say: Say | None = None) -> Looked:
    """Read the whole file, changing nothing. Raises a StoreError where it is no such file."""
    found: Looked | None = None
    total = 0
    for number, line in _lines(path):
        if found is None:
            try:
                header = jsonl.read_header(line)
            except jsonl.Unreadable as error:
                raise StoreError(
                    f"{path} is no export of Nexus that can be read: {error} (line 1)."
                ) from error
            found, total = Looked(header.learner), header.facts
            continue
        found.facts += 1
        try:
            jsonl.read_fact(line, found.learner.id)
        except jsonl.Unreadable as error:
            found.problems.append(Problem(number, error.why, str(error)))
        if say is not None and found.facts % _EVERY == 0:
            say(found.facts, total)
    if found is None:
        raise StoreError(f"{path} is empty: it is no export of Nexus.")
    if found.facts != total:
        sentence = f"{found.facts} facts follow, the first line says {total}: the file was cut off"
        found.problems.append(Problem(1, "count", sentence))
    return found


def add(store: Store, path: Path, looked: Looked, say: Say | None = None) -> Imported:
    """Add the facts of a file that was looked through, all or none; its bad lines are left out.

    The derived tables are made anew where anything was added. Raises a StoreError where the
    history cannot be written.
    """
    bad = {problem.line for problem in looked.problems}

    def act(connection: Connection) -> Imported:
        name = learners.settle(connection, looked.learner.model_dump())
        union = _Union(connection, looked.learner.id, Imported(name))
        for number, line in _lines(path):
            if number == 1 or number in bad:
                continue
            try:
                union.take(number, jsonl.read_fact(line, looked.learner.id))
            except jsonl.Unreadable as error:
                raise StoreError(f"{path} changed while it was read: import it again.") from error
            if say is not None and number % _EVERY == 0:
                say(number - 1, looked.facts)
        done = union.finish()
        if done.added:
            replay.rebuild(connection, say)
        return done

    done = store.change(act)
    learners.stay(store)
    return done


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number, line) of every line that is not blank."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if text := line.strip():
                    yield number, text
    except UnicodeDecodeError as error:
        raise StoreError(f"{path} is no text in UTF-8: it is no export of Nexus.") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error


class _Union:
    """Takes the facts of a file one by one, in its order."""

    def __init__(self, connection: Connection, learner: str, done: Imported) -> None:
        self._connection = connection
        self._learner = learner
        self._done = done
        self._branch: dict[str, str] = {}
        """Device in the file → the device under which its facts go on here."""

    def take(self, line: int, fact: FactRow) -> None:
        """Add a fact, or know it again."""
        device = fact["device"]
        branch = self._branch.setdefault(device, device)
        here = self._connection.execute(_BY_ID, fact).mappings().first()
        if here is not None:
            if any(here[name] != fact[name] for name in _SAME):
                sentence = f"the fact {fact['id']} says something else here; what is here stays"
                self._done.conflicts.append(Problem(line, "conflict", sentence))
            else:
                self._done.known += 1
                self._branch[device] = here["device"]
            return
        if branch == device and self._connection.execute(_BY_SEQ, fact).first() is not None:
            branch = self._branch[device] = str(uuid5(UUID(device), fact["id"]))
        if branch != device:
            fact = self._renumbered(fact, branch)
            self._done.moved += 1
            self._done.first_moved = self._done.first_moved or line
        write(self._connection, KEEP_FACT, [fact])
        self._done.added += 1

    def _renumbered(self, fact: FactRow, device: str) -> FactRow:
        which = {"learner": self._learner, "device": device}
        last = self._connection.execute(_LAST_SEQ, which).scalar() or 0
        row = {**fact, "device": device, "seq": last + 1}
        return {**row, "crc": checksum(row)}

    def finish(self) -> Imported:
        """Count what is missing: numbers have no gaps."""
        for device in set(self._branch.values()):
            which = {"learner": self._learner, "device": device}
            held, last = self._connection.execute(_HELD, which).one()
            self._done.missing += (last or 0) - held
        return self._done
