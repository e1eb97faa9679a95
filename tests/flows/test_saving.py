"""An answer is on disk before the screen says so; what cannot be kept is said, in one sentence."""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.progress.store import Store, StoreError
from tests.builders import make_pack
from tests.flows.driving import (
    answer,
    asking,
    at,
    digits,
    eventually,
    heading,
    press,
    question,
    rows,
    says,
    settled,
)
from tests.histories import one
from tests.looks import scenes
from tests.running import nexus, running, settings_for, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.progress.store import Answered, AnswerGiven
    from nexus_tui.settings import Settings
    from tests.flows.conftest import SessionAt
    from tests.histories import Clock

    Week = tuple[Settings, Clock]

FULL = "The disk is full: make room, then answer again."


class SlowDisk:
    """Stands in for `Store.answer`: writes when the test says so, or fails."""

    def __init__(self, pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> None:
        desk = nexus(pilot).desk
        assert desk is not None
        self._real: Callable[[AnswerGiven], Future[Answered]] = desk.store.answer
        self.asked: list[tuple[AnswerGiven, Future[Answered]]] = []
        monkeypatch.setattr(desk.store, "answer", self.answer)

    def answer(self, given: AnswerGiven) -> Future[Answered]:
        future: Future[Answered] = Future()
        self.asked.append((given, future))
        return future

    def write(self) -> None:
        given, future = self.asked[-1]
        future.set_result(self._real(given).result())

    def fail(self) -> None:
        self.asked[-1][1].set_exception(StoreError(FULL))


KINDS = ["refunded-newest", "ticks", "how-many", "in-order"]


@pytest.mark.parametrize("name", KINDS)
async def test_no_verdict_is_shown_before_the_answer_is_on_disk(
    name: str, session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = session_at(name)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        disk = SlowDisk(pilot, monkeypatch)
        await pilot.press("2", "enter")
        await pilot.pause()
        waiting = shown(pilot)
        disk.write()
        await settled(pilot)

        assert "✓" not in waiting and "✗" not in waiting and "Multicolumn" not in waiting
        assert "Multicolumn" in shown(pilot)
        assert "✓" in shown(pilot) or "✗" in shown(pilot)


async def test_keys_pressed_while_an_answer_is_being_written_change_nothing_of_it(
    session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = session_at("ticks")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        disk = SlowDisk(pilot, monkeypatch)
        await pilot.press("1", "enter")
        await pilot.pause()
        await pilot.press("2", "3", "space", "down", "s", "enter", "tab", "u", "end")
        await pilot.pause()
        disk.write()
        await settled(pilot)

        assert len(disk.asked) == 1 and question(pilot).id == "ticks"
        given, _ = disk.asked[0]
        assert sorted(asking(pilot).query_one("#answer").ticked) == given.response["options"]  # type: ignore[attr-defined]
        assert given.certainty.value == "unmarked"


@pytest.mark.parametrize("name", KINDS[:3:2])
async def test_an_answer_that_could_not_be_written_is_kept_on_the_screen_and_enter_tries_again(
    name: str, session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = session_at(name)
    before = one(settings.database.path, "SELECT count(*) FROM answer")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        disk = SlowDisk(pilot, monkeypatch)
        await pilot.press("1", "enter")
        await pilot.pause()
        disk.fail()
        await settled(pilot)
        assert says(pilot, f"✗ not saved: {FULL}")
        assert says(pilot, "Nothing was recorded; your answer is still here. enter tries again.")
        assert "Question 2 of 2" in heading(pilot)

        await pilot.press("enter")
        await pilot.pause()
        disk.write()
        await settled(pilot)

        first, second = (given for given, _ in disk.asked)
        assert first.response == second.response
        assert "not saved" not in shown(pilot) and "Multicolumn" in shown(pilot)
    assert one(settings.database.path, "SELECT count(*) FROM answer") == before + 1


async def test_after_a_failure_the_answer_can_still_be_changed(
    session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = session_at("how-many")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        disk = SlowDisk(pilot, monkeypatch)
        await pilot.press("3", "enter")
        await pilot.pause()
        disk.fail()
        await settled(pilot)
        await pilot.press("6", "enter")
        await pilot.pause()
        disk.write()
        await settled(pilot)

        assert [given.response for given, _ in disk.asked] == [{"text": "3"}, {"text": "36"}]
        assert "✓ right" in shown(pilot)


async def test_leaving_while_an_answer_is_being_written_keeps_it(
    session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = session_at("refunded-newest")
    before = one(settings.database.path, "SELECT count(*) FROM answer")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        disk = SlowDisk(pilot, monkeypatch)
        await pilot.press("1", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert at(pilot) == "today"
        disk.write()
        await press(pilot, "2")

        assert at(pilot) == "topics"
    assert one(settings.database.path, "SELECT count(*) FROM answer") == before + 1


# ---------------------------------------------------------------- a write that fails elsewhere


def _fails(*_: object, **__: object) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(StoreError(FULL))
    return future


def _broken(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    desk = nexus(pilot).desk
    assert desk is not None
    for name in names:
        monkeypatch.setattr(desk.store, name, _fails)


async def test_an_undo_or_a_report_that_cannot_be_written_is_said(
    session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = session_at("refunded-newest")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await press(pilot, *digits(pilot, right=True), "enter")
        _broken(pilot, monkeypatch, "undo", "report")
        await press(pilot, "exclamation_mark")
        assert "The report was not kept." in shown(pilot) and "thank you" not in shown(pilot)
        await press(pilot, "u")

        assert "Nothing was taken back." in shown(pilot)
        assert asking(pilot)._outcome is not None


async def test_a_tick_or_a_project_that_cannot_be_written_is_said_and_nothing_is_ticked(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "j", "enter", "g")
        _broken(pilot, monkeypatch, "_write")
        await press(pilot, "space", "enter")
        assert f"✗ not saved: {FULL}" in shown(pilot)
        assert shown(pilot).count("• by you") == 1
        await press(pilot, "escape")
        assert "not saved" not in shown(pilot)
        await press(pilot, "p")
        await press(pilot, "n", "x", "enter")

        assert f"✗ not saved: {FULL}" in shown(pilot) and "shop-api  in use" in shown(pilot)


async def test_a_lesson_that_cannot_be_remembered_is_read_all_the_same_and_today_says_why(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        _broken(pilot, monkeypatch, "reading")
        await press(pilot, "2", "g", "j", "j", "enter", "n")
        assert says(pilot, "Recall") and "section 3 of 3" in heading(pilot)
        await press(pilot, "1")

        await eventually(pilot, FULL)


# ---------------------------------------------------------------- opening


def _text_file(path: Path) -> str:
    path.write_text("This is a letter, not a database. " * 40)
    return "is not a Nexus database"


def _newer(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    return "newer"


def _empty(path: Path) -> str:
    path.write_bytes(b"")
    return "empty"


def _folder(path: Path) -> str:
    path.mkdir()
    return "is a folder"


BROKEN = {"text": _text_file, "newer": _newer, "empty": _empty, "folder": _folder}


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_history_that_cannot_be_opened_is_said_on_today_and_everything_can_be_read(
    kind: str, tmp_path: Path
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    path = settings.database.path
    if kind == "newer":
        Store.open(path).close()
    words = BROKEN[kind](path)
    before = path.read_bytes() if path.is_file() else None
    async with running(settings, clock) as pilot:
        assert says(pilot, str(path)) and says(pilot, words)
        await press(pilot, "2", "g", "j", "j", "enter")
        assert "Why it matters" in shown(pilot)
        await press(pilot, "Q")
        await answer(pilot)

        assert "✓" in shown(pilot)
    assert (path.read_bytes() if path.is_file() else None) == before


async def test_content_that_cannot_be_read_is_said_on_today_and_no_place_waits_for_ever(
    tmp_path: Path,
) -> None:
    settings = settings_for(tmp_path, tmp_path / "nowhere")
    async with running(settings) as pilot:
        assert "The content cannot be read" in shown(pilot)
        await press(pilot, "enter", "down", "enter", "slash", "x", "escape")
        assert at(pilot) == "today"
        for digit in "234567":
            await press(pilot, digit, "enter", "space")
            assert "not read, see Today" in heading(pilot)


@pytest.mark.parametrize("file", ["pack.yaml", "topics/basics/alpha/quiz.yaml"])
async def test_a_file_of_the_content_that_is_broken_is_named_on_today_and_the_rest_opens(
    file: str, tmp_path: Path
) -> None:
    pack = make_pack(tmp_path / "pack", {file: "a: [1, 2\n"})
    async with running(settings_for(tmp_path, pack)) as pilot:
        assert says(pilot, "Content that cannot be read was left out") and says(pilot, file)
        for digit in "234567":
            await press(pilot, digit)
        await press(pilot, "2", "enter")

        assert at(pilot) in {"topics", "topic"}


async def test_a_cache_that_cannot_be_written_is_said_and_everything_works(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    settings.cache.path.write_text("a file where the folder should be")
    async with running(settings, clock) as pilot:
        assert says(pilot, "The index of the content could not be kept in")
        await press(pilot, *["down"] * 12)
        assert says(pilot, f"{settings.cache.path}: it is made anew at every start")
        assert says(pilot, "Everything else works.")
        await press(pilot, "2", "slash", "p", "l", "a", "n")

        assert len([r for r in rows(pilot)._rows if not r.fixed]) > 1


async def test_an_overview_that_cannot_be_derived_is_said_and_the_app_goes_on(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None

        def broken() -> None:
            raise StoreError("The file is damaged.")

        monkeypatch.setattr(desk, "overview", broken)
        nexus(pilot).reread()
        await eventually(pilot, "The file is damaged.")
        await press(pilot, "2")

        assert at(pilot) == "topics"


async def test_a_history_that_opens_but_cannot_be_read_is_said_at_the_start(week: Week) -> None:
    settings, clock = week
    with closing(sqlite3.connect(settings.database.path)) as connection:
        connection.execute("DROP TABLE day")
    async with running(settings, clock) as pilot:
        assert says(pilot, "could not be read")
        await press(pilot, "2")

        assert says(pilot, "not read, see Today")
