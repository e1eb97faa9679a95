"""Keys and clicks: to the places and back, help, the palette, and the hints in the last row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from nexus_tui.tui import themes
from nexus_tui.tui.place import PlaceScreen
from nexus_tui.tui.widgets.places import PLACES, Places
from tests.flows.driving import (
    at,
    at_once,
    click,
    click_hint,
    digits,
    help_said,
    press,
    row,
    rows,
    settled,
    type_in,
)
from tests.looks import scenes
from tests.running import LARGE, nexus, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.flows.conftest import SessionAt
    from tests.histories import Clock

    Week = tuple[Settings, Clock]

NAMES = [place for place, _ in PLACES]
DEEPER = {
    "topics": ("j", "j", "enter"),
    "challenges": ("enter",),
    "checklists": ("enter",),
    "library": ("enter",),
}


async def test_digits_go_to_the_seven_places(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        seen = []
        for digit in "7654321":
            await press(pilot, digit)
            seen.append(at(pilot))

    assert seen == NAMES[::-1]


@pytest.mark.parametrize("place", DEEPER)
async def test_from_inside_a_place_its_digit_goes_to_its_first_page(place: str, week: Week) -> None:
    settings, clock = week
    digit = str(NAMES.index(place) + 1)
    async with running(settings, clock) as pilot:
        await press(pilot, digit, *DEEPER[place])
        inside = at(pilot)
        await press(pilot, digit)

        assert inside not in NAMES and at(pilot) == place


async def test_a_place_keeps_the_page_one_was_on(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "3", "enter", "tab", "4")
        assert at(pilot) == "checklists"
        await press(pilot, "3")

        assert at(pilot) == "challenge" and "N+1 over a relation" in shown(pilot)


ELSEWHERE = {
    "a lesson found from Challenges": ("3", ("slash", *"indexing", "enter"), "topic"),
    "a search in Challenges": ("3", ("slash",), "search"),
    "a stage begun on Today": ("1", ("s",), "stage"),
    "a lesson read on from Today": ("1", ("c",), "topic"),
    "the settings of Progress": ("6", ("comma",), "settings"),
}


@pytest.mark.parametrize("what", ELSEWHERE)
async def test_the_digit_of_a_place_never_shows_what_is_of_another_place(
    what: str, week: Week
) -> None:
    settings, clock = week
    digit, keys, inside = ELSEWHERE[what]
    async with running(settings, clock) as pilot:
        await press(pilot, digit)
        for key in keys:
            await press(pilot, key)
        assert at(pilot) == inside
        nexus(pilot).screen.set_focus(None)
        await press(pilot, "7", digit)

        assert at(pilot) == NAMES[int(digit) - 1]
        assert pilot.app.screen.query_one(Places).current == NAMES[int(digit) - 1]


async def test_back_from_what_is_of_another_place_leads_to_where_it_was_opened(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "3", "slash")
        for key in (*"indexing", "enter"):
            await press(pilot, key)
        seen = [at(pilot)]
        for _ in range(3):
            await press(pilot, "escape")
            seen.append(at(pilot))

    assert seen == ["topic", "search", "challenges", "today"]


@pytest.mark.parametrize("key", ["escape", "backspace"])
async def test_back_goes_page_by_page_to_today_and_stays_there(key: str, week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "j", "j", "enter")
        seen = [at(pilot)]
        for _ in range(3):
            await press(pilot, key)
            seen.append(at(pilot))

    assert seen == ["topic", "topics", "today", "today"]


async def test_help_moves_by_letters_as_pages_do(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "question_mark")
        seen = [shown(pilot)]
        for key in "jkGg":
            await press(pilot, key)
            seen.append(shown(pilot))

    assert seen[0] == seen[2] == seen[4] and len({*seen}) == 3


async def test_q_quits(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        assert pilot.app._exit is False
        await pilot.press("q")

        assert pilot.app._exit is True


async def test_capital_t_goes_round_the_three_themes(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        seen = []
        for _ in range(3):
            await press(pilot, "T")
            seen.append(pilot.app.theme)

    assert seen == [themes.LIGHT, themes.HIGH, themes.DARK]


@pytest.mark.parametrize("theme", ["ansi-light", "nord"])
async def test_capital_t_comes_back_to_the_theme_that_is_none_of_ours(
    theme: str, week: Week
) -> None:
    settings, clock = week
    async with running(replace(settings, theme=theme), clock) as pilot:
        seen = []
        for _ in range(8):
            await press(pilot, "T")
            seen.append(pilot.app.theme)

    assert seen == [themes.DARK, themes.LIGHT, themes.HIGH, theme] * 2


async def test_letters_and_arrows_move_alike(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g")
        cursors = [rows(pilot).cursor]
        for key in ("j", "down", "k", "up", "G", "home", "end", "g", "pagedown", "pageup"):
            await press(pilot, key)
            cursors.append(rows(pilot).cursor)
        last = len(rows(pilot)._rows) - 1

    assert cursors == [0, 1, 2, 1, 0, last, 0, last, 0, last, 0]


@pytest.mark.parametrize(("fold", "unfold"), [("h", "l"), ("left", "right"), ("space", "enter")])
async def test_left_folds_a_track_and_right_unfolds_it(fold: str, unfold: str, week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j", fold)
        folded, cursor = shown(pilot), row(pilot).id
        await press(pilot, unfold)

        assert "Transactions" not in folded and cursor == "track:databases"
        assert "Transactions" in shown(pilot)


async def test_digits_and_letters_are_text_in_a_field(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "1 q?T2")

        assert at(pilot) == "search" and pilot.app.theme == themes.DARK
        assert pilot.app.screen.query_one(Input).value == "1 q?T2"


async def test_escape_leaves_the_question_of_a_field_and_changes_nothing(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "n")
        await type_in(pilot, "other 7")
        assert at(pilot) == "folder"
        await press(pilot, "escape")

        assert at(pilot) == "projects" and "shop-api" in shown(pilot)


# ---------------------------------------------------------------- help

KEYS = {
    "today": ((), ("Search everything", "Quit", "Next theme")),
    "topics": (("2",), ("Fold or unfold the track", "Show fewer topics", "Quiz on the topic")),
    "topic": (("2", "j", "j", "enter"), ("Next section", "Previous section", "Next tab")),
    "checklist": (("4", "j", "enter"), ("Tick with a note, or take the tick back",)),
    "projects": (("4", "p"), ("Add a project", "Put aside")),
    "item": (("4", "j", "enter", "enter"), ("The lesson behind it",)),
    "findings": (("4", "f"), ("Accept with a reason; or no longer",)),
    "progress": (("6",), ("Drill the weakest objective",)),
    "document": (("7", "enter"), ("Page on, then the next section",)),
}


@pytest.mark.parametrize("name", KEYS)
async def test_help_lists_the_keys_of_the_screen_it_was_opened_from(name: str, week: Week) -> None:
    keys, words = KEYS[name]
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, *keys)
        about = pilot.app.screen.ABOUT  # type: ignore[attr-defined]
        await press(pilot, "question_mark")
        text = " ".join(shown(pilot).replace("│", " ").split())
        await press(pilot, "question_mark")

        assert " ".join(about.split()) in text
        assert all(word in text for word in words)
        assert at(pilot) == name


async def test_help_opened_on_an_open_question_says_what_its_digits_do(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at("refunded-newest")
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "enter", "question_mark")
        text = shown(pilot)
        await press(pilot, "escape")

        assert at(pilot) == "question"
        for words in (
            "Mark: I am sure",
            "Skip; it comes back later",
            "Take back what you did last",
        ):
            assert words in text


async def test_the_reasons_of_what_is_asked_list_no_key_that_is_the_questions(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at("refunded-newest")
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "enter", "y")
        assert at(pilot) == "objective"
        text = await help_said(pilot)

    assert "Why an objective is due" in text
    for words in ("Suspend", "Not before tomorrow", "Drill it now", "The lesson"):
        assert words not in text


async def test_after_a_verdict_and_at_the_end_help_lists_what_does_something(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at("refunded-newest")
    giving = ("Mark: I am sure", "Mark guess while typing", "Skip; it comes back later")
    asking = ("Why it is asked", "Do not ask it before tomorrow", "Suspend it until")
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "enter")
        opened = await help_said(pilot)
        await press(pilot, *digits(pilot, right=True), "enter")
        answered = await help_said(pilot)
        await press(pilot, "tab", "enter")
        assert "Done" in shown(pilot)
        done = await help_said(pilot)

    assert all(words in opened for words in (*giving, *asking))
    assert all(words not in answered for words in giving)
    assert all(words in answered for words in (*asking, "All explanations", "The lesson"))
    assert all(words not in done for words in (*giving, *asking))
    assert "Take back what you did last" in done


async def test_in_plain_characters_help_keeps_its_columns(week: Week) -> None:
    settings, clock = week
    async with running(replace(settings, ascii=True), clock, LARGE) as pilot:
        await press(pilot, "2")
        listed = await help_said(pilot)

    words = ("Fold the track", "Show fewer topics", "Top", "Up", "Down")
    columns = {
        line.index(f" {word}")
        for line in listed.split("\n")
        for word in words
        if line.rstrip(" |").endswith(f" {word}")
    }
    assert "<- h" in listed and len(columns) == 1


# ---------------------------------------------------------------- where one is


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("comma",), "Settings"),
        (("y",), "What is due"),
        (("slash",), "Search"),
        (("2", "P"), "Paths"),
        (("2", "slash"), "Search"),
        (("6", "comma"), "Settings"),
        (("6", "y"), "What is due"),
    ],
)
async def test_what_several_places_open_stands_in_the_place_it_was_opened_from(
    keys: tuple[str, ...], name: str, week: Week
) -> None:
    settings, clock = week
    place = dict(zip("1234567", PLACES, strict=True)).get(keys[0], PLACES[0])
    async with running(settings, clock) as pilot:
        await press(pilot, *keys)
        here = pilot.app.screen

        assert isinstance(here, PlaceScreen)
        assert here.where == f"{place[1]} › {name}"
        assert here.query_one(Places).current == place[0]


async def test_the_title_of_the_terminal_names_what_a_map_or_an_item_is_of(week: Week) -> None:
    settings, clock = week
    seen = []
    async with running(settings, clock) as pilot:
        for keys in (("2", "g", "j", "j", "m"), ("4", "G", "enter", "enter")):
            await press(pilot, *keys)
            assert isinstance(pilot.app.screen, PlaceScreen)
            seen.append(pilot.app.screen.where)

    assert seen[0] == "Topics › Map of Indexing"
    assert seen[1].startswith("Checklists › ") and "An item" not in seen[1]


# ---------------------------------------------------------------- palette


async def _palette(pilot: Pilot[None], text: str) -> str:
    """What the palette shows for `text`."""
    await pilot.press("ctrl+p")
    await settled(pilot)
    await type_in(pilot, text)
    screen = pilot.app.screen
    assert isinstance(screen, CommandPalette)
    return shown(pilot)


@pytest.mark.parametrize(
    ("text", "name", "leads"),
    [
        ("go to lib", "Go to Library", "library"),
        ("search ev", "Search everything", "search"),
        ("keys of", "Keys of this screen", "help"),
        ("theme", "Theme", "pick"),
        ("start the rev", "Start the review", "question"),
        ("learn some", "Learn something new", "today"),
        ("transactions and", "Topic: Transactions and isolation", "topic"),
    ],
)
async def test_the_palette_finds_a_command_or_a_topic_and_does_it(
    text: str, name: str, leads: str, week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        seen = await _palette(pilot, text)
        await press(pilot, "enter")

        assert name in seen
        assert at(pilot) == leads


async def test_a_screenshot_makes_its_folder_where_it_is_missing(
    week: Week, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    folder = tmp_path / "pictures" / "new"
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    async with running(settings, clock) as pilot:
        pilot.app.deliver_screenshot()

    assert folder.is_dir()


async def test_the_palette_lists_every_command_before_anything_is_typed(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (120, 110)) as pilot:
        seen = await _palette(pilot, "")

    wanted = [f"Go to {name}" for _, name in PLACES] + ["Search everything", "Next theme"]
    wanted += ["Keys of this screen", "Start the review", "Learn something new"]
    assert [name for name in wanted if name not in seen] == []
    assert "focused widget" not in seen and "Focus Next" not in seen
    order = ["Read the lesson", "Take an exam", "Go to Today", "Learners", "Theme", "Screenshot"]
    assert sorted(order, key=seen.index) == order and "Copy selected text" not in seen


# ---------------------------------------------------------------- mouse


@pytest.mark.parametrize("size", [(60, 20), LARGE])
async def test_places_can_be_clicked(size: tuple[int, int], week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        for number, place in [*enumerate(NAMES, 1)][::-1]:
            await click(pilot, str(number))
            assert at(pilot) == place


async def test_a_click_beside_a_place_goes_there_and_beside_all_of_them_nowhere(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "6")
        two = shown(pilot).index("2")
        for x, place in ((59, "progress"), (two + 1, "topics"), (0, "today")):
            assert await pilot.click(Places, offset=(x, 0))
            await settled(pilot)

            assert at(pilot) == place


async def test_rows_can_be_clicked(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2")
        await click(pilot, "Transactions and isolation")
        assert at(pilot) == "topic" and "Transactions" in shown(pilot)
        await press(pilot, "7")
        await click(pilot, "Deploying a service")

        assert at(pilot) == "document"


async def test_a_click_on_a_heading_between_rows_chooses_nothing(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "7")
        before = rows(pilot).cursor
        await click(pilot, "Cheat sheets")

        assert at(pilot) == "library" and rows(pilot).cursor == before


@pytest.mark.parametrize("size", [(80, 24), LARGE])
async def test_tabs_can_be_clicked(size: tuple[int, int], week: Week) -> None:
    settings, clock = week
    seen = {
        "Quiz": "Start the quiz",
        "Cheat sheet": "Equality, then sort",
        "Troubleshooting": "The plan says Seq Scan",
        "Lesson": "section 2 of 3",
    }
    async with running(settings, clock, size) as pilot:
        await press(pilot, "2", "j", "j", "enter")
        for name, words in seen.items():
            await click(pilot, name)
            assert words in shown(pilot)

        await click(pilot, "Sources")
        assert "https://www.postgresql.org" in shown(pilot)


# ---------------------------------------------------------------- hints

LESSON = ("2", "j", "j", "enter")
STAGE = ("3", "enter", "tab", "enter")
CLICKS: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "search on Today": ((), "search", "search", "what are you looking for?"),
    "commands on Today": ((), "commands", "palette", "Search for commands"),
    "help on Today": ((), "help", "help", "Keys here"),
    "back from help": (("question_mark",), "back", "today", "Continue"),
    "read a topic": (("2", "g", "j"), "read", "topic", "not written yet"),
    "move in topics": (("2", "g"), "move", "topics", "›   ○ PostgreSQL"),
    "fold a track": (("2", "g"), "fold", "topics", "▸ Databases"),
    "unfold a track": (("2", "g", "h"), "unfold", "topics", "▾ Databases"),
    "quiz on a topic": (("2", "g", "j", "j"), "quiz", "question", "Question 1 of 2"),
    "filter topics": (("2",), "filter", "topics", "with a lesson: 1 topic"),
    "page in a lesson": ((*LESSON, "p"), "page", "topic", "In words"),
    "next section": ((*LESSON, "p"), "section", "topic", "section 2 of 3"),
    "quiz on a lesson": (LESSON, "quiz", "question", "Question 1 of 2"),
    "next tab": (LESSON, "next tab", "topic", "Start the quiz"),
    "start the quiz": ((*LESSON, "tab"), "start or open", "question", "Question 1 of 2"),
    "back from a lesson": (LESSON, "back", "topics", "Topics"),
    "open a challenge": (("3",), "open", "challenge", "2,001 queries"),
    "stages of a challenge": (("3", "enter"), "next tab", "challenge", "An index for a filter"),
    "solve a stage": (("3", "enter", "tab"), "solve it", "stage", "count how often"),
    "a stage to be read": (("3", "enter", "tab", "down"), "solve it", "topic", "Indexing"),
    "brief of a stage": ((*STAGE, "escape"), "brief", "stage", "count how often"),
    "hint of a stage": (STAGE, "hint 1 of 3", "stage", "Count the calls"),
    "checks of a stage": (STAGE, "to the checks", "stage", "not run yet"),
    "run a stage": (STAGE, "run", "stage", "not trusted"),
    "open a checklist": (("4", "j"), "open", "checklist", "Plain HTTP is redirected"),
    "projects": (("4",), "project", "projects", "in use"),
    "add a project": (("4", "p"), "add", "folder", "Which folder is your code in?"),
    "keep a project": (("4", "p", "n", "x"), "choose", "checklists", "x "),
    "audit": (("4",), "audit", "audit", "has no folder yet"),
    "findings": (("4",), "findings", "findings", "Nothing was audited yet"),
    "tick an item": (("4", "j", "enter"), "tick", "ask", "how do you know?"),
    "why an item": (("4", "j", "enter"), "why and how", "item", "expires on a Sunday"),
    "leave an item out": (("4", "j", "enter"), "not applicable", "ask", "does it not apply?"),
    "lesson of an item": (("4", "j", "enter", "enter"), "lesson", "topic", "RESTful resource"),
    "start a review": (("5",), "start", "question", "Question 1 of"),
    "open a track": (("6",), "open", "topics", "Databases"),
    "next page of progress": (("6",), "next page", "progress", "A day: "),
    "read a document": (("7",), "read", "document", "Library › "),
    "open a result": (("slash", "p", "l", "a", "n"), "open", "topic", "Indexing"),
    "back from search": (("slash", "p"), "back", "today", "Continue"),
}


@pytest.mark.parametrize("name", CLICKS)
async def test_a_click_on_a_hint_does_what_it_says(name: str, week: Week) -> None:
    keys, verb, leads, words = CLICKS[name]
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *keys)
        before = shown(pilot)
        await click_hint(pilot, verb)

        assert at(pilot) == leads
        assert words in shown(pilot) and shown(pilot) != before


async def test_the_hints_of_today_choose_and_start(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await click_hint(pilot, "choose")
        assert rows(pilot).cursor == 1
        await click_hint(pilot, "begin")

        assert at(pilot) == "topic"


QUESTIONS = {
    "choose": ("refunded-newest", "› 2 "),
    "sure": ("refunded-newest", "you are sure"),
    "guess": ("refunded-newest", "you guess"),
    "confirm": ("refunded-newest", "choose or type an answer first"),
    "skip": ("refunded-newest", "the last one: answer it, or leave it"),
    "tick": ("ticks", "[•]"),
    "move": ("in-order", "› 2 "),
    "out": ("in-order", "left out"),
    "help": ("how-many", "Mark sure while typing"),
}


@pytest.mark.parametrize("verb", QUESTIONS)
async def test_a_click_on_a_hint_of_a_question_does_what_it_says(
    verb: str, session_at: SessionAt
) -> None:
    name, words = QUESTIONS[verb]
    settings, clock = session_at(name)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        before = shown(pilot)
        await click_hint(pilot, verb)

        assert words in shown(pilot)
        assert words not in before


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("next", "1 of 2 right at the first try"),
        ("all explanations", "not right"),
        ("lesson", "What goes wrong"),
        ("undo", "s sure"),
        ("report", "kept here; nexus-tui report lists it"),
    ],
)
async def test_a_click_on_a_hint_below_feedback_does_what_it_says(
    verb: str, words: str, session_at: SessionAt
) -> None:
    settings, clock = session_at("refunded-newest")
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "enter")
        await press(pilot, *digits(pilot, right=False), "enter")
        assert words not in shown(pilot)
        await click_hint(pilot, verb)

        assert words in shown(pilot)


async def test_the_help_at_the_right_end_can_be_clicked_on_a_question_with_a_field(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at("how-many")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "3")
        await click_hint(pilot, "help")

        assert at(pilot) == "help" and "Move cursor" not in shown(pilot)
        await click(pilot, "Leave the field")
        assert at(pilot) == "question" and pilot.app.screen.focused is None


@pytest.mark.parametrize("name", ["refunded-newest", "in-order"])
async def test_where_there_is_room_a_question_says_how_it_is_left(
    name: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(name)
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "5", "enter")
        await click_hint(pilot, "back")

        assert at(pilot) == "review"


async def test_an_overview_that_comes_while_help_is_open_is_shown_when_it_closes(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "question_mark")
        nexus(pilot).overview = None
        nexus(pilot).reread()
        await press(pilot, "escape")

        assert "4 days, with pauses" in shown(pilot) and "Continue" in shown(pilot)


async def test_a_click_on_a_line_of_the_help_does_what_its_key_does(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "2", "g", "j", "j", "enter", "question_mark")
        await click(pilot, "What comes before and after")
        assert at(pilot) == "map"
        await press(pilot, "escape", "question_mark")
        await click(pilot, "Table of contents")

        assert at(pilot) == "pick"


async def test_help_leads_to_each_place_by_a_click(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        for place, name in PLACES[::-1]:
            await press(pilot, "question_mark")
            await click(pilot, f"Go to {name}")

            assert at(pilot) == place


async def test_a_lesson_names_each_way_to_move_once_in_its_help(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, *LESSON, "question_mark")
        lines = [" ".join(text.split()) for text in shown(pilot).split("\n")]

    assert [text for text in lines if text.endswith((" Up", " Down", " Top", " End"))] == [
        "↑ k Up",
        "↓ j Down",
        "home g Top",
        "end G End",
    ]


@pytest.mark.parametrize("keys", [("1",), ("2", "g", "j"), ("3",), ("4",), ("5",), ("7",)])
async def test_of_keys_that_come_at_once_the_first_opens_and_none_opens_twice(
    keys: tuple[str, ...], week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *keys)
        await at_once(pilot, "enter", "enter")

        assert len(pilot.app.screen_stack) == 2
