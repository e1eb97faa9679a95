"""Several learners in one file: each a uuid with a name that can change, and facts of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update

from nexus_tui.progress import cards
from nexus_tui.progress.columns import DAY, FACT, LEARNER, META
from nexus_tui.progress.errors import StoreError
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection, RowMapping

    from nexus_tui.progress.history import History
    from nexus_tui.progress.store import Store

IN_USE = "learner"
"""The key in `meta` of the learner that was chosen last."""
FIRST = "learner"
"""The name of the learner that a new file begins with."""
LONGEST = 60
_NAMES = select(LEARNER.c.id, LEARNER.c.name).where(LEARNER.c.archived.is_(None))


class NoSuchLearner(StoreError):
    """Nobody has this name here."""


@dataclass(frozen=True)
class Learner:
    """Who learns, and how much they did; `last` is the last day on which they did something."""

    id: str
    name: str
    archived: bool
    in_use: bool
    answers: int
    last: date | None


# ---------------------------------------------------------------- read


def learners(history: History) -> list[Learner]:
    """Everybody, those put aside last; from the sums of their days, not from their facts."""
    sums = (
        select(DAY.c.learner, func.sum(DAY.c.answers).label("n"), func.max(DAY.c.day).label("day"))
        .group_by(DAY.c.learner)
        .subquery()
    )
    query = (
        select(LEARNER, sums.c.n, sums.c.day)
        .join(sums, sums.c.learner == LEARNER.c.id, isouter=True)
        .order_by(LEARNER.c.archived.is_not(None), LEARNER.c.made, LEARNER.c.id)
    )
    return [
        Learner(
            id=row["id"],
            name=row["name"],
            archived=row["archived"] is not None,
            in_use=row["id"] == history.learner,
            answers=row["n"] or 0,
            last=date.fromisoformat(row["day"]) if row["day"] else None,
        )
        for row in history._read(query)
    ]


def shown_name(history: History) -> str | None:
    """The name of the learner in use, where there are several to tell apart."""
    names = {row["id"]: str(row["name"]) for row in history._read(_NAMES)}
    return names.get(history.learner) if len(names) > 1 else None


def id_of(history: History, name: str) -> str:
    """The id of the learner called `name`. Raises NoSuchLearner, naming those there are."""
    rows = history._read(select(LEARNER.c.id, LEARNER.c.name).order_by(LEARNER.c.made))
    for row in rows:
        if row["name"] == name:
            return str(row["id"])
    names = ", ".join(str(row["name"]) for row in rows)
    raise NoSuchLearner(f"There is no learner {name!r} here: there is {names}.")


def row_of(connection: Connection, learner: str) -> RowMapping:
    """The row of a learner."""
    return connection.execute(select(LEARNER).where(LEARNER.c.id == learner)).mappings().one()


# ---------------------------------------------------------------- written


def add(store: Store, name: str) -> str:
    """Make a learner; returns the id. Raises a StoreError where the name is taken or none."""
    wanted, new = _usable(name), str(uuid4())
    made = cards.milliseconds(store.now())

    def act(connection: Connection) -> str:
        _free(connection, wanted, but=None)
        last = connection.execute(select(func.max(LEARNER.c.made))).scalar() or 0
        values = {"id": new, "name": wanted, "made": max(made, last + 1)}
        connection.execute(insert(LEARNER).values(**values))
        return new

    return store.change(act)


def rename(store: Store, learner: str, name: str) -> None:
    """Give a learner another name; the history stays theirs."""
    wanted = _usable(name)

    def act(connection: Connection) -> None:
        _free(connection, wanted, but=learner)
        connection.execute(update(LEARNER).where(LEARNER.c.id == learner).values(name=wanted))

    store.change(act)


def archive(store: Store, learner: str, *, away: bool) -> None:
    """Put a learner aside, or take them back; nothing of theirs is lost."""
    if away and learner == store.learner:
        raise StoreError("This learner is in use: choose another one first.")
    at = cards.milliseconds(store.now()) if away else None
    store.change(
        lambda connection: _none(
            connection.execute(update(LEARNER).where(LEARNER.c.id == learner).values(archived=at))
        )
    )


def choose(store: Store, learner: str) -> None:
    """Go on with the history of another learner, also after a restart.

    What was answered before, and waits to be written, stays with who answered it.
    """

    def act(connection: Connection) -> None:
        row_of(connection, learner)
        connection.execute(delete(META).where(META.c.key == IN_USE))
        connection.execute(insert(META).values(key=IN_USE, value=learner))
        connection.execute(update(LEARNER).where(LEARNER.c.id == learner).values(archived=None))
        store.learner = learner

    store.change(act)


def remove(store: Store, learner: str) -> int:
    """Delete a learner with everything of theirs; returns how many facts that were.

    The one exception to facts being kept for ever. The caller makes the backup.
    """
    if learner == store.learner:
        raise StoreError("This learner is in use: choose another one first.")

    def act(connection: Connection) -> int:
        mine = select(func.count()).select_from(FACT).where(FACT.c.learner == learner)
        count = int(connection.execute(mine).scalar_one())
        _delete(connection, learner)
        return count

    return store.change(act)


def settle(connection: Connection, who: Mapping[str, Any]) -> str:
    """Make sure that the learner of a file (id, name, made) is known; returns the name here.

    Whoever has the same name, or the one that a new file begins with, and not a single fact, makes
    room; else the new one gets a number.
    """
    known = connection.execute(select(LEARNER.c.name).where(LEARNER.c.id == who["id"])).scalar()
    if known is not None:
        return str(known)
    wanted = clean_line(str(who["name"]))[:LONGEST] or "learner"
    taken = {row.name: row.id for row in connection.execute(select(LEARNER.c.name, LEARNER.c.id))}
    for name in {wanted, FIRST} & taken.keys():
        if not _has_facts(connection, taken[name]):
            _delete(connection, taken.pop(name))
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} {number}", number + 1
    connection.execute(insert(LEARNER).values(id=who["id"], name=name, made=who["made"]))
    return name


def stay(store: Store) -> None:
    """Go on as whoever is to be opened with, where the learner in use made room for another."""

    def act(connection: Connection) -> None:
        query = select(LEARNER.c.id).where(LEARNER.c.id == store.learner)
        if connection.execute(query).first() is None:
            store.learner = in_use(connection) or store.learner

    store.change(act)


def in_use(connection: Connection) -> str | None:
    """The learner to open with: the one chosen last, else the first who was not put aside."""
    chosen = select(META.c.value).where(META.c.key == IN_USE).scalar_subquery()
    query = select(LEARNER.c.id).order_by(
        func.coalesce(LEARNER.c.id != chosen, True),
        LEARNER.c.archived.is_not(None),
        LEARNER.c.made,
        LEARNER.c.id,
    )
    found = connection.execute(query.limit(1)).scalar()
    return str(found) if found is not None else None


def _delete(connection: Connection, learner: str) -> None:
    from nexus_tui.progress.tables import METADATA

    for table in METADATA.sorted_tables:
        if "learner" in table.c:
            connection.execute(delete(table).where(table.c.learner == learner))
    connection.execute(delete(LEARNER).where(LEARNER.c.id == learner))
    connection.execute(delete(META).where(META.c.key == IN_USE, META.c.value == learner))


def _usable(name: str) -> str:
    wanted = clean_line(name)
    if not wanted or len(wanted) > LONGEST:
        raise StoreError(f"A name has 1 to {LONGEST} characters.")
    return wanted


def _free(connection: Connection, name: str, *, but: str | None) -> None:
    for row in connection.execute(select(LEARNER.c.id, LEARNER.c.name)):
        if row.name.casefold() == name.casefold() and row.id != but:
            raise StoreError(f"There is a learner {row.name!r} already: choose another name.")


def _has_facts(connection: Connection, learner: str) -> bool:
    query = select(FACT.c.id).where(FACT.c.learner == learner, FACT.c.kind != "preset").limit(1)
    return connection.execute(query).first() is not None


def _none(_: object) -> None:
    return None
