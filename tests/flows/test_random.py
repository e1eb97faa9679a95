"""Whatever is pressed, clicked, pasted or resized, on any screen: nothing breaks, all is left."""

from __future__ import annotations

import os
import random
import string
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual._compositor import Compositor
from textual.app import App

from nexus_tui.tui.app import NexusApp
from tests.flows.driving import at, press, settled
from tests.flows.ways import WAYS, WHERE, leave
from tests.once import DRAWN
from tests.rarer import rarer
from tests.running import SMALL, nexus, running

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.histories import Clock

    Week = tuple[Settings, Clock]

SEEDS, EVENTS = (20, 500) if "NEXUS_PROMISE_COUNT" in os.environ else (2, 120)
"""`make promises` sends 10,000 events."""
NAMED = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab"),
    *("enter", "enter", "enter", "space", "escape", "backspace", "delete", "shift+up"),
    *("ctrl+p", "ctrl+a", "ctrl+s", "ctrl+g", "ctrl+f", "ctrl+j", "ctrl+o", "ctrl+c", "ctrl+z"),
    *("slash", "question_mark", "comma", "plus", "minus", "exclamation_mark", "full_stop", "f5"),
)
KEY_TEXT = {"space": " ", "slash": "/", "question_mark": "?", "comma": ",", "full_stop": "."}
KEYS = (*NAMED, *NAMED, *string.ascii_letters, *string.digits)
PASTED = (
    "",
    "x" * 300,
    "日本語 テスト",
    "👩‍👩‍👧 ½",
    "שלום עולם",
    "e\u0301\u0323",
    "a\nb\n\tc",
    "\x1b[2J[/x]",
)
SIZES = (SMALL, (60, 20), (120, 40), (200, 50), (20, 6), (61, 90))


@pytest.fixture(autouse=True)
def fenced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing leaves the app: no editor, no browser, no file of a picture, no end; all is drawn."""

    async def stays(self: App[Any]) -> None:
        pass

    monkeypatch.setattr(Compositor, "render_update", DRAWN)
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(NexusApp, "action_quit", stays)
    monkeypatch.setattr(App, "open_url", lambda self, url, new_tab=True: None)
    monkeypatch.setattr(App, "deliver_screenshot", lambda self, *_, **__: None)
    monkeypatch.setattr(App, "action_suspend_process", lambda self: None)


def _press(pilot: Pilot[None], key: str) -> None:
    """Send a key without waiting for what it does."""
    driver = pilot.app._driver
    assert driver is not None
    driver.send_message(events.Key(key, key if len(key) == 1 else KEY_TEXT.get(key)))


def _point(
    pilot: Pilot[None], way: type[events.MouseEvent], place: tuple[int, int], button: int = 0
) -> None:
    """Send an event of the mouse without waiting for what it does."""
    driver, (x, y) = pilot.app._driver, place
    assert driver is not None
    driver.send_message(way(None, x, y, 0, 0, button, False, False, False, x, y))


async def _act(pilot: Pilot[None], chance: random.Random) -> str:
    """One random event; what it was."""
    kind = chance.choices(("key", "click", "paste", "scroll", "resize"), (84, 10, 2, 3, 1))[0]
    screen = pilot.app.screen
    width, height = pilot.app.size
    if kind == "key":
        key: str = chance.choice(KEYS)
        _press(pilot, key)
        if chance.random() < 0.4:  # else the next one comes before this one is handled
            await pilot._wait_for_screen()
        return key
    if kind == "resize":
        size = chance.choice(SIZES)
        await pilot.resize_terminal(*size)
        return f"resize {size}"
    if kind == "paste":
        text = chance.choice(PASTED)
        (screen.focused or screen).post_message(events.Paste(text))
        return f"paste {text!r}"
    place = chance.randrange(max(1, width)), chance.randrange(max(1, height))
    if kind == "click":
        for way in (events.MouseDown, events.MouseUp) * chance.choice((1, 1, 1, 2)):
            _point(pilot, way, place, button=1)
    else:
        _point(pilot, chance.choice((events.MouseScrollDown, events.MouseScrollUp)), place)
    return f"{kind} {place}"


@pytest.mark.promise
@pytest.mark.short
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_random_events_break_nothing_and_every_screen_is_left(seed: int, week: Week) -> None:
    settings, clock = week
    chance = random.Random(f"events/{seed}")
    done: list[str] = []
    async with running(settings, clock) as pilot:
        for way in chance.sample([*WAYS], 4):
            await pilot.resize_terminal(*SMALL)
            await press(pilot, "1", *WAYS[way])
            done += ["1", *WAYS[way]]
            try:
                for _ in range(EVENTS // 4):
                    done.append(await _act(pilot, chance))
            except BaseException:
                print(f"{seed} from {way}: {done[-40:]}")
                raise
            await settled(pilot)
            await leave(pilot, done)
        assert pilot.app._exception is None and not pilot.app._exit


@pytest.mark.parametrize("key", ["escape", rarer("backspace")])
async def test_every_way_leads_where_it_says_and_the_same_keys_leave(key: str, week: Week) -> None:
    """In a field, and on a question whose field was left, `backspace` is for the text."""
    settings, clock = week
    async with running(settings, clock) as pilot:
        for name, way in WAYS.items():
            await press(pilot, "1", *way)
            assert at(pilot) == WHERE.get(name, name)
            for _ in range(4):
                if at(pilot) in nexus(pilot).MODES:
                    break
                fields = pilot.app.screen.query("Input, TextArea")
                await press(pilot, "escape" if any(f.display for f in fields) else key)

            assert at(pilot) in nexus(pilot).MODES, f"{name}: {at(pilot)}"
