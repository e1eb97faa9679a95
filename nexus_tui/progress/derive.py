"""From facts to derived tables: the same functions for a new fact and for a replay."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from nexus_tui.progress import checking, days, marks, notes, stages
from nexus_tui.progress.cards import (
    NOTHING,
    Presets,
    before,
    derive_anew,
    is_review,
    keep_card,
    next_card,
)
from nexus_tui.progress.columns import ANSWER, FACT, READING
from nexus_tui.progress.payloads import (
    ASIDE,
    AnswerPayload,
    ExamPayload,
    ReadingPayload,
    TickPayload,
    UndoPayload,
)
from nexus_tui.progress.statements import keeping, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

FactRow = dict[str, Any]

# Built once: building a statement costs more than running it.
KEEP_ANSWER = keeping("answer")
KEEP_READING = keeping("reading", "learner", "topic")
_CHECKED = [column.name for column in FACT.c if column.name != "crc"]


def apply(connection: Connection, fact: FactRow, presets: Presets | None = None) -> None:
    """Bring the derived tables up to date with one more fact.

    `presets` are those of its learner, where they are known already.
    """
    kind, payload = fact["kind"], fact["payload"]
    if kind == "answer":
        answer(connection, fact)
    elif kind == "reading":
        _reading(connection, fact, ReadingPayload.model_validate_json(payload))
    elif kind == "tick":
        tick = checking.tick_row(fact, TickPayload.model_validate_json(payload))
        write(connection, checking.KEEP_TICK, [tick])
    elif kind == "project":
        checking.keep_project(connection, fact)
    elif kind in checking.KINDS:
        checking.keep(connection, fact)
    elif kind == "note":
        write(connection, notes.KEEP_NOTE, [notes.note_row(fact)])
    elif kind == "bookmark":
        write(connection, notes.KEEP_BOOKMARK, [notes.bookmark_row(fact)])
    elif kind in stages.KINDS:
        stages.keep(connection, fact)
    elif kind in marks.KINDS:
        marks.mark(connection, fact, presets)
    elif kind == "exam":
        _exam(connection, fact, ExamPayload.model_validate_json(payload))
    elif kind == "undo":
        _take_back(connection, fact["learner"], UndoPayload.model_validate_json(payload).fact)


def checksum(row: Mapping[str, Any]) -> int:
    """CRC-32 over all columns of a fact but the checksum itself."""
    return zlib.crc32("\x1f".join(str(row[name]) for name in _CHECKED).encode())


# ---------------------------------------------------------------- answers


def answer(connection: Connection, fact: FactRow) -> FactRow | None:
    """What an answer makes of its objective and its day; the card, None where it waits."""
    payload = AnswerPayload.model_validate_json(fact["payload"])
    if payload.mode in ASIDE:
        return None
    row = answer_row(fact, payload)
    card, was_right, preset = before(connection, row)
    row["review"] = is_review(card or NOTHING, row)
    new_question = payload.score == 1.0 and not was_right
    after = next_card(card, row, preset, new_question=new_question)
    write(connection, KEEP_ANSWER, [row])
    keep_card(connection, after)
    days.add(connection, row["learner"], {row["day"]: days.of_answer(row)})
    return after


def _exam(connection: Connection, fact: FactRow, payload: ExamPayload) -> None:
    """Take the answers that count in an exam up, each as if it had derived when it was given.

    What is named and is no answer of this exam, or was taken up before, is left out.
    """
    named = [item.answer for item in payload.items if item.answer]
    mine = FACT.c.learner == fact["learner"]
    found = connection.execute(select(FACT).where(mine, FACT.c.id.in_(named))).mappings()
    known = select(ANSWER.c.fact).where(ANSWER.c.learner == fact["learner"])
    done = set(connection.execute(known.where(ANSWER.c.fact.in_(named))).scalars())
    objectives = set()
    for row in sorted(found, key=lambda row: str(row["id"])):
        if row["kind"] != "answer" or row["id"] in done or row["id"] > fact["id"]:
            continue
        given = AnswerPayload.model_validate_json(row["payload"])
        if given.mode == "exam" and given.session == fact["subject"]:
            answer = answer_row(dict(row), given)
            write(connection, KEEP_ANSWER, [answer])
            days.add(connection, answer["learner"], {answer["day"]: days.of_answer(answer)})
            objectives.add(given.objective)
    for objective in sorted(objectives):
        derive_anew(connection, fact["learner"], objective)


def answer_row(fact: FactRow, payload: AnswerPayload) -> FactRow:
    """The row of a live answer; whether it is a review, what came before it decides."""
    return {
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
        "review": False,
    }


def _take_back(connection: Connection, learner: str, fact: str) -> None:
    """Remove a live answer, or marks, and derive what depends on them without them."""
    # Nothing of an exam is taken back, so an undo of another program that says so is not heard.
    where = (ANSWER.c.learner == learner, ANSWER.c.fact == fact, ANSWER.c.mode != "exam")
    answer = connection.execute(select(ANSWER).where(*where)).mappings().first()
    if answer is None:
        marks.unmark(connection, learner, fact)
        return
    connection.execute(delete(ANSWER).where(*where))
    days.add(connection, learner, {answer["day"]: days.of_answer(dict(answer), -1)})
    days.drop_empty(connection, learner, answer["day"])
    derive_anew(connection, learner, answer["objective"])


def last_live_answer(
    connection: Connection, learner: str, device: str, session: str | None = None
) -> str | None:
    """The fact that an undo on this device, and in this session, takes back; none of an exam."""
    query = select(ANSWER.c.fact).where(ANSWER.c.learner == learner, ANSWER.c.device == device)
    query = query.where(ANSWER.c.mode != "exam")
    if session is not None:
        query = query.where(ANSWER.c.session == session)
    found = connection.execute(query.order_by(ANSWER.c.fact.desc()).limit(1)).first()
    return found[0] if found else None


# ---------------------------------------------------------------- reading


def _reading(connection: Connection, fact: FactRow, payload: ReadingPayload) -> None:
    where = (READING.c.learner == fact["learner"], READING.c.topic == fact["subject"])
    before = connection.execute(select(READING.c.read).where(*where)).scalar()
    write(connection, KEEP_READING, [reading_row(fact, payload, before)])
    if more := days.of_reading(payload, new=is_new_section(payload, before)):
        days.add(connection, fact["learner"], {fact["day"]: more})


def is_new_section(payload: ReadingPayload, before: str | None) -> bool:
    """Was this section read, and not before?"""
    return payload.read and payload.heading not in (json.loads(before) if before else ())


def reading_row(fact: FactRow, payload: ReadingPayload, before: str | None) -> FactRow:
    """Where a lesson is left, and the headings read of it; `before` is what had been, as JSON."""
    read = set(json.loads(before)) if before else set()
    return {
        "learner": fact["learner"],
        "topic": fact["subject"],
        "section": payload.section,
        "sections": payload.sections,
        "heading": payload.heading,
        "day": fact["day"],
        "at": fact["at"],
        "read": json.dumps(sorted(read | ({payload.heading} if payload.read else set()))),
    }
