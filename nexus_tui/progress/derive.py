"""From facts to derived tables: the same functions for a new fact and for a replay."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from nexus_tui.learning import scheduling
from nexus_tui.learning.rating import Rating
from nexus_tui.learning.scheduling import CardState
from nexus_tui.progress.errors import Damaged
from nexus_tui.progress.payloads import (
    AnswerPayload,
    ReadingPayload,
    TickPayload,
    UndoPayload,
)
from nexus_tui.progress.tables import DERIVED, Answer, Card, Day, Fact, Reading, Tick

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection, RowMapping

FACT: Table = Fact.__table__  # type: ignore[attr-defined]
ANSWER: Table = Answer.__table__  # type: ignore[attr-defined]
CARD: Table = Card.__table__  # type: ignore[attr-defined]
DAY: Table = Day.__table__  # type: ignore[attr-defined]
TICK: Table = Tick.__table__  # type: ignore[attr-defined]
READING: Table = Reading.__table__  # type: ignore[attr-defined]

FactRow = dict[str, Any]


def _upserting(table: Table, *key: str, adding: bool = False) -> Any:
    """Insert a row; where its key is known replace the other columns, or add to them."""
    statement = upsert(table)
    others = [column for column in table.c if column.name not in key]
    new = statement.excluded
    values = {c.name: c + new[c.name] if adding else new[c.name] for c in others}
    return statement.on_conflict_do_update(index_elements=key, set_=values)


# Built once: building a statement costs more than running it.
_KEEP_ANSWER = insert(ANSWER)
_KEEP_CARD = _upserting(CARD, "learner", "objective")
_KEEP_TICK = _upserting(TICK, "learner", "project", "item")
_KEEP_READING = _upserting(READING, "learner", "topic")
_ADD_TO_DAY = _upserting(DAY, "learner", "day", adding=True)
_CARD = select(CARD).where(
    CARD.c.learner == bindparam("learner"), CARD.c.objective == bindparam("objective")
)
_RIGHT_BEFORE = (
    select(ANSWER.c.fact)
    .where(ANSWER.c.learner == bindparam("learner"), ANSWER.c.score == 1.0)
    .where(ANSWER.c.question == bindparam("question"))
    .where(ANSWER.c.objective == bindparam("objective"))
    .limit(1)
)
_SUMS = {c.name: 0 for c in DAY.c if c.name not in {"learner", "day"}}
_CHECKED = [column.name for column in FACT.c if column.name != "crc"]


def moment(milliseconds: int) -> datetime:
    """Milliseconds since the epoch as an aware UTC datetime."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def milliseconds(at: datetime) -> int:
    """An aware datetime as milliseconds since the epoch."""
    return round(at.timestamp() * 1000)


def apply(connection: Connection, fact: FactRow) -> None:
    """Bring the derived tables up to date with one more fact."""
    kind, payload = fact["kind"], fact["payload"]
    if kind == "answer":
        _answer(connection, fact, AnswerPayload.model_validate_json(payload))
    elif kind == "reading":
        _reading(connection, fact, ReadingPayload.model_validate_json(payload))
    elif kind == "tick":
        _tick(connection, fact, TickPayload.model_validate_json(payload))
    elif kind == "undo":
        _take_back(connection, fact["learner"], UndoPayload.model_validate_json(payload).fact)


def checksum(row: Mapping[str, Any]) -> int:
    """CRC-32 over all columns of a fact but the checksum itself."""
    return zlib.crc32("\x1f".join(str(row[name]) for name in _CHECKED).encode())


def rebuild(connection: Connection) -> None:
    """Empty the derived tables and replay every fact in order of (at, id).

    Raises Damaged where a fact is not what its checksum says.
    """
    for table in DERIVED:
        connection.execute(delete(table))
    rows = connection.execute(select(FACT).order_by(FACT.c.at, FACT.c.id)).mappings().all()
    for row in map(dict, rows):
        if checksum(row) != row["crc"]:
            raise Damaged(
                f"Fact {row['seq']} of {row['day']} is no longer what was written: keep the file"
                " as it is, and copy a backup to another place. Nothing was changed."
            )
        apply(connection, row)


# ---------------------------------------------------------------- answers


def _answer(connection: Connection, fact: FactRow, payload: AnswerPayload) -> None:
    row = {
        "learner": fact["learner"],
        "fact": fact["id"],
        "device": fact["device"],
        "question": fact["subject"],
        "objective": payload.objective,
        "at": fact["at"],
        "day": fact["day"],
        "score": payload.score,
        "certainty": payload.certainty,
        "milliseconds": payload.milliseconds,
        "rating": payload.rating,
        "mode": payload.mode,
        "session": payload.session,
    }
    card = card_row(connection, fact["learner"], payload.objective)
    new_question = payload.score == 1.0 and not _was_right(connection, row)
    connection.execute(_KEEP_ANSWER, row)
    connection.execute(_KEEP_CARD, _next_card(card, row, new_question=new_question))
    _add_to_day(connection, row, 1)


def _was_right(connection: Connection, row: FactRow) -> bool:
    asked = {name: row[name] for name in ("learner", "question", "objective")}
    return connection.execute(_RIGHT_BEFORE, asked).first() is not None


def card_row(connection: Connection, learner: str, objective: str) -> RowMapping | None:
    """The card of an objective as it stands."""
    which = {"learner": learner, "objective": objective}
    return connection.execute(_CARD, which).mappings().first()


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


def _next_card(card: Any, answer: FactRow, *, new_question: bool) -> dict[str, Any]:
    """The card row after `answer`; `card` is the row before, None for the first answer."""
    before = dict(card) if card else {}
    right = answer["score"] == 1.0
    last_missed = before.get("last_missed") if right else answer["day"]
    state = scheduling.review(
        state_of(card) if card else None,
        Rating(answer["rating"]),
        moment(answer["at"]),
        guessed=answer["certainty"] == "guessed" and right,
        missed=last_missed == answer["day"],
        fuzz_key=f"{answer['learner']}/{answer['objective']}",
    )
    new_day = right and before.get("last_right") != answer["day"]
    return {
        "learner": answer["learner"],
        "objective": answer["objective"],
        "stability": state.stability,
        "difficulty": state.difficulty,
        "due": milliseconds(state.due),
        "last": milliseconds(state.last),
        "repetitions": state.repetitions,
        "lapses": state.lapses,
        "asked": before.get("asked", 0) + 1,
        "right": before.get("right", 0) + right,
        "sure_wrong": before.get("sure_wrong", 0) + (not right and answer["certainty"] == "sure"),
        "last_missed": last_missed,
        "right_days": before.get("right_days", 0) + new_day,
        "first_right": before.get("first_right") or (answer["day"] if right else None),
        "last_right": answer["day"] if right else before.get("last_right"),
        "right_questions": before.get("right_questions", 0) + new_question,
    }


def _add_to_day(connection: Connection, answer: FactRow, sign: int) -> None:
    right = answer["score"] == 1.0
    sure, guessed = answer["certainty"] == "sure", answer["certainty"] == "guessed"
    _sum_day(
        connection,
        answer["learner"],
        answer["day"],
        {
            "answers": sign,
            "right": sign * right,
            "milliseconds": sign * answer["milliseconds"],
            "sure": sign * sure,
            "sure_right": sign * (sure and right),
            "guessed": sign * guessed,
            "guessed_right": sign * (guessed and right),
        },
    )


def _sum_day(connection: Connection, learner: str, day: str, more: dict[str, int]) -> None:
    connection.execute(_ADD_TO_DAY, {"learner": learner, "day": day, **_SUMS, **more})


def _take_back(connection: Connection, learner: str, fact: str) -> None:
    """Remove a live answer and derive its objective and its day without it."""
    where = (ANSWER.c.learner == learner, ANSWER.c.fact == fact)
    answer = connection.execute(select(ANSWER).where(*where)).mappings().first()
    if answer is None:
        return
    connection.execute(delete(ANSWER).where(*where))
    _add_to_day(connection, dict(answer), -1)
    _drop_empty_day(connection, learner, answer["day"])
    objective = answer["objective"]
    connection.execute(delete(CARD).where(CARD.c.learner == learner, CARD.c.objective == objective))
    query = (
        select(ANSWER)
        .where(ANSWER.c.learner == learner, ANSWER.c.objective == objective)
        .order_by(ANSWER.c.at, ANSWER.c.fact)
    )
    answers = [dict(row) for row in connection.execute(query).mappings()]
    if answers:
        connection.execute(_KEEP_CARD, card_of(answers))


def card_of(answers: Sequence[FactRow]) -> dict[str, Any]:
    """The card row after `answers`, all of one objective and in order."""
    card: dict[str, Any] = {}
    seen: set[str] = set()
    for row in answers:
        new = row["score"] == 1.0 and row["question"] not in seen
        card = _next_card(card, row, new_question=new)
        if new:
            seen.add(row["question"])
    return card


def _drop_empty_day(connection: Connection, learner: str, day: str) -> None:
    connection.execute(
        delete(DAY).where(
            DAY.c.learner == learner, DAY.c.day == day, DAY.c.answers == 0, DAY.c.sections == 0
        )
    )


def last_live_answer(
    connection: Connection, learner: str, device: str, session: str | None = None
) -> str | None:
    """The fact that an undo on this device, and in this session, takes back."""
    query = select(ANSWER.c.fact).where(ANSWER.c.learner == learner, ANSWER.c.device == device)
    if session is not None:
        query = query.where(ANSWER.c.session == session)
    found = connection.execute(query.order_by(ANSWER.c.fact.desc()).limit(1)).first()
    return found[0] if found else None


# ---------------------------------------------------------------- reading and ticks


def _reading(connection: Connection, fact: FactRow, payload: ReadingPayload) -> None:
    where = (READING.c.learner == fact["learner"], READING.c.topic == fact["subject"])
    before = connection.execute(select(READING.c.read).where(*where)).first()
    read = set(json.loads(before[0])) if before else set()
    row = {
        "learner": fact["learner"],
        "topic": fact["subject"],
        "section": payload.section,
        "sections": payload.sections,
        "heading": payload.heading,
        "day": fact["day"],
        "at": fact["at"],
        "read": json.dumps(sorted(read | {payload.section})),
    }
    connection.execute(_KEEP_READING, row)
    if payload.section not in read:
        _sum_day(connection, fact["learner"], fact["day"], {"sections": 1})


def _tick(connection: Connection, fact: FactRow, payload: TickPayload) -> None:
    row = {
        "learner": fact["learner"],
        "project": payload.project,
        "item": fact["subject"],
        "done": payload.done,
        "note": payload.note,
        "day": fact["day"],
    }
    connection.execute(_KEEP_TICK, row)
