"""Rebuilt equals kept, and undone equals never given, over histories nobody thought of."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus_tui.learning.rating import Certainty, Rating
from nexus_tui.progress import decisions, papers, projects
from nexus_tui.progress.payloads import (
    AuditPayload,
    CheckedPayload,
    ExamItem,
    ExamPayload,
    FindingPayload,
    PaperItem,
    PaperPayload,
    ProjectPayload,
)
from nexus_tui.progress.preset import PresetPayload
from nexus_tui.progress.store import Store
from tests.histories import Clock, kept, one, opened, rows
from tests.histories import given as answer_given

if TYPE_CHECKING:
    from nexus_tui.progress.payloads import TickStatus

EXAMPLES = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
LEARNERS = ("anna", "ben")


@dataclass(frozen=True)
class Answer:
    """An answer to one of a few questions of a few objectives."""

    who: int
    objective: int
    question: int
    score: float
    certainty: Certainty
    milliseconds: int

    def happen(self, stores: list[Store], clock: Clock) -> None:
        rating = Rating.AGAIN if self.score < 1 else Rating(2 + self.milliseconds % 3)
        given = answer_given(
            f"nexus/t{self.objective}/q{self.question}",
            right=self.score == 1.0,
            certainty=self.certainty,
            rating=rating,
            milliseconds=self.milliseconds,
        )
        stores[self.who].answer(given).result()


@dataclass(frozen=True)
class Undo:
    who: int

    def happen(self, stores: list[Store], clock: Clock) -> None:
        stores[self.who].undo().result()


@dataclass(frozen=True)
class Read:
    who: int
    topic: int
    section: int

    def happen(self, stores: list[Store], clock: Clock) -> None:
        heading = f"Section {self.section}"
        topic, read = f"nexus/t{self.topic}", self.section % 3 > 0
        took = 40_000 * self.section if self.section % 2 else None
        store = stores[self.who]
        store.reading(topic, self.section, heading, 6, read=read, milliseconds=took).result()


@dataclass(frozen=True)
class Tick:
    who: int
    item: int
    done: bool

    def happen(self, stores: list[Store], clock: Clock) -> None:
        project = ("shop", "blog")[self.item % 2]
        status: TickStatus = "done" if self.done else "open"
        projects.tick(stores[self.who], project, f"nexus/pep8/i{self.item}", status, "…").result()


@dataclass(frozen=True)
class Check:
    """A project changed, a run begun, an audit, or a finding accepted."""

    who: int
    what: str
    number: int

    def happen(self, stores: list[Store], clock: Clock) -> None:
        store, project = stores[self.who], "shop"
        if self.what == "project":
            folder = ("/src", "/else", None)[self.number % 3]
            runs = (True, None)[self.number % 2]
            said = ProjectPayload(folder=folder, runs=runs, aside=self.number == 3)
            projects.keep(store, project, said).result()
        elif self.what == "run":
            projects.begin_run(store, project, "nexus/pep8", f"1.{self.number}").result()
        elif self.what == "suppress":
            reason = "a test" if self.number % 2 else ""
            projects.suppress(store, project, f"c {self.number}", reason).result()
        else:
            found = [
                FindingPayload(check="c", mark=f"{n}", path="a.py", line=n, what="…")
                for n in range(self.number)
            ]
            state: Literal["failed", "unknown"] = "failed" if self.number else "unknown"
            checked = CheckedPayload(check="c", state=state)
            audit = AuditPayload(
                seconds=1, checks=(checked,), findings=tuple(found), passed=0, known=1, unknown=0
            )
            projects.keep_audit(store, project, audit).result()


@dataclass(frozen=True)
class Write:
    """A note on a topic, or a bookmark on one of its headings."""

    who: int
    topic: int
    text: str
    heading: str | None

    def happen(self, stores: list[Store], clock: Clock) -> None:
        store, topic = stores[self.who], f"nexus/t{self.topic}"
        if self.heading is None:
            store.write_note(topic, self.text).result()
        else:
            store.set_bookmark(topic, self.heading, on=bool(self.text)).result()


@dataclass(frozen=True)
class Solve:
    """A check of a stage, or a hint of it."""

    who: int
    stage: int
    hint: int
    passed: bool
    worked: int

    def happen(self, stores: list[Store], clock: Clock) -> None:
        store, stage = stores[self.who], f"nexus/slow/s{self.stage}"
        if self.hint:
            store.hint(stage, self.hint, solution=self.hint == 4).result()
            return
        failed = None if self.passed else "same-count"
        attempt = {"passed": self.passed, "met": (), "failed": failed, "seed": 1, "seconds": 0.5}
        store.attempt(stage, "0" * 12, attempt | {"worked": self.worked}).result()


@dataclass(frozen=True)
class Decide:
    """A decision about an objective, or the last one taken back, or another preset."""

    who: int
    what: str
    objective: int

    def happen(self, stores: list[Store], clock: Clock) -> None:
        store, topic = stores[self.who], f"nexus/t{self.objective}"
        key = f"{topic}/design-an-index"
        if self.what == "take back":
            last = decisions.last_topic_mark(store, topic)
            held = decisions.held(store).get(key)
            facts = [*([last[1]] if last else []), *(held.facts if held else ())]
            decisions.take_back(store, facts).result()
        elif self.what == "preset":
            easy = tuple(range(self.objective))
            said = PresetPayload(retention=0.8 + self.objective / 20, easy_days=easy)
            decisions.set_preset(store, said).result()
        elif self.what in {"suspend", "bury"}:
            getattr(decisions, self.what)(store, key).result()
        else:
            getattr(decisions, self.what)(store, topic, [key, f"{topic}/other"]).result()


@dataclass(frozen=True)
class Exam:
    """An exam with an answer to each of some questions, which ends after something else."""

    who: int
    right: tuple[bool, ...]
    between: Answer | Decide
    hours: float

    def happen(self, stores: list[Store], clock: Clock) -> None:
        store = stores[self.who]
        names = [f"nexus/t{n}/" for n in range(len(self.right))]
        items = [
            PaperItem(question=f"{t}q0", objective=f"{t}design-an-index", topic=t[:-1])
            for t in names
        ]
        plan = PaperPayload(mode="exam", about="All", topics=(), minutes=20, items=tuple(items))
        paper = papers.begin(store, plan).result()
        ended = []
        for item, right in zip(items, self.right, strict=True):
            whole = answer_given(item.question, right=right, session=paper)
            fact = papers.answer(store, replace(whole, mode="exam")).result()
            ended.append(ExamItem(**item.model_dump(), answer=fact, score=float(right)))
        clock.move(hours=self.hours)
        self.between.happen(stores, clock)
        result = ExamPayload(
            about="All", minutes=20, began=0, seconds=9, ended="left", items=tuple(ended)
        )
        papers.end_exam(store, paper, result).result()


@dataclass(frozen=True)
class Jump:
    """The clock moves, sometimes back."""

    hours: float

    def happen(self, stores: list[Store], clock: Clock) -> None:
        clock.move(hours=self.hours)


Event = Answer | Undo | Read | Tick | Check | Write | Solve | Decide | Exam | Jump

who = st.integers(0, 1)
answers = st.builds(
    Answer,
    who,
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from([0.0, 0.5, 1.0, 1.0]),
    st.sampled_from(list(Certainty)),
    st.integers(0, 60_000),
)
others = st.one_of(
    st.builds(Undo, who),
    st.builds(Read, who, st.integers(0, 2), st.integers(0, 5)),
    st.builds(Tick, who, st.integers(0, 3), st.booleans()),
    st.builds(
        Write,
        who,
        st.integers(0, 1),
        st.sampled_from(["", "# Mine", "Again"]),
        st.sampled_from([None, "The idea", "Recall"]),
    ),
    st.builds(
        Check, who, st.sampled_from(["project", "run", "suppress", "audit"]), st.integers(0, 3)
    ),
    st.builds(Solve, who, st.integers(0, 1), st.integers(0, 4), st.booleans(), st.just(500)),
    st.builds(Jump, st.sampled_from([0.2, 3, 19, 24, 70, 24 * 30, -2, -40, -24 * 20])),
)
decided = st.builds(
    Decide,
    who,
    st.sampled_from(["suspend", "bury", "reset", "credit", "preset", "take back"]),
    st.integers(0, 3),
)
histories = st.lists(st.one_of(answers, answers, others), max_size=30)
taken = st.builds(
    Exam,
    who,
    st.lists(st.booleans(), min_size=1, max_size=4).map(tuple),
    st.one_of(answers, decided),
    st.sampled_from([0.0, 0.1, 30.0, -3.0]),
)
decided_histories = st.lists(
    st.one_of(answers, answers, others, decided, decided, taken), max_size=40
)


def _live(path: Path, events: list[Event], clock: Clock) -> None:
    stores = [opened(path, clock, learner=name) for name in LEARNERS]
    for event in events:
        event.happen(stores, clock)
    for store in stores:
        store.close()


@EXAMPLES
@given(decided_histories)
def test_rebuilt_equals_kept_digest_by_digest(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, clock = Path(folder) / "progress.db", Clock()
        _live(path, events, clock)
        before = kept(path)
        store = opened(path, clock, learner="anna")
        digest = store.digest()
        store.rebuild()
        assert store.digest() == digest
        store.close()
        assert kept(path) == before


@EXAMPLES
@given(decided_histories, answers, decided_histories)
def test_an_undone_answer_is_as_if_it_had_never_been(
    before: list[Event], undone: Answer, after: list[Event]
) -> None:
    """The same history with and without it, from copies of one file, so of one learner."""
    after = [event for event in after if not isinstance(event, Undo)]
    with tempfile.TemporaryDirectory() as folder:
        path, never = Path(folder) / "progress.db", Path(folder) / "never.db"
        clock, other_clock = Clock(), Clock()
        _live(path, before, clock)
        other_clock.now = clock.now
        shutil.copy(path, never)
        _live(path, [undone], clock)
        _live(path, [Undo(undone.who)], clock)
        # Past every time written so far: else the two facts more would move later ones.
        ahead = Jump(24 * 30 * 40)
        _live(path, [ahead, *_forward(after)], clock)
        _live(never, [ahead, *_forward(after)], other_clock)
        hidden = ("fact",)
        assert kept(path, but=hidden) == kept(never, but=hidden)


def _forward(events: list[Event]) -> list[Event]:
    """The same events, each an hour after the one before it."""
    return [step for event in events if not isinstance(event, Jump) for step in (event, Jump(1))]


@EXAMPLES
@given(histories)
def test_the_sums_agree_with_the_live_answers(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, clock = Path(folder) / "progress.db", Clock()
        _live(path, events, clock)
        live = "SELECT learner, objective, count(*), sum(score = 1.0) FROM answer GROUP BY 1, 2"
        assert rows(path, live) == rows(
            path, "SELECT learner, objective, asked, right FROM card ORDER BY 1, 2"
        )
        per_day = "SELECT learner, day, count(*), sum(milliseconds) FROM answer GROUP BY 1, 2"
        assert rows(path, per_day) == rows(
            path, "SELECT learner, day, answers, milliseconds FROM day WHERE answers ORDER BY 1, 2"
        )
        taken_back = one(path, "SELECT count(*) FROM fact WHERE kind = 'undo'")
        given_ever = one(path, "SELECT count(*) FROM fact WHERE kind = 'answer'")
        assert one(path, "SELECT count(*) FROM answer") == given_ever - taken_back


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_replay_on_another_day_in_another_zone_gives_the_same_due_dates(
    zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, clock = tmp_path / "progress.db", Clock()
    store = opened(path, clock)
    for number in range(40):
        clock.move(hours=(5, 26, 24 * 11)[number % 3])
        question = f"nexus/t{number % 4}/q{number % 3}"
        store.answer(answer_given(question, right=number % 5 > 0)).result()
    before = store.digest()
    store.close()
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        clock.move(days=400)
        elsewhere = Store.open(path, clock=clock)
        elsewhere.rebuild()
        assert elsewhere.digest() == before
        elsewhere.close()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_rebuild_says_how_far_it_is(tmp_path: Path) -> None:
    store = opened(tmp_path / "progress.db")
    for _ in range(5):
        store.answer(answer_given()).result()
    said: list[tuple[int, int]] = []

    store.rebuild(lambda done, total: said.append((done, total)))

    assert said[-1] == (5, 5)
    store.close()


def test_an_undone_answer_is_left_out_whatever_stands_between(tmp_path: Path) -> None:
    path, clock = tmp_path / "progress.db", Clock()
    store = opened(path, clock)
    for number in range(4):
        clock.move(hours=30)
        store.answer(answer_given(f"nexus/t/q{number}")).result()
        store.reading("nexus/t", number, "A section", 6).result()
    for _ in range(3):
        store.undo().result()
    before = store.digest()

    store.rebuild()

    assert store.digest() == before
    assert one(path, "SELECT count(*) FROM answer") == 1
    store.close()
