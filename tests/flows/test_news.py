"""What an upgrade of the content changed under the history: said once, and shown."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from nexus_tui.study import news
from nexus_tui.study.desk import Desk
from nexus_tui.study.solving import every_stage
from tests.flows.driving import at, click, press, says, settled
from tests.looks import scenes
from tests.running import LARGE, running, settings_for, shown

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings
    from tests.histories import Clock

QUIZ = "topics/databases/indexing/quiz.yaml"


def _learnt(folder: Path) -> tuple[Settings, Clock, Path]:
    """A week of learning with a pack that can be changed, and answers with its revisions."""
    _, clock = scenes.after_a_week(folder)
    pack = folder / "pack"
    shutil.copytree(scenes.PACK, pack)
    return settings_for(folder, pack), clock, pack


def _seen(settings: Settings, clock: Clock) -> tuple[news.Changed, ...]:
    desk = Desk.open(settings, clock)
    try:
        return news.look(desk, settings.data.path)
    finally:
        desk.close()


def _mend(pack: Path, old: str, new: str) -> None:
    file = pack / QUIZ
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_content_as_it_was_when_it_was_answered_is_no_news(tmp_path: Path) -> None:
    settings, clock, _ = _learnt(tmp_path)

    assert _seen(settings, clock) == ()


def test_a_question_that_decides_otherwise_is_told_once(tmp_path: Path) -> None:
    settings, clock, pack = _learnt(tmp_path)
    _seen(settings, clock)
    _mend(pack, "stem: |", "stem: |\n    Once more.")
    told = _seen(settings, clock)

    assert [one.key for one in told] == ["look/indexing/refunded-newest"]
    assert "Once more." in told[0].text
    assert news.sentence(told).startswith("The content is new: 1 question that you answered ch")
    assert _seen(settings, clock) == ()
    _mend(pack, "Once more.", "Once again.")
    assert len(_seen(settings, clock)) == 1


def test_a_question_that_is_gone_is_told(tmp_path: Path) -> None:
    settings, clock, pack = _learnt(tmp_path)
    _mend(pack, "id: refunded-newest", "id: refunded-oldest")
    told = _seen(settings, clock)

    assert [(one.key, one.revision) for one in told] == [
        ("look/indexing/refunded-newest", news.GONE)
    ]
    assert "1 question that you answered is gone" in news.sentence(told)


def test_a_mended_explanation_is_no_news(tmp_path: Path) -> None:
    settings, clock, pack = _learnt(tmp_path)
    _seen(settings, clock)
    _mend(pack, "Equality first,", "Well, equality first,")

    assert _seen(settings, clock) == ()


def test_a_damaged_file_says_it_again(tmp_path: Path) -> None:
    settings, clock, pack = _learnt(tmp_path)
    _mend(pack, "id: refunded-newest", "id: refunded-oldest")
    assert len(_seen(settings, clock)) == 1
    news.path_in(settings.data.path).write_text("{")

    assert len(_seen(settings, clock)) == 1


async def test_today_says_it_in_one_start_and_a_key_shows_which(tmp_path: Path) -> None:
    settings, clock, pack = _learnt(tmp_path)
    _mend(pack, "stem: |", "stem: |\n    Once more.")
    async with running(settings, clock) as pilot:
        assert says(pilot, "1 question that you answered changed since. W shows which")
        await press(pilot, "W")
        assert at(pilot) == "news" and says(pilot, "Once more.") and says(pilot, "changed")
        await press(pilot, "enter")
        assert at(pilot) == "topic"
        await press(pilot, "escape", "escape")
        assert at(pilot) == "today"
    async with running(settings, clock) as pilot:
        await settled(pilot)
        assert "The content is new" not in shown(pilot)
        await press(pilot, "W")

        assert says(pilot, "Once more.")


async def test_a_click_on_the_notice_shows_which_with_the_whole_beginning_of_the_stem(
    tmp_path: Path,
) -> None:
    settings, clock, pack = _learnt(tmp_path)
    _mend(pack, "stem: |", "stem: |\n    One line, and\n    another one. Once")
    async with running(settings, clock, LARGE) as pilot:
        await click(pilot, "1 question that you answered changed")

        assert at(pilot) == "news" and says(pilot, "One line, and another one. Once")


async def test_a_stage_that_is_checked_otherwise_is_told_and_opens(tmp_path: Path) -> None:
    settings, clock, pack = _learnt(tmp_path)
    desk = Desk.open(settings, clock)
    payload = {"passed": True, "met": ("same-count",), "failed": None, "seed": 1, "seconds": 1.0}
    gone = "look/database-performance/gone"
    view = next(view for view in every_stage(desk) if view.files is not None)
    assert view.files is not None
    desk.store.attempt(view.key, view.files.revision, payload).result()
    desk.store.attempt(gone, "0123456789ab", payload).result()
    desk.close()

    assert [(one.key, one.revision) for one in _seen(settings, clock)] == [
        (f"stage:{gone}", news.GONE)
    ]

    lab = pack / "challenges/database-performance/stages/n-plus-one/stage.yaml"
    lab.write_text(f"{lab.read_text()}# checked otherwise\n")
    async with running(settings, clock) as pilot:
        assert says(pilot, "1 stage that you tried changed since")
        await press(pilot, "W")
        assert says(pilot, f"Stage: {view.stage.title}. Checked on 26 November.")
        assert says(pilot, "? gone")
        await press(pilot, "down", "enter")

        assert at(pilot) == "stage"
