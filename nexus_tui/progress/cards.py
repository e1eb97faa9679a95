"""The card of an objective: what its answers and the learner's marks, in order, make of it."""

from __future__ import annotations

import json
from bisect import bisect_left
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, literal_column, outerjoin, select, update

from nexus_tui.learning import scheduling
from nexus_tui.learning.rating import Rating
from nexus_tui.learning.scheduling import CardState, Preset
from nexus_tui.progress import days
from nexus_tui.progress.columns import ANSWER, CARD, FACT, MARK
from nexus_tui.progress.statements import first, keeping, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, RowMapping


FactRow = dict[str, Any]


def is_kind(kind: str) -> ColumnElement[bool]:
    """Is a fact of this kind?

    Written out: a value that comes with the statement has SQLite look each time whether an index
    of some kind serves it, and plan anew.
    """
    return FACT.c.kind == literal_column(f"'{kind}'")


# Built once: building a statement costs more than running it.
KEEP_FACT = keeping("fact")
KEEP_CARD = keeping("card", "learner", "objective")
_OF_OBJECTIVE = and_(
    CARD.c.learner == bindparam("learner"), CARD.c.objective == bindparam("objective")
)
_CARD = select(CARD).where(_OF_OBJECTIVE)
_LAST_RESET = (
    select(func.max(MARK.c.fact))
    .where(MARK.c.learner == bindparam("learner"), MARK.c.kind == "reset")
    .where(MARK.c.objective == bindparam("objective"))
    .scalar_subquery()
)
_RIGHT_BEFORE = (
    select(ANSWER.c.fact)
    .where(ANSWER.c.learner == bindparam("learner"), ANSWER.c.score == 1.0)
    .where(ANSWER.c.question == bindparam("question"))
    .where(ANSWER.c.objective == bindparam("objective"))
    .where(ANSWER.c.fact > func.coalesce(_LAST_RESET, ""))
    .exists()
)
_RIGHT_QUESTIONS = (
    select(ANSWER.c.question)
    .where(ANSWER.c.learner == bindparam("learner"), ANSWER.c.score == 1.0)
    .where(ANSWER.c.objective == bindparam("objective"))
    .where(ANSWER.c.fact > func.coalesce(_LAST_RESET, ""))
    .distinct()
)
_PRESETS = (
    select(FACT.c.id, FACT.c.payload)
    .where(FACT.c.learner == bindparam("learner"), is_kind("preset"))
    .order_by(FACT.c.at, FACT.c.id)
)
_PRESET = (
    select(FACT.c.payload)
    .where(FACT.c.learner == bindparam("learner"), is_kind("preset"))
    .where(FACT.c.id < bindparam("fact"))
    .order_by(FACT.c.at.desc(), FACT.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_ONE = select(literal_column("1")).subquery("one")
_BEFORE = select(CARD, _RIGHT_BEFORE, _PRESET).select_from(outerjoin(_ONE, CARD, _OF_OBJECTIVE))
_NAMES = [column.name for column in CARD.c]


def moment(milliseconds: int) -> datetime:
    """Milliseconds since the epoch as an aware UTC datetime."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def milliseconds(at: datetime) -> int:
    """An aware datetime as milliseconds since the epoch."""
    return round(at.timestamp() * 1000)


# ---------------------------------------------------------------- presets


class Presets:
    """Which preset was in force when: the one said last before, else the default.

    Ids of facts sort by time, so the id of an answer finds its preset.
    """

    def __init__(self, said: Iterable[tuple[str, str]] = ()) -> None:
        found = [(fact, _said(payload)) for fact, payload in said]
        self._ids = [fact for fact, _ in found]
        self._presets = [preset for _, preset in found]

    def at(self, fact: str) -> Preset:
        """The preset in force when the fact with this id was written."""
        place = bisect_left(self._ids, fact)
        return self._presets[place - 1] if place else scheduling.DEFAULT


def preset_of(payload: Mapping[str, Any]) -> Preset:
    """The part of a preset fact that due dates depend on."""
    from nexus_tui.progress.preset import PresetPayload

    said = PresetPayload.model_validate(dict(payload))
    return Preset(
        retention=said.retention,
        weights=tuple(said.weights),
        maximum_days=said.maximum_days,
        easy_days=frozenset(said.easy_days),
    )


@lru_cache(maxsize=8)
def _said(payload: str) -> Preset:
    """The preset that a fact with this payload put in force."""
    return preset_of(json.loads(payload))


def presets_of(connection: Connection, learner: str) -> Presets:
    """Every preset this learner ever set; few, so all of them are read."""
    rows = connection.execute(_PRESETS, {"learner": learner})
    return Presets((row.id, row.payload) for row in rows)


# ---------------------------------------------------------------- cards

NOTHING: dict[str, Any] = {
    **dict.fromkeys(("repetitions", "lapses", "asked", "right", "sure_wrong"), 0),
    **dict.fromkeys(("right_days", "right_questions"), 0),
    **dict.fromkeys(("last_missed", "first_right", "last_right", "first_asked")),
    "confident_error": None,
}
"""What a card counts before the first answer."""


def card_row(connection: Connection, learner: str, objective: str) -> RowMapping | None:
    """The card of an objective as it stands."""
    which = {"learner": learner, "objective": objective}
    return connection.execute(_CARD, which).mappings().first()


def keep_card(connection: Connection, card: Mapping[str, Any]) -> None:
    """Write a card row over the one before."""
    write(connection, KEEP_CARD, [card])


def before(connection: Connection, answer: FactRow) -> tuple[FactRow | None, bool, Preset]:
    """What an answer meets: the card, whether its question was right already, the preset.

    Right since the objective was last reset; the three in one statement, for speed.
    """
    asked = {name: answer[name] for name in ("learner", "question", "objective", "fact")}
    *card, right, preset = first(connection, _BEFORE, asked)
    known = dict(zip(_NAMES, card, strict=True)) if card[0] is not None else None
    return known, bool(right), _said(preset) if preset else scheduling.DEFAULT


def right_questions(connection: Connection, learner: str, objective: str) -> set[str]:
    """The questions of an objective that were answered right since it was last reset."""
    which = {"learner": learner, "objective": objective}
    return set(connection.execute(_RIGHT_QUESTIONS, which).scalars())


def state_of(card: Any) -> CardState:
    """The scheduling part of a card row."""
    return CardState(
        stability=card["stability"],
        difficulty=card["difficulty"],
        due=moment(card["due"]),
        last=moment(card["last"]),
        repetitions=card["repetitions"],
        lapses=card["lapses"],
    )


def next_card(card: Any, answer: FactRow, preset: Preset, *, new_question: bool) -> dict[str, Any]:
    """The card row after `answer`; `card` is the row before, empty for the first answer.

    `confident_error` is the day of an answer that was sure and wrong; it stands until the
    objective is answered on a later day.
    """
    right = answer["score"] == 1.0
    counts = counted(dict(card) if card else {}, answer, new_question=new_question)
    state = scheduling.review(
        state_of(card) if card else None,
        Rating(answer["rating"]),
        moment(answer["at"]),
        guessed=answer["certainty"] == "guessed" and right,
        missed=counts["last_missed"] == answer["day"],
        fuzz_key=f"{answer['learner']}/{answer['objective']}",
        preset=preset,
        day=date.fromisoformat(answer["day"]),
    )
    return {**counts, **_scheduled(answer, state)}


def counted(before: Mapping[str, Any], answer: FactRow, *, new_question: bool) -> dict[str, Any]:
    """What a card row counts, after `answer`; `before` is the row before, or empty."""
    counts = {**NOTHING, **before}
    count(counts, answer, new_question=new_question)
    return counts


def count(counts: dict[str, Any], answer: FactRow, *, new_question: bool) -> None:
    """Count one answer more."""
    day = answer["day"]
    counts["lapses"] += scheduling.is_lapse(counts["repetitions"], answer["rating"])
    counts["repetitions"] += 1
    counts["asked"] += 1
    if counts["first_asked"] is None:
        counts["first_asked"] = day
    if counts["confident_error"] != day:
        counts["confident_error"] = None
    if answer["score"] == 1.0:
        counts["right"] += 1
        counts["right_questions"] += new_question
        if counts["first_right"] is None:
            counts["first_right"] = day
        if counts["last_right"] != day:
            counts["right_days"] += 1
            counts["last_right"] = day
    else:
        counts["last_missed"] = day
        if answer["certainty"] == "sure":
            counts["sure_wrong"] += 1
            counts["confident_error"] = day


def is_review(counts: Mapping[str, Any], answer: FactRow) -> bool:
    """Does `answer` measure what was kept, by what was counted of its objective before?

    It does where the objective was answered on an earlier day; a second try on one day does not.
    """
    asked = max(counts["last_right"] or "", counts["last_missed"] or "")
    return "" < asked < str(answer["day"])


def reviews_of(events: Iterable[FactRow]) -> set[str]:
    """The facts of those `events` of one objective, in order, that are reviews."""
    found = set()
    last = {"last_right": None, "last_missed": None}
    for row in events:
        kind = row.get("kind", "answer")
        if kind == "answer":
            if is_review(last, row):
                found.add(row["fact"])
            last["last_right" if row["score"] == 1.0 else "last_missed"] = row["day"]
        elif kind == "reset":
            last = dict.fromkeys(last)
    return found


def credited_card(mark: FactRow, preset: Preset) -> dict[str, Any]:
    """The card of an objective that is said to be known and was never asked."""
    state = scheduling.credited(
        moment(mark["at"]),
        fuzz_key=f"{mark['learner']}/{mark['objective']}",
        preset=preset,
        day=date.fromisoformat(mark["day"]),
    )
    never = dict.fromkeys(("asked", "right", "sure_wrong", "right_days", "right_questions"), 0)
    unknown = ("last_missed", "first_right", "last_right", "first_asked", "confident_error")
    return {**_scheduled(mark, state), **never, **dict.fromkeys(unknown)}


def _scheduled(event: FactRow, state: CardState) -> dict[str, Any]:
    return {
        "learner": event["learner"],
        "objective": event["objective"],
        "stability": state.stability,
        "difficulty": state.difficulty,
        "due": milliseconds(state.due),
        "last": milliseconds(state.last),
        "repetitions": state.repetitions,
        "lapses": state.lapses,
    }


def card_of(events: Sequence[FactRow], presets: Presets) -> dict[str, Any]:
    """The card row after `events`: answers and marks of one objective, in order.

    Empty where nothing is left of it: never asked, or reset since.
    """
    card: dict[str, Any] = {}
    seen: set[str] = set()
    for row in events:
        kind = row.get("kind", "answer")
        if kind == "answer":
            new = row["score"] == 1.0 and row["question"] not in seen
            card = next_card(card, row, presets.at(row["fact"]), new_question=new)
            if new:
                seen.add(row["question"])
        elif kind == "reset":
            card, seen = {}, set()
        elif kind == "credit" and not card:
            card = credited_card(row, presets.at(row["fact"]))
    return card


def events_of(connection: Connection, learner: str, objectives: Sequence[str]) -> list[FactRow]:
    """The live answers and marks of an objective (under each of its ids), in order."""
    found: list[FactRow] = []
    for table in (ANSWER, MARK):
        query = select(table).where(
            table.c.learner == learner, table.c.objective.in_(list(objectives))
        )
        found += [dict(row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda row: (row["at"], row["fact"]))


def derive_anew(connection: Connection, learner: str, objective: str) -> None:
    """Make the card of an objective from all that is live of it, and say which are reviews."""
    where = (CARD.c.learner == learner, CARD.c.objective == objective)
    connection.execute(delete(CARD).where(*where))
    events = events_of(connection, learner, [objective])
    reviews = reviews_of(events)
    for row in events:
        if "review" in row and row["review"] != (is_one := row["fact"] in reviews):
            which = (ANSWER.c.learner == learner, ANSWER.c.fact == row["fact"])
            connection.execute(update(ANSWER).where(*which).values(review=is_one))
            days.add(connection, learner, {row["day"]: days.of_review(row, 1 if is_one else -1)})
    card = card_of(events, presets_of(connection, learner))
    if card:
        keep_card(connection, card)
