"""Stages and what follows from them: mastery, the next stage, the question that comes back."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.trust import trust
from nexus_tui.labs.challenges.stage import StageError
from nexus_tui.labs.challenges.verdict import Verdict
from nexus_tui.learning.mastery import Standing, topic_standing
from nexus_tui.learning.rating import Certainty
from nexus_tui.learning.responses import Typed
from nexus_tui.settings import Place
from nexus_tui.study.desk import Desk
from nexus_tui.study.next_steps import next_steps
from nexus_tui.study.solving import Solving, every_stage
from nexus_tui.study.stages import next_stage
from tests.looks import scenes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.histories import Clock

STAGE = "look/database-performance/n-plus-one"
PASS = {"passed": True, "met": (), "failed": None, "seed": 1, "seconds": 0.1}
SOLUTION = "def page(books, ask):\n    return list(zip(books, ask(books)))\n"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Desk, Clock]]:
    settings, clock = scenes.after_a_week(tmp_path)
    trust(scenes.PACK, settings.data.path)
    desk = Desk.open(settings, clock)
    yield desk, clock
    desk.close()


def test_a_topic_is_mastered_only_with_the_stages_that_prove_it() -> None:
    all_of_them = [Standing.MASTERED, Standing.MASTERED]
    assert topic_standing(all_of_them, stages_passed=False) is Standing.STARTED
    assert topic_standing(all_of_them, stages_passed=True) is Standing.MASTERED


def test_topics_know_the_stages_that_prove_them(opened: tuple[Desk, Clock]) -> None:
    desk, _ = opened
    proofs = desk.catalog.proofs()
    assert set(proofs["look/indexing"]) == {STAGE, "look/database-performance/composite-index"}


def test_the_next_stage_is_the_one_worked_on_last_then_the_first_open_one(
    opened: tuple[Desk, Clock],
) -> None:
    desk, _ = opened
    first = next_stage(desk)
    assert first is not None and (first.key, first.standing) == (STAGE, "new")
    desk.store.attempt(STAGE, "r", PASS | {"passed": False, "failed": "same-count"}).result()
    left = next_stage(desk)
    assert left is not None and left.standing == "started"
    desk.store.attempt(STAGE, "r", PASS).result()
    assert next_stage(desk) is None
    assert [view.standing for view in every_stage(desk)] == ["passed", "to read"]


def test_the_index_says_of_every_stage_what_its_files_say(opened: tuple[Desk, Clock]) -> None:
    desk, _ = opened
    views, titles = every_stage(desk), desk.catalog.stages()
    assert [title.key for title in titles] == [view.key for view in views]
    for view, title in zip(views, titles, strict=True):
        model = view.challenge.model
        assert (title.challenge, title.number, title.of) == (
            model.title,
            view.number,
            len(model.stages),
        )
        assert (title.title, title.minutes) == (view.stage.title, view.stage.minutes)
        assert title.solvable is (view.files is not None)
    assert [title.prediction for title in titles] == ["look/indexing/how-many", None]


def test_what_today_offers_is_said_without_the_files_of_stages(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(scenes.PACK, pack)
    settings, clock = scenes.after_a_week(tmp_path)
    desk = Desk.open(replace(settings, content=Place(pack, "a test")), clock)
    desk.store.attempt(STAGE, "r", PASS | {"passed": False, "failed": "same-count"}).result()
    shutil.rmtree(pack / "challenges")
    [solve] = [step for step in next_steps(desk, desk.overview()) if step.kind == "stage"]
    assert (solve.id, solve.begun) == (f"stage:{STAGE}", True)
    assert solve.title == "Database performance, stage 1 of 2"
    assert solve.reason == "N+1 over a relation to one object"
    desk.close()


def test_the_question_on_solved_code_comes_back_after_weeks_until_it_is_answered(
    opened: tuple[Desk, Clock],
) -> None:
    desk, clock = opened

    def steps() -> list[str]:
        return [step.id for step in next_steps(desk, desk.overview())]

    desk.store.attempt(STAGE, "r", PASS).result()
    clock.move(days=20)
    assert "predict:look/indexing/how-many" not in steps()
    clock.move(days=1)
    assert "predict:look/indexing/how-many" in steps()
    predict = next(s for s in next_steps(desk, desk.overview()) if s.kind == "predict")
    assert predict.title == "Database performance, stage 1 of 2"
    assert predict.reason == "N+1 over a relation to one object, solved 21 days ago"
    sitting = desk.ask("look/indexing/how-many")
    assert sitting.asked() is not None
    sitting.go_on(sitting.answer(Typed("35"), Certainty.UNMARKED))
    assert "predict:look/indexing/how-many" not in steps()


def test_a_check_is_kept_with_its_verdict_before_that_is_told(
    opened: tuple[Desk, Clock],
) -> None:
    desk, _ = opened
    assert desk.settings is not None
    solving = Solving(desk, every_stage(desk)[0], desk.settings)
    (solving.open() / "pages.py").write_text(SOLUTION)
    for event in solving.check():
        last = event
    assert getattr(last, "status", None) == "passed"
    row = solving.row
    assert row is not None and row.passed is not None and row.attempts == 1


def _at(clock: Clock, *paths: Path) -> None:
    """The files were written at the time of this clock."""
    for path in paths:
        os.utime(path, (clock.now.timestamp(),) * 2)


def _begun(desk: Desk, clock: Clock) -> Solving:
    """The stage opened, its files as old as the clock says where they were just made."""
    assert desk.settings is not None
    solving = Solving(desk, every_stage(desk)[0], desk.settings)
    fresh = not solving.folder.exists()
    folder = solving.open()
    if fresh:
        _at(clock, *folder.rglob("*"))
        solving = Solving(desk, every_stage(desk)[0], desk.settings)
        solving.open()
    return solving


def _minutes(desk: Desk, solving: Solving) -> float:
    """What a check books as worked on this day."""
    before = sum(day.worked for day in desk.store.days())
    assert [event for event in solving.check() if isinstance(event, Verdict)]
    return (sum(day.worked for day in desk.store.days()) - before) / 60_000


def test_work_is_counted_from_the_opening_then_from_check_to_check_and_hints_take_none_away(
    opened: tuple[Desk, Clock],
) -> None:
    desk, clock = opened
    solving = _begun(desk, clock)
    clock.move(minutes=3)
    solving.next_hint()
    clock.move(minutes=1)
    assert _minutes(desk, solving) == 4
    clock.move(minutes=2)
    assert _minutes(desk, solving) == 2
    clock.move(minutes=40)
    assert _minutes(desk, solving) == 15


def test_a_stage_that_is_checked_again_later_takes_only_the_time_since_it_was_opened(
    opened: tuple[Desk, Clock],
) -> None:
    desk, clock = opened
    solving = _begun(desk, clock)
    clock.move(minutes=6)
    (solving.folder / "pages.py").write_text(SOLUTION)
    _at(clock, solving.folder / "pages.py")
    assert _minutes(desk, solving) == 6
    clock.move(minutes=30)
    again = _begun(desk, clock)
    clock.move(minutes=1)
    assert _minutes(desk, again) == 1


def test_what_was_written_before_the_opening_counts_once_and_a_quarter_of_an_hour_at_most(
    opened: tuple[Desk, Clock],
) -> None:
    desk, clock = opened
    solving = _begun(desk, clock)
    assert _minutes(desk, solving) == 0
    clock.move(minutes=7)
    _at(clock, solving.folder / "pages.py")
    clock.move(hours=2)
    assert _minutes(desk, _begun(desk, clock)) == 7
    assert _minutes(desk, _begun(desk, clock)) == 0
    clock.move(hours=2)
    _at(clock, solving.folder / "pages.py")
    assert _minutes(desk, _begun(desk, clock)) == 15


def test_a_stage_whose_files_are_broken_says_where(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(scenes.PACK, pack)
    file = pack / "challenges/database-performance/stages/n-plus-one/stage.yaml"
    file.write_text(file.read_text().replace("tier: T0", "tier: T9"))
    settings, clock = scenes.first_day(tmp_path)
    desk = Desk.open(replace(settings, content=Place(pack, "a test")), clock)
    with pytest.raises(StageError, match=r"n-plus-one/stage.yaml:1:1"):
        every_stage(desk)
    desk.close()
