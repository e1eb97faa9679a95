"""Screens inside the places, as text: what is read, asked, found and explained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.trust import trust
from nexus_tui.tui import stage_lines
from tests.flows.test_checklists import Engine
from tests.looks import scenes
from tests.running import LARGE, SMALL, press, running, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from nexus_tui.labs.challenges.verdict import Decided, Verdict
    from nexus_tui.tui.widgets.lines import Part

QUESTIONS = {
    "choice": ("refunded-newest", "design-one"),
    "choices": ("ticks", "predict-use"),
    "short": ("how-many", "predict-use"),
    "order": ("in-order", "design-one"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "choice": ("2", "s", "enter"),
    "choices": ("1", "2", "enter"),
    "short": ("3", "5", "enter"),
    "order": ("J", "x", "enter"),
}


@pytest.mark.parametrize("kind", QUESTIONS)
async def test_a_question_before_and_after_its_answer(
    kind: str, tmp_path: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.session_of(tmp_path, *QUESTIONS[kind])
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        before = shown(pilot)
        await press(pilot, *ANSWERS[kind])
        after = shown(pilot)

    assert f"{before}\n{'=' * 80}\n{after}" == dump


async def test_the_summary_after_the_last_question(tmp_path: Path, dump: SnapshotAssertion) -> None:
    settings, clock = scenes.session_of(tmp_path, *QUESTIONS["choice"])
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "2", "enter", "enter")

        assert shown(pilot) == dump


@pytest.mark.parametrize("theme", ["dark", "light", "high"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_feedback_in_a_picture(
    size: tuple[int, int], theme: str, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    settings, clock = scenes.session_of(tmp_path, *QUESTIONS["choice"])
    async with running(settings, clock, size) as pilot:
        pilot.app.theme = f"nexus-{theme}"
        await press(pilot, "enter", "2", "enter")

        assert pilot.app.export_screenshot(title="nexus-tui") == picture


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_lesson_in_a_picture(
    size: tuple[int, int], theme: str, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    settings, clock = scenes.after_a_week(tmp_path, f"nexus-{theme}")
    async with running(settings, clock, size) as pilot:
        await press(pilot, "2", "j", "j", "enter", "p")

        assert pilot.app.export_screenshot(title="nexus-tui") == picture


PATHS: dict[str, tuple[str, ...]] = {
    "lesson without text": ("2", "j", "enter"),
    "quiz tab": ("2", "j", "j", "enter", "tab"),
    "cheat sheet": ("2", "j", "j", "enter", "tab", "tab"),
    "sources": ("2", "j", "j", "enter", "tab", "tab", "tab", "tab"),
    "challenge story": ("3", "enter"),
    "challenge stages": ("3", "enter", "tab"),
    "checklist": ("4", "j", "enter"),
    "item of a checklist": ("4", "j", "enter", "enter"),
    "tick with a note": ("4", "j", "enter", "space"),
    "projects": ("4", "p"),
    "add a project": ("4", "p", "n"),
    "findings before an audit": ("4", "f"),
    "progress by day": ("6", "tab"),
    "map": ("2", "j", "j", "m"),
    "notes, none": ("2", "j", "j", "enter", "shift+tab"),
    "contents": ("2", "j", "j", "enter", "t"),
    "document": ("7", "enter"),
    "search empty": ("slash",),
    "search found": ("slash", "i", "n", "d", "e", "x"),
    "search nothing": ("slash", "q", "q", "q"),
    "help": ("question_mark",),
}


STAGE = ("3", "enter", "tab", "enter")
STAGES: dict[str, tuple[str, ...]] = {
    "brief": STAGE,
    "not run": (*STAGE, "escape"),
    "failed": (*STAGE, "r"),
    "hint": (*STAGE, "h"),
    "solution": (*STAGE, "h", "h", "h", "d", "y"),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("state", STAGES)
async def test_a_stage_looks_as_it_did(
    state: str,
    size: tuple[int, int],
    tmp_path: Path,
    dump: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_no_time(monkeypatch, tmp_path)
    settings, clock = scenes.first_day(tmp_path)
    trust(scenes.PACK, settings.data.path)
    async with running(settings, clock, size) as pilot:
        await press(pilot, *STAGES[state])

        assert shown(pilot) == dump


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_failed_check_in_a_picture(
    size: tuple[int, int],
    theme: str,
    tmp_path: Path,
    picture: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_no_time(monkeypatch, tmp_path)
    settings, clock = scenes.first_day(tmp_path, f"nexus-{theme}")
    trust(scenes.PACK, settings.data.path)
    async with running(settings, clock, size) as pilot:
        await press(pilot, *STAGES["failed"])

        assert pilot.app.export_screenshot(title="nexus-tui") == picture


def in_no_time(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The seconds that a check took, and where its files are, are the same everywhere."""

    def figure(decided: Sequence[Decided], verdict: Verdict | None, seconds: float | None) -> Part:
        same = replace(verdict, seconds=0.3) if verdict is not None else None
        return stage_lines.figure(decided, same, seconds)

    monkeypatch.setattr("nexus_tui.tui.stage_board.figure", figure)
    monkeypatch.setenv("HOME", str(home))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("state", ["asking", "done"])
async def test_an_audit_looks_as_it_did(
    state: str,
    size: tuple[int, int],
    tmp_path: Path,
    dump: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = Engine()
    monkeypatch.setattr("nexus_tui.study.auditing.run", engine.run)
    monkeypatch.setattr("nexus_tui.study.auditing.would_run", engine.would_run)
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock, size) as pilot:
        await press(pilot, "4", "a", *(("enter",) if state == "done" else ()))

        assert shown(pilot) == dump


AUDITED: dict[str, tuple[str, ...]] = {
    "findings": ("f",),
    "all items": ("j", "enter"),
}


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("state", AUDITED)
async def test_what_an_audit_found_in_a_picture(
    state: str, size: tuple[int, int], theme: str, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    settings, clock = scenes.audited(tmp_path, f"nexus-{theme}")
    async with running(settings, clock, size) as pilot:
        await press(pilot, "4", *AUDITED[state])

        assert pilot.app.export_screenshot(title="nexus-tui") == picture


@pytest.mark.parametrize("path", PATHS)
async def test_a_screen_looks_as_it_did(path: str, tmp_path: Path, dump: SnapshotAssertion) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *PATHS[path])

        assert shown(pilot) == dump
