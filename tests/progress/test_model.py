"""Random histories against a simple model: whatever happens to the file, it holds what was done."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from nexus_tui.learning.rating import Certainty, Rating
from nexus_tui.progress import (
    backup,
    decisions,
    exporting,
    importing,
    papers,
    projects,
    restore,
)
from nexus_tui.progress.payloads import ExamItem, ExamPayload, PaperPayload
from tests.histories import Clock, given, opened
from tests.old_files import older

if TYPE_CHECKING:
    from nexus_tui.progress.store import Store

SEEDS = int(os.environ.get("NEXUS_PROMISE_COUNT", "1"))
TOPICS = ("indexing", "sql", "queues")


@dataclass
class Model:
    """What was done, as plain lists: no scheduling, no tables."""

    answers: list[tuple[str, str, bool, str]] = field(default_factory=list)
    """(objective, question, right, device) of the live answers, in order."""
    since_reset: dict[str, int] = field(default_factory=dict)
    """Objective → how many of its live answers came before it was begun anew."""
    sections: dict[str, set[str]] = field(default_factory=dict)
    ticks: dict[tuple[str, str], bool] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    suspended: set[str] = field(default_factory=set)
    buried: dict[str, date] = field(default_factory=dict)
    """Objective → the day before which it is not asked."""

    def copy(self) -> Model:
        return Model(
            list(self.answers),
            dict(self.since_reset),
            {topic: set(read) for topic, read in self.sections.items()},
            dict(self.ticks),
            dict(self.notes),
            set(self.suspended),
            dict(self.buried),
        )

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Objective → (asked, right, questions right), of what counts."""
        found: dict[str, tuple[int, int, int]] = {}
        for objective in {answer[0] for answer in self.answers}:
            mine = [(q, right) for o, q, right, _ in self.answers if o == objective]
            mine = mine[self.since_reset.get(objective, 0) :]
            if mine:
                right = [q for q, right in mine if right]
                found[objective] = (len(mine), len(right), len(set(right)))
        return found


class World:
    """A file, the model of it, and everything that can happen to them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.folder = folder
        self.path = folder / "progress.db"
        self.clock = Clock()
        self.model = Model()
        self.store = self.open()
        self.copies: list[tuple[Path, Model]] = []
        self.number = 0

    def open(self, path: Path | None = None) -> Store:
        return opened(path or self.path, self.clock)

    def file(self, end: str) -> Path:
        self.number += 1
        return self.folder / f"{self.number}.{end}"

    # ------------------------------------------------------------ what a learner does

    def answer(self) -> None:
        topic, right = self.random.choice(TOPICS), self.random.random() < 0.7
        objective = f"nexus/{topic}/o{self.random.randrange(2)}"
        question = f"nexus/{topic}/q{self.random.randrange(3)}"
        rating = Rating(self.random.randint(2, 4)) if right else None
        certainty = self.random.choice(list(Certainty))
        said = given(question, objective=objective, right=right, certainty=certainty, rating=rating)
        self.store.answer(said).result()
        self.model.answers.append((objective, question, right, self.store.device))

    def undo(self) -> None:
        """The last answer of this device, if it has a live one."""
        answers, resets = self.model.answers, self.model.since_reset
        mine = [n for n, answer in enumerate(answers) if answer[3] == self.store.device]
        expected = answers[mine[-1]][1] if mine else None
        assert self.store.undo().result() == expected
        if mine:
            before = sum(answer[0] == answers[mine[-1]][0] for answer in answers[: mine[-1]])
            objective = answers.pop(mine[-1])[0]
            if before < resets.get(objective, 0):
                resets[objective] -= 1

    def read(self) -> None:
        topic, section = f"nexus/{self.random.choice(TOPICS)}", self.random.randrange(4)
        heading, read = f"Section {section}", self.random.random() < 0.7
        self.store.reading(topic, section, heading, 4, read=read).result()
        self.model.sections.setdefault(topic, set()).update({heading} if read else ())

    def tick(self) -> None:
        item, done = f"nexus/list/i{self.random.randrange(3)}", self.random.random() < 0.7
        projects.tick(self.store, "shop", item, "done" if done else "open").result()
        self.model.ticks["shop", item] = done

    def note(self) -> None:
        topic, text = f"nexus/{self.random.choice(TOPICS)}", self.random.choice(["", "a", "b"])
        self.store.write_note(topic, text).result()
        self.model.notes[topic] = text

    def suspend(self) -> None:
        objective = f"nexus/{self.random.choice(TOPICS)}/o0"
        if objective in self.model.suspended:
            decisions.take_back(self.store, decisions.held(self.store)[objective].facts).result()
        else:
            decisions.suspend(self.store, objective).result()
        self.model.suspended ^= {objective}

    def reset(self) -> None:
        topic = f"nexus/{self.random.choice(TOPICS)}"
        objectives = [f"{topic}/o0", f"{topic}/o1"]
        decisions.reset(self.store, topic, objectives).result()
        for objective in objectives:
            count = sum(answer[0] == objective for answer in self.model.answers)
            self.model.since_reset[objective] = count
            self.model.buried.pop(objective, None)
        self.model.suspended -= set(objectives)

    def bury(self) -> None:
        objective = f"nexus/{self.random.choice(TOPICS)}/o1"
        decisions.bury(self.store, objective).result()
        # The clock may stand behind the last fact; its day is by the clock all the same.
        tomorrow = self.store.day_of(self.clock.now) + timedelta(days=1)
        self.model.buried[objective] = tomorrow

    def exam(self) -> None:
        """Its answers count when it ends, each at the time it was given; none is taken back."""
        topic = f"nexus/{self.random.choice(TOPICS)}"
        plan = PaperPayload(mode="exam", about="a topic", topics=(topic,), minutes=5)
        paper = papers.begin(self.store, plan).result()
        place, items = len(self.model.answers), []
        for number in range(2):
            right = self.random.random() < 0.5
            question, objective = f"{topic}/q{number}", f"{topic}/o{number}"
            said = given(question, objective=objective, right=right, session=paper)
            fact = papers.answer(self.store, replace(said, mode="exam")).result()
            score = 1.0 if right else 0.0
            items.append(
                ExamItem(
                    question=question, objective=objective, topic=topic, answer=fact, score=score
                )
            )
            self.model.answers.append((objective, question, right, "an exam"))
        mine = self.model.answers[place:]
        del self.model.answers[place:]
        self.answer()  # practice goes on meanwhile, and counts at once
        self.model.answers[place:place] = mine
        result = ExamPayload(
            about="a topic", minutes=5, began=0, seconds=60, ended="handed in", items=tuple(items)
        )
        assert papers.end_exam(self.store, paper, result).result()

    def wait(self) -> None:
        self.clock.move(hours=self.random.choice([0.1, 5, 30, 24 * 9, 24 * 90, -3]))

    # ------------------------------------------------------------ what happens to the file

    def reopen(self) -> None:
        self.store.close()
        self.store = self.open()

    def rebuild(self) -> None:
        self.store.rebuild()

    def to_another_file(self) -> None:
        """Exported, imported elsewhere, twice; life goes on there."""
        target, lines = self.file("db"), self.file("jsonl")
        text = "\n".join(exporting.facts(self.store, self.store.learner))
        lines.write_text(text + "\n", encoding="utf-8")
        before = self.store.digest()
        learner = self.store.learner
        self.store.close()
        other = self.open(target)
        looked = importing.look(lines)
        assert not looked.problems
        importing.add(other, lines, looked)
        assert importing.add(other, lines, looked).added == 0
        other.close()
        self.path, self.store = target, self.open(target)
        assert self.store.learner == learner
        assert self.store.digest() == before

    def keep_copy(self) -> None:
        made = backup.make(self.path, self.folder / "backups", "asked", now=self.clock.now)
        self.copies.append((made.path, self.model.copy()))

    def restore(self) -> None:
        if not self.copies:
            return
        source, model = self.random.choice(self.copies)
        if not source.exists():
            return
        self.store.close()
        restore.restore(self.path, source, self.folder / "kept")
        self.store, self.model = self.open(), model.copy()

    def merge_a_copy(self) -> None:
        """What a copy answered on its own comes back: the same numbers, other facts."""
        copy, lines = self.file("db"), self.file("jsonl")
        self.store.close()
        shutil.copy(self.path, copy)
        other, mine = self.open(copy), self.model.answers.copy()
        topic = self.random.choice(TOPICS)
        objective, question = f"nexus/{topic}/o1", f"nexus/{topic}/copied"
        other.answer(given(question, objective=objective)).result()
        text = "\n".join(exporting.facts(other, other.learner))
        lines.write_text(text + "\n", encoding="utf-8")
        other.close()
        self.clock.move(hours=1)
        self.store = self.open()
        self.answer()
        [here] = self.model.answers[len(mine) :]
        done = importing.add(self.store, lines, importing.look(lines))
        assert (done.added, done.moved, done.missing) == (1, 1, 0)
        assert importing.add(self.store, lines, importing.look(lines)).added == 0
        # It was given before the one here.
        self.model.answers = [*mine, (objective, question, True, "another"), here]

    def migrate(self) -> None:
        """The file as an older version would have written it."""
        self.store.close()
        if self._plain():
            old = self.file("db")
            older(self.path, old, 1)
            self.path = old
        self.store = self.open()

    # ------------------------------------------------------------ what must hold

    def _plain(self) -> bool:
        """Did it hold only what the first format knew?"""
        return not self.model.suspended and not self.model.since_reset

    steps: list[str] = [
        *["answer"] * 10, "undo", "undo", "read", "tick", "note", "suspend", "wait", "wait",
        "reopen", "rebuild", "to_another_file", "keep_copy", "restore", "merge_a_copy", "migrate",
        "reset", "bury", "exam",
    ]  # fmt: skip

    def check(self) -> None:
        """The store says what the model says, and what is kept is what a replay gives."""
        history = self.store.history()
        counted = {
            key: (found.asked, found.right, found.right_questions)
            for key, found in history.items()
            if found.asked
        }
        assert counted == self.model.counts()
        assert sum(day.answers for day in self.store.days()) == len(self.model.answers)
        assert sum(day.right for day in self.store.days()) == sum(
            answer[2] for answer in self.model.answers
        )
        questions = {answer[1] for answer in self.model.answers}
        assert set(self.store.last_asked([*questions, "nexus/never/q"])) == questions
        read = {topic: set(row.read) for topic, row in self.store.readings().items()}
        assert read == self.model.sections
        ticks = {
            ("shop", item): row.done for item, row in projects.ticks(self.store, "shop").items()
        }
        assert ticks == self.model.ticks
        written = {topic: text for topic, text in self.model.notes.items() if text}
        assert {topic: note.text for topic, note in self.store.notes().items()} == written
        today = self.store.day_of(self.clock.now)
        held = {key for key, how in decisions.held(self.store).items() if how.on(today)}
        buried = {key for key, until in self.model.buried.items() if today < until}
        assert held == self.model.suspended | buried
        digest = self.store.digest()
        self.store.rebuild()
        assert self.store.digest() == digest


def _play(seed: int, steps: int = 30) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), seed)
        done: list[str] = []
        try:
            for number in range(1, steps + 1):
                step = world.random.choice(world.steps)
                done.append(step)
                getattr(world, step)()
                if number % 3 == 0:  # what goes wrong stays wrong: replaying takes most of all
                    world.check()
        except Exception as error:
            raise AssertionError(f"seed {seed}, after {', '.join(done)}") from error
        finally:
            world.store.close()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_the_history_is_what_was_done(seed: int) -> None:
    _play(seed)


@pytest.mark.promise
@pytest.mark.short
def test_whatever_happens_at_length() -> None:
    for seed in range(1_000, 1_000 + SEEDS):
        _play(seed, steps=80)
