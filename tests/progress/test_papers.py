"""Exams and placements as facts: kept as answers are given, derived when they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import decisions, papers, sessions
from nexus_tui.progress.payloads import (
    ExamItem,
    ExamPayload,
    PaperItem,
    PaperPayload,
    PlacementPayload,
)
from tests.histories import Clock, answer, given, kept, one, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.progress.store import Store

TOPIC = "nexus/indexing"
OBJECTIVE = f"{TOPIC}/design-an-index"
ITEMS = tuple(
    PaperItem(question=f"{TOPIC}/q{n}", objective=OBJECTIVE, topic=TOPIC) for n in range(3)
)
PLAN = PaperPayload(mode="exam", about="Indexing", topics=(TOPIC,), minutes=20, items=ITEMS)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = opened(tmp_path / "progress.db", clock)
    yield store
    store.close()


def give(store: Store, paper: str, number: int, mode: str = "exam", *, right: bool = True) -> str:
    """Answer a question of a paper."""
    question = f"{TOPIC}/q{number}"
    whole = replace(given(question, objective=OBJECTIVE, right=right, session=paper), mode=mode)
    return papers.answer(store, whole).result()


def end(store: Store, paper: str, answers: dict[int, tuple[str, bool]]) -> bool:
    """End an exam with these answers: number → (fact, right)."""
    items = tuple(
        ExamItem(
            **item.model_dump(),
            answer=answers[n][0] if n in answers else None,
            score=float(answers[n][1]) if n in answers else 0.0,
        )
        for n, item in enumerate(ITEMS)
    )
    result = ExamPayload(
        about="Indexing", minutes=20, began=0, seconds=60, ended="handed in", items=items
    )
    return papers.end_exam(store, paper, result).result()


def test_an_answer_of_an_exam_is_on_disk_and_derives_nothing_before_the_end(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "progress.db"
    paper = papers.begin(store, PLAN).result()
    before = kept(path)
    give(store, paper, 0)
    assert one(path, "SELECT count(*) FROM fact WHERE kind = 'answer'") == 1
    assert kept(path) == before


def test_the_end_takes_up_what_counts_each_at_its_own_time(store: Store, clock: Clock) -> None:
    paper = papers.begin(store, PLAN).result()
    first = give(store, paper, 0, right=False)
    clock.move(minutes=1)
    second = give(store, paper, 0)
    given_at = clock.now
    clock.move(days=2)
    assert end(store, paper, {0: (second, True)})
    card = store.cards()[OBJECTIVE]
    history = store.history()[OBJECTIVE]
    assert (card.last, card.repetitions) == (given_at, 1)
    assert (history.asked, history.right) == (1, 1)
    assert sessions.answers(store, paper) == [(f"{TOPIC}/q0", True)]
    assert [day.answers for day in store.days()] == [1]
    assert first != second


def test_an_exam_is_as_if_its_answers_had_been_given_then(tmp_path: Path) -> None:
    """The same answers in a practice session and in an exam leave the same card."""
    found = []
    for mode in ("topic", "exam"):
        clock = Clock()
        store = opened(tmp_path / f"{mode}.db", clock)
        paper = papers.begin(store, PLAN).result()
        clock.move(days=1)
        answers = {}
        for number, right in ((0, True), (1, False)):
            if mode == "exam":
                answers[number] = (give(store, paper, number, right=right), right)
            else:
                question = f"{TOPIC}/q{number}"
                answer(store, question, objective=OBJECTIVE, right=right, session=paper)
            clock.move(minutes=1)
        answer(store, f"{TOPIC}/other", objective=OBJECTIVE)
        if mode == "exam":
            end(store, paper, answers)
        card = store.cards()[OBJECTIVE]
        found.append((card.stability, card.difficulty, card.last, store.history()))
        store.close()
    assert found[0] == found[1]


def test_ending_twice_counts_once(store: Store, tmp_path: Path) -> None:
    paper = papers.begin(store, PLAN).result()
    fact = give(store, paper, 0)
    other = opened(tmp_path / "progress.db")
    assert end(store, paper, {0: (fact, True)})
    assert not end(other, paper, {0: (fact, True)})
    other.close()
    assert len(papers.exams(store)) == 1
    assert store.history()[OBJECTIVE].asked == 1


def test_no_answer_of_an_exam_is_taken_back(store: Store) -> None:
    answer(store, f"{TOPIC}/practice", objective=OBJECTIVE)
    paper = papers.begin(store, PLAN).result()
    fact = give(store, paper, 0)
    end(store, paper, {0: (fact, True)})
    assert store.undo().result() == f"{TOPIC}/practice"
    assert store.undo().result() is None
    assert sessions.answers(store, paper) == [(f"{TOPIC}/q0", True)]
    assert store.undo(paper).result() is None


def test_a_reset_after_an_answer_holds_for_an_exam_that_ends_later(store: Store) -> None:
    paper = papers.begin(store, PLAN).result()
    fact = give(store, paper, 0)
    decisions.reset(store, TOPIC, [OBJECTIVE]).result()
    end(store, paper, {0: (fact, True)})
    assert OBJECTIVE not in store.cards()
    assert sessions.answers(store, paper) == [(f"{TOPIC}/q0", True)]


def test_what_an_exam_names_and_is_no_answer_of_it_is_left_out(store: Store) -> None:
    stranger = answer(store, f"{TOPIC}/practice", objective=OBJECTIVE).fact
    paper, other = papers.begin(store, PLAN).result(), papers.begin(store, PLAN).result()
    assert paper != other
    foreign = give(store, other, 1)
    before = store.digest()["answer"]
    end(store, paper, {0: (stranger, True), 1: (foreign, True), 2: ("no-such-fact", True)})
    assert store.digest()["answer"] == before


def test_rebuilt_equals_kept_with_exams_and_a_placement(store: Store, clock: Clock) -> None:
    paper = papers.begin(store, PLAN).result()
    papers.flag(store, paper, f"{TOPIC}/q2", on=True).result()
    first = give(store, paper, 0)
    answer(store, f"{TOPIC}/between", objective=OBJECTIVE, right=False)
    clock.move(minutes=5)
    second = give(store, paper, 1, right=False)
    decisions.suspend(store, OBJECTIVE).result()
    end(store, paper, {0: (first, True), 1: (second, False)})
    clock.move(days=3)
    answer(store, f"{TOPIC}/after", objective=OBJECTIVE)
    store.undo().result()
    placing = papers.begin(store, replace_mode(PLAN)).result()
    fact = give(store, placing, 2, "placement")
    result = PlacementPayload(answers=(fact,), topics=())
    papers.end_placement(store, placing, result, {"nexus/caching": ["nexus/caching/a"]}).result()
    digest = store.digest()
    store.rebuild()
    assert store.digest() == digest
    assert store.history()[OBJECTIVE].asked == 3


def replace_mode(plan: PaperPayload) -> PaperPayload:
    return plan.model_copy(update={"mode": "placement", "items": (), "minutes": 0})


def test_a_session_left_before_an_exam_is_still_the_one_to_go_on_with(store: Store) -> None:
    queue = [{"question": f"{TOPIC}/a", "objective": OBJECTIVE, "topic": TOPIC, "why": "new"}]
    store.session("practice", "learn", queue).result()
    answer(store, f"{TOPIC}/a", objective=OBJECTIVE, session="practice")
    paper = papers.begin(store, PLAN).result()
    end(store, paper, {0: (give(store, paper, 0), True)})
    [left] = sessions.latest(store)
    assert (left.id, len(left.answers)) == ("practice", 1)


def test_what_is_unfinished_is_found_with_its_answers_and_flags(store: Store, clock: Clock) -> None:
    paper = papers.begin(store, PLAN).result()
    clock.move(minutes=1)
    give(store, paper, 0, right=False)
    last = give(store, paper, 0)
    papers.flag(store, paper, f"{TOPIC}/q0", on=True).result()
    papers.flag(store, paper, f"{TOPIC}/q1", on=True).result()
    papers.flag(store, paper, f"{TOPIC}/q0", on=False).result()
    [found] = papers.unfinished(store, "exam")
    assert (found.id, found.plan, clock.now - found.began) == (paper, PLAN, timedelta(minutes=1))
    assert [k.question for k in papers.answers(store, paper, found.began)] == [f"{TOPIC}/q0"] * 2
    assert papers.answers(store, paper, found.began)[-1].fact == last
    assert papers.flags(store, paper) == {f"{TOPIC}/q1"}
    assert papers.unfinished(store, "placement") == []
    end(store, paper, {0: (last, True)})
    assert papers.unfinished(store, "exam") == []


# ---------------------------------------------------------------- placement


def place(store: Store, *credited: str) -> None:
    """A placement that credits one objective of each of these topics."""
    paper = papers.begin(store, replace_mode(PLAN)).result()
    known = {topic: [f"{topic}/a"] for topic in credited}
    papers.end_placement(store, paper, PlacementPayload(answers=(), topics=()), known).result()


def test_the_answers_of_a_placement_never_derive_anything(store: Store) -> None:
    paper = papers.begin(store, replace_mode(PLAN)).result()
    fact = give(store, paper, 0, "placement")
    result = PlacementPayload(answers=(fact,), topics=())
    papers.end_placement(store, paper, result, {}).result()
    assert (store.cards(), store.history(), store.days()) == ({}, {}, [])
    [ended] = papers.placements(store)
    assert [k.fact for k in papers.named(store, ended.result.answers)] == [fact]


def test_a_later_placement_takes_back_what_it_does_not_credit_again(store: Store) -> None:
    place(store, "nexus/a", "nexus/b")
    assert set(store.cards()) == {"nexus/a/a", "nexus/b/a"}
    cards = store.cards()
    place(store, "nexus/b", "nexus/c")
    assert set(store.cards()) == {"nexus/b/a", "nexus/c/a"}
    assert store.cards()["nexus/b/a"] == cards["nexus/b/a"]


def test_what_the_learner_said_they_know_is_not_a_placements_to_take_back(store: Store) -> None:
    decisions.credit(store, "nexus/a", ["nexus/a/a"]).result()
    place(store, "nexus/b")
    assert set(store.cards()) == {"nexus/a/a", "nexus/b/a"}


def test_a_placement_ends_once(store: Store) -> None:
    paper = papers.begin(store, replace_mode(PLAN)).result()
    result = PlacementPayload(answers=(), topics=())
    assert papers.end_placement(store, paper, result, {}).result()
    assert not papers.end_placement(store, paper, result, {"nexus/a": ["nexus/a/a"]}).result()
    assert store.cards() == {}
