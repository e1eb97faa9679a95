"""The screenshots of the README, made by the program itself: `make shots`."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from unittest import mock

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.catalog.revision import revision
from nexus_tui.labs.challenges.verdict import Verdict
from nexus_tui.learning.rating import Certainty
from nexus_tui.progress.store import Store
from nexus_tui.study.desk import Desk
from nexus_tui.study.solving import Solving
from tests.histories import Clock, given
from tests.looks.recording import Film
from tests.looks.scenes import one_learner
from tests.running import CONTENT, LARGE, SMALL, press, running, settings_for

if TYPE_CHECKING:
    from nexus_tui.labs.challenges.verdict import Event
    from nexus_tui.settings import Settings

_NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
_SHOTS: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "today-80x24-dark": (SMALL, "dark", ()),
    "topics-120x40-light": (LARGE, "light", ("2",)),
    "lesson-120x40-dark": (LARGE, "dark", ("slash", *"indexing", "enter", "n", "n")),
    "review-80x24-dark": (SMALL, "dark", ("5", "enter", "2", "s", "enter")),
    "stage-80x24-dark": (SMALL, "dark", ("3", "enter", "tab", "enter", "r")),
    "progress-120x40-dark": (LARGE, "dark", ("6",)),
}
_MONTHS = {"progress-120x40-dark"}
"""What shows more after months."""
_FILM: tuple[tuple[tuple[str, ...], float, str], ...] = (
    ((), 3, "Today: what is due, and what to go on with"),
    (("enter",), 3, "enter: the review begins with a question"),
    (("2",), 1.5, "2: the second option"),
    (("s",), 1.5, "s: quite sure"),
    (("enter",), 5, "enter: right or wrong, why, and where to read it"),
    (("escape", "2"), 2.5, "2: the topics"),
    (("slash",), 1, "/: search"),
    ((*"indexing",), 2, "indexing: lessons, questions, guides"),
    (("enter",), 3.5, "enter: its lesson"),
    (("3",), 2, "3: the challenges"),
    (("enter", "tab", "enter"), 3, "enter: a stage, in files of your own"),
    (("r",), 5, "r: your code is run, and judged"),
    (("6",), 4, "6: progress"),
)
"""Keys, how long one looks at what they bring, and what is said of it."""
_RIGHT = {Certainty.SURE: 0.96, Certainty.UNMARKED: 0.88, Certainty.GUESSED: 0.6}
_LEARNT = ("indexing", "orm-performance", "rest-principles", "rate-limiting")


def _history(settings: Settings) -> None:
    """Two weeks of a learner who answers a few questions of four topics on most days."""
    clock = Clock(_NOW)
    store = Store.open(settings.database.path, clock=clock, zone=UTC)
    with open_catalog([CONTENT], settings.cache.path) as catalog:
        asked = [
            (question, objective, revision(catalog.question(question)))
            for topic in catalog.topics()
            if topic.id in _LEARNT
            for objective, _ in topic.objectives
            for question in catalog.questions_of(objective)[:3]
        ]
    for number, (question, objective, revised) in enumerate(asked):
        day = 12 - number % 12
        clock.now = _NOW
        clock.move(days=-day, minutes=number)
        answer = given(question, objective=objective, right=number % 5 > 0, milliseconds=40_000)
        store.answer(replace(answer, revision=revised)).result()
    clock.now = _NOW
    store.reading("nexus/indexing", 1, "The idea in one picture", 9).result()
    store.close()


def _months(settings: Settings) -> None:
    """Five months of a learner who answers what is due on most days, and meets three new ones."""
    clock, random = Clock(_NOW), Random(84)
    with closing(Desk.open(settings, clock)) as desk:
        for days in range(150, -1, -1):
            clock.now = _NOW - timedelta(days=days)
            if days and random.random() < 0.3:
                continue
            view = desk.overview()
            for state in (*view.due, *view.new[:3]):
                question = random.choice(desk.catalog.questions_of(state.key))
                certainty = random.choice(tuple(_RIGHT))
                right = random.random() < _RIGHT[certainty]
                answer = given(question, objective=state.key, right=right, certainty=certainty)
                revised = revision(desk.catalog.question(question))
                seconds = random.randrange(15, 60)
                clock.move(seconds=seconds)
                answer = replace(answer, revision=revised, milliseconds=seconds * 1000)
                desk.store.answer(answer).result()


async def _take(folder: Path) -> None:
    for name, (size, theme, keys) in _SHOTS.items():
        with tempfile.TemporaryDirectory() as home:
            os.environ["HOME"] = home  # the workspace is shown below it
            settings = settings_for(Path(home), theme=f"nexus-{theme}")
            _months(settings) if name in _MONTHS else _history(settings)
            async with running(settings, Clock(_NOW), size) as pilot:
                await press(pilot, *keys)
                picture = pilot.app.export_screenshot(title="nexus-tui")
        (folder / f"{name}.svg").write_text(picture, encoding="utf-8")
        print(f"{folder}/{name}.svg")


async def _film(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        settings = settings_for(Path(home))
        _history(settings)
        async with running(settings, Clock(_NOW), SMALL) as pilot:
            tokens = pilot.app.theme_variables
            film = Film(SMALL[0], tokens["nx-page"], tokens["nx-muted"])
            for keys, seconds, said in _FILM:
                await press(pilot, *keys)
                film.take(pilot, seconds, said)
    picture = film.svg("Nexus: a review, a lesson, a stage and the progress, in a terminal")
    (folder / "film-80x24-dark.svg").write_text(picture, encoding="utf-8")
    print(f"{folder}/film-80x24-dark.svg")


def _the_same(event: Event) -> Event:
    """A verdict that took the same time as any other."""
    return replace(event, seconds=0.4) if isinstance(event, Verdict) else event


def main() -> None:
    """Write every screenshot and the film to the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TZ"] = "UTC"
    time.tzset()
    check = Solving.check
    with (
        one_learner(),
        mock.patch("time.time_ns", lambda: 4),  # a session is drawn by when it is begun
        mock.patch.object(Solving, "check", lambda *a, **n: map(_the_same, check(*a, **n))),
    ):
        asyncio.run(_take(folder))
        asyncio.run(_film(folder))


if __name__ == "__main__":
    main()
