"""A placement at the desk: what it asks, credits, and says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from nexus_tui.learning.mastery import Standing as Mastery
from nexus_tui.learning.placement import MOST, Standing
from nexus_tui.learning.rating import Certainty
from nexus_tui.learning.responses import Chosen
from nexus_tui.progress import papers
from nexus_tui.progress.payloads import PlacedTopic, PlacementPayload
from nexus_tui.study import exam_report, placing
from tests.histories import Clock, answer
from tests.study.school import OBJECTIVES, open_desk, write_quiz

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.progress.papers import EndedPlacement
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.placing import Placing


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = open_desk(tmp_path, clock)
    desk.store._zone = UTC
    yield desk
    desk.close()


def begin(desk: Desk) -> Placing:
    found = placing.begin(desk)
    assert found is not None
    return found


UNKNOWN, WRONG = None, Chosen(("no",))


def give(sitting: Placing, known: set[str], *, other: Chosen | None = UNKNOWN) -> None:
    """Answer as one who knows these topics; `other` to what is not known."""
    asked = sitting.asked()
    assert asked is not None
    topic = asked.planned.topic.removeprefix("school/")
    response = Chosen(("yes",)) if topic in known else other
    sitting.answered(sitting.answer(response).result())


def sit(desk: Desk, *known: str, other: Chosen | None = UNKNOWN) -> EndedPlacement:
    sitting = begin(desk)
    while sitting.asked() is not None:
        give(sitting, set(known), other=other)
    assert len(sitting.answers) <= MOST
    return sitting.end()


def found(desk: Desk, ended: EndedPlacement) -> dict[str, Standing]:
    return {one.row.id: one.standing for one in placing.placed(desk, ended)}


def test_who_knows_all_is_credited_with_all_and_masters_nothing(desk: Desk) -> None:
    ended = sit(desk, "sql", "indexing", "queues")
    assert set(found(desk, ended).values()) == {Standing.KNOWN}
    view = desk.overview()
    states = [
        o for key in ("sql", "indexing", "queues") for o in view.topics[f"school/{key}"].objectives
    ]
    assert [o.words for o in states] == ["credited"] * 6
    assert all(o.standing is Mastery.STARTED for o in states)
    assert not view.first_day


def test_who_knows_nothing_is_credited_with_nothing_and_nothing_falls_due(
    desk: Desk, clock: Clock
) -> None:
    ended = sit(desk)
    assert set(found(desk, ended).values()) == {Standing.NEW}
    clock.move(days=30)
    view = desk.overview()
    assert (view.due, view.answers, view.first_day) == ((), 0, True)


def test_what_lies_between_is_found(desk: Desk) -> None:
    ended = sit(desk, "sql", "indexing")
    assert found(desk, ended) == {
        "sql": Standing.KNOWN,
        "indexing": Standing.KNOWN,
        "queues": Standing.NEW,
    }


def test_evidence_reaches_through_topics_that_have_no_questions(desk: Desk) -> None:
    """`queues` requires `sharding`, which has none; that requires `indexing`."""
    field = placing.field_of(desk)
    assert field.topics["school/queues"].requires == {"school/sql", "school/indexing"}


def test_no_question_is_asked_twice_and_objectives_take_turns(desk: Desk) -> None:
    sitting = begin(desk)
    while sitting.asked() is not None:
        give(sitting, {"sql"} if len(sitting.answers) % 2 else set())
    questions = [kept.question for kept in sitting.answers]
    assert len(set(questions)) == len(questions)
    of_one = [k.objective for k in sitting.answers if k.objective.startswith("school/sql/")]
    assert abs(of_one.count("school/sql/explain") - of_one.count("school/sql/decide")) <= 1


def test_a_placement_that_was_left_goes_on_with_the_same_question(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    sitting = begin(desk)
    give(sitting, {"sql"})
    clock.move(hours=3)
    other = open_desk(tmp_path, clock)
    again = begin(other)
    assert again.id == sitting.id
    assert (again.asked(), len(again.answers)) == (sitting.asked(), 1)
    other.close()
    clock.move(days=1)
    assert begin(desk).id != sitting.id


def test_taken_again_it_prefers_questions_not_seen_and_replaces_what_was_concluded(
    desk: Desk, clock: Clock
) -> None:
    first = sit(desk, "sql", "indexing", "queues")
    clock.move(days=1)
    second = sit(desk, "sql")
    seen = [
        {one.item.question for one in exam_report.of_placement(desk, p)} for p in (first, second)
    ]
    assert not seen[0] & seen[1]
    states = desk.overview().topics
    assert [o.words for o in states["school/sql"].objectives] == ["credited"] * 2
    assert [o.words for o in states["school/queues"].objectives] == ["not asked"] * 2


def test_what_was_answered_keeps_its_card(desk: Desk, clock: Clock) -> None:
    answer(desk.store, "school/sql/explain-0", objective="school/sql/explain", right=False)
    before = desk.store.cards()
    clock.move(days=1)
    sit(desk, "sql", "indexing", "queues")
    assert desk.store.cards()["school/sql/explain"] == before["school/sql/explain"]
    assert f"school/sql/{OBJECTIVES[1]}" in desk.store.cards()


def test_what_was_missed_before_is_asked_about_and_never_credited_by_inference(
    desk: Desk, clock: Clock
) -> None:
    explain = {"objective": "school/sql/explain"}
    answer(desk.store, "school/sql/explain-0", right=False, certainty=Certainty.SURE, **explain)
    answer(desk.store, "school/sql/explain-1", **explain)  # right a minute later
    clock.move(minutes=1)
    ended = sit(desk, "indexing", "queues", other=WRONG)
    kept = papers.named(desk.store, ended.result.answers)
    assert any(k.objective.startswith("school/sql/") for k in kept)
    assert found(desk, ended)["sql"] is not Standing.KNOWN
    assert not desk.overview().topics["school/sql"].objectives[1].credited
    again = sit(desk, "sql", "indexing", "queues")
    assert found(desk, again)["sql"] is Standing.KNOWN, "it was right itself"


def test_where_only_the_history_stands_against_it_the_words_say_so(desk: Desk) -> None:
    ended = sit(desk, "sql", "indexing", "queues")
    facts = [
        kept.fact
        for kept in papers.named(desk.store, ended.result.answers)
        if not kept.objective.startswith("school/sql/")
    ]
    topics = [
        PlacedTopic(topic="school/sql", standing="open", chance=0.97),
        PlacedTopic(topic="school/queues", standing="known", chance=0.95),
    ]
    result = PlacementPayload(answers=tuple(facts), topics=tuple(topics))
    sql, _ = placing.placed(desk, replace(ended, result=result))
    assert sql.why.startswith("You were right on ")
    assert sql.why.endswith("which needs it, but wrong on it before. That is too little to tell.")


def test_what_is_not_settled_is_no_reason_for_another_to_be_new(desk: Desk) -> None:
    ended = sit(desk, other=WRONG)
    topics = [
        PlacedTopic(topic="school/sql", standing="open", chance=0.1),
        PlacedTopic(topic="school/indexing", standing="new", chance=0.02),
    ]
    facts = [
        next(k.fact for k in papers.named(desk.store, ended.result.answers) if name in k.objective)
        for name in ("/sql/", "/indexing/")
    ]
    result = PlacementPayload(answers=tuple(facts), topics=tuple(topics))
    _, indexing = placing.placed(desk, replace(ended, result=result))
    assert indexing.why == "Wrong here."


def test_what_was_said_not_to_be_known_is_not_called_wrong(desk: Desk) -> None:
    sitting = begin(desk)
    give(sitting, set())
    [kept] = sitting.answers
    topic = kept.objective.rsplit("/", 1)[0]
    once = next(one for one in placing.placed(desk, sitting.end()) if one.row.key == topic)
    assert once.why.startswith("You did not know. ")
    every = " ".join(one.why for one in placing.placed(desk, sit(desk, "sql")))
    assert "It needs Indexing, where you did not know." in every
    assert "wrong" not in every.lower()


def test_it_says_why_in_plain_words(desk: Desk) -> None:
    why = {one.row.id: one.why for one in placing.placed(desk, sit(desk, "sql", other=WRONG))}
    assert "Wrong" in why["indexing"] or "Right 0 of" in why["indexing"]
    assert "It needs Indexing, where you were wrong." in why["queues"]
    assert "Right" in why["sql"]
    known = placing.placed(desk, sit(desk, "sql", "indexing", "queues"))
    assert "which needs it" in " ".join(one.why for one in known)
    assert placing.in_short(known) == "Of 3 topics: 3 credited, 0 new to you."


def test_it_says_honestly_what_it_can_ask_about(desk: Desk, tmp_path: Path) -> None:
    assert placing.scope(desk).startswith("3 of 4 topics have questions so far;")
    for name in ("sql", "indexing", "queues"):
        write_quiz(tmp_path / "pack", name, [])
    other = open_desk(tmp_path)
    assert placing.scope(other) == ("No topic has questions yet, so there is nothing to ask about.")
    assert placing.begin(other) is None
    other.close()
