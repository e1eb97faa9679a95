"""Text from outside is shown as it is: never parsed, never sent to the terminal as a command."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from tests import builders
from tests.flows.driving import answer, at, press, says, settled, strips_of, type_in
from tests.running import LARGE, SMALL, running, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings

MARKUP = ("[/oops]", "[bold", "[@click=app.quit]x[/]", "list[int]", "\\[x]")
STEERING = ("\x1b]0;owned\x07", "\x1b[2J", "\x9b31m", "\x90x\x9c", "\x07\x08\x7f", "\u202e")
ALL = " ".join((*MARKUP, *STEERING))
BRIEF = "[/oops] [b [@click=x]y[/] \x1b]0;\x07\x9bm"
"""What fits where a title is limited."""
SEEN = ("[/oops]", "[bold", "[@click=app.quit]x[/]", "]0;owned")
QUESTIONS: dict[str, dict[str, Any]] = {
    "choice": builders.choice(
        stem=f"Which? {ALL}",
        options=[
            builders.option("right", correct=True, text=f"Right {ALL}", why=f"Because {ALL}."),
            builders.option("left", text=f"Left {ALL}", why=f"No {ALL}."),
            builders.option("middle", text="Middle", why="No."),
        ],
    ),
    "choices": builders.choices(stem=f"Which of them? {ALL}"),
    "short": builders.short(accept=["yes"]) | {"stem": f"What? {ALL}", "why": f"So {ALL}."},
    "order": builders.order(stem=f"In order? {ALL}")
    | {
        "lines": [{"id": f"l{n}", "text": f"line {n} {ALL}"} for n in range(1, 4)],
        "why": f"One by one {ALL}.",
    },
}


def _hostile(folder: Path, kind: str = "choice") -> Settings:
    lesson = (
        f"## Why it matters {ALL}\n\nRead {ALL}\n\n```python\n{ALL}\n```\n\n## Recall\n\nWhy?\n"
    )
    sources = [{"id": "book", "title": f"B {ALL}", "url": "https://example.org", "as_of": "1"}]
    topic = builders.topic_file(
        "alpha",
        title=f"Alpha {BRIEF}",
        summary=f"Summary {ALL}",
        objectives=[{"id": "name-it", "text": f"Name {ALL}"}],
        sources=sources,
    )
    item = {"text": f"Item {BRIEF}", "why": f"Why {ALL}", "how": f"How {ALL}", "verify": ALL}
    stage = {"title": f"Stage {BRIEF}", "summary": f"First {ALL}"}
    track = {"id": "basics", "title": f"Track {ALL}", "summary": ALL}
    files = {
        "pack.yaml": builders.pack_file(title=f"Pack {ALL}", tracks=[track]),
        "topics/basics/alpha/topic.yaml": topic,
        "topics/basics/alpha/lesson.md": lesson,
        "topics/basics/alpha/cheatsheet.md": f"Sheet {ALL}\n",
        "topics/basics/alpha/quiz.yaml": builders.quiz_file(QUESTIONS[kind]),
        "checklists/hard.yaml": builders.checklist_file(
            "hard", title=f"Hard {BRIEF}", summary=f"Sum {ALL}", bullet=ALL, item=item
        ),
        "challenges/slow/challenge.yaml": builders.challenge_file(
            "slow", title=f"Slow {BRIEF}", summary=f"Slow {ALL}", story=f"Story {ALL}", stage=stage
        ),
        "docs/guide.md": f"# Guide {ALL}\n\n## Part {ALL}\n\nText {ALL}\n",
    }
    escaped = {
        name: _escaped(text) if name.endswith(".yaml") else text for name, text in files.items()
    }
    return settings_for(folder, builders.make_pack(folder / "pack", escaped))


def _escaped(text: str) -> str:
    """YAML may hold such characters as escapes only."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\u{ord(c):04x}" for c in text)


def _harmless(pilot: Pilot[None]) -> bool:
    """No character on the screen steers a terminal."""
    text = strips_of(pilot.app.screen)
    bad = [c for c in text if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"]
    assert not bad, (bad, text)
    return True


PATHS: dict[str, tuple[str, ...]] = {
    "today": (),
    "topics": ("2", "g", "j"),
    "lesson": ("enter",),
    "quiz": ("enter", "tab"),
    "cheat sheet": ("enter", "tab", "tab"),
    "sources": ("enter", "shift+tab", "shift+tab"),
    "contents": ("enter", "t"),
    "map": ("2", "g", "j", "m"),
    "challenges": ("3",),
    "challenge": ("3", "enter"),
    "stages": ("3", "enter", "tab"),
    "checklists": ("4",),
    "checklist": ("4", "j", "enter"),
    "item": ("4", "j", "enter", "enter"),
    "note": ("4", "p", "x", "enter", "j", "enter", "space"),
    "progress": ("6",),
    "library": ("7",),
    "document": ("7", "enter"),
    "search": ("slash", "o", "o", "p", "s"),
    "palette": ("ctrl+p", "a", "l", "p", "h", "a"),
}
WITH_A_PANE = {"topics", "lesson", "challenges", "checklists", "checklist", "document"}


@pytest.mark.parametrize(
    ("path", "size"),
    [(path, SMALL) for path in PATHS] + [(path, LARGE) for path in PATHS if path in WITH_A_PANE],
)
async def test_hostile_content_is_shown_literally_everywhere(
    path: str, size: tuple[int, int], tmp_path: Path
) -> None:
    async with running(_hostile(tmp_path), size=size) as pilot:
        await press(pilot, *PATHS[path])
        assert _harmless(pilot)
        if path != "progress":
            assert says(pilot, "[/oops]")

        assert pilot.app._exit is False


@pytest.mark.parametrize("kind", QUESTIONS)
async def test_a_hostile_question_is_asked_answered_and_explained_literally(
    kind: str, tmp_path: Path
) -> None:
    async with running(_hostile(tmp_path, kind), size=LARGE) as pilot:
        await press(pilot, "2", "g", "j", "Q")
        assert at(pilot) == "question" and _harmless(pilot)
        assert all(says(pilot, text) for text in SEEN)
        if kind == "short":
            await press(pilot, "n", "o", "enter")
        else:
            await answer(pilot, right=False)
        await press(pilot, "e")
        assert _harmless(pilot) and says(pilot, "[@click=app.quit]x[/]")
        await press(pilot, "enter")

        assert _harmless(pilot) and says(pilot, "Done")


@pytest.mark.parametrize("text", ["[bold", ALL], ids=["open", "all"])
async def test_a_hostile_name_of_a_project_and_a_hostile_note_are_kept_literally(
    text: str, tmp_path: Path
) -> None:
    settings = settings_for(
        tmp_path,
        builders.make_pack(
            tmp_path / "pack", {"checklists/hard.yaml": builders.checklist_file("hard")}
        ),
    )
    text = text.replace("/", "|")  # with a slash it would be a folder
    wanted = " ".join("".join(c for c in text if c.isprintable()).split())
    async with running(settings) as pilot:
        await press(pilot, "4", "p")
        await _paste(pilot, text)
        assert _harmless(pilot)
        await press(pilot, "enter")
        assert _harmless(pilot) and _name(pilot) == wanted
        await press(pilot, "j", "enter", "space")
        await _paste(pilot, text)
        await press(pilot, "enter")

        assert says(pilot, "• by you") and says(pilot, wanted) and _harmless(pilot)


@pytest.mark.parametrize("text", ["[bold", ALL], ids=["open", "all"])
async def test_hostile_words_are_searched_for_and_answered_as_text(
    text: str, tmp_path: Path
) -> None:
    settings = settings_for(
        tmp_path,
        builders.make_pack(
            tmp_path / "pack",
            {
                "topics/basics/alpha/quiz.yaml": builders.quiz_file(
                    builders.short(accept=["yes"], wrong=[])
                )
            },
        ),
    )
    async with running(settings, size=LARGE) as pilot:
        await press(pilot, "slash")
        await _paste(pilot, text)
        assert _harmless(pilot)
        await press(pilot, "escape", "2", "g", "j", "Q")
        await _paste(pilot, text)
        await press(pilot, "enter")

        assert says(pilot, "✗ wrong") and _harmless(pilot)


async def test_the_palette_takes_hostile_words(tmp_path: Path) -> None:
    async with running(_hostile(tmp_path)) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "[/oops]")

        assert at(pilot) == "palette"


def _name(pilot: Pilot[None]) -> str:
    """The name of the project as the heading shows it, without the figure at its right end."""
    text = "\n".join(strips_of(pilot.app.screen).split("\n")[3:6]).split("Nothing is known")[0]
    for other in ("no folder named", "not audited yet"):
        text = text.replace(other, "")
    return " ".join(text.split())


async def _paste(pilot: Pilot[None], text: str) -> None:
    focused = pilot.app.screen.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await settled(pilot)
