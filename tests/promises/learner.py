"""A learner at a terminal: a home of their own, and the way through a quiz by keys."""

from __future__ import annotations

import os
import re
import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import yaml

from tests.histories import rows
from tests.promises.terminal import ROOT, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

COUNT = int(os.environ.get("NEXUS_PROMISE_COUNT", "3"))
TOPIC = "indexing"
_VERDICT = re.compile(r"[✓✗] (your|right|wrong|nearly|partly|belongs|does)")
_WRONG = ("✗", "not ticked", "asked again")
_FIELDS = ("your answer", "what it prints", "about how many")
"""What an empty field says."""
_SECOND = re.compile(r"› +2  ")
"""The cursor on the second row."""
_QUESTION = re.compile(r"Question (\d+) of \d+")


class Home:
    """A folder with everything a learner has; nothing outside it is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "progress.db"

    @property
    def environment(self) -> dict[str, str]:
        drop = ("NEXUS_", "XDG_", "PYTHONDONTWRITEBYTECODE", "LC_", "NO_COLOR", "TEXTUAL")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(drop)}
        homes = {
            f"XDG_{name}_HOME": str(self.folder / name.lower())
            for name in ("CACHE", "CONFIG", "DATA")
        }
        content = self.folder / "content"
        named = {"NEXUS_CONTENT": str(content)} if content.is_dir() else {}
        return {
            **kept,
            **homes,
            **named,
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "NEXUS_DB": str(self.database),
        }

    def with_one_topic(self) -> Home:
        """Use a pack of one real topic: it is the first thing a newcomer is offered."""
        pack = yaml.safe_load((ROOT / "content" / "pack.yaml").read_text())
        source = next((ROOT / "content" / "topics").glob(f"*/{TOPIC}"))
        pack["tracks"] = [t for t in pack["tracks"] if t["id"] == source.parent.name]
        content = self.folder / "content"
        shutil.copytree(source, content / "topics" / source.parent.name / TOPIC)
        (content / "pack.yaml").write_text(yaml.safe_dump(pack))
        path = content / "topics" / source.parent.name / TOPIC / "topic.yaml"
        alone = {**yaml.safe_load(path.read_text()), "requires": [], "confusable": []}
        path.write_text(yaml.safe_dump({k: v for k, v in alone.items() if k != "stages"}))
        return self

    # ------------------------------------------------------------ what is on disk

    def answers(self, session: int = 0) -> list[float]:
        """Scores of the live answers of a session, by the order in which sessions began."""
        sql = "SELECT subject FROM fact WHERE kind = 'session' ORDER BY seq"
        names = [name for (name,) in rows(self.database, sql)]
        if session >= len(names):
            return []
        sql = "SELECT score FROM answer WHERE session = ? ORDER BY fact"
        return [score for (score,) in rows(self.database, sql, names[session])]

    def check(self) -> None:
        """The file is whole, and what was derived is what the facts say."""
        assert rows(self.database, "PRAGMA integrity_check") == [("ok",)]
        from nexus_tui.progress.store import Store

        store = Store.open(self.database)
        kept = store.digest()
        store.rebuild()
        assert store.digest() == kept
        store.close()


class Quiz:
    """Answers one question after the other, and notes every verdict that was shown."""

    def __init__(self, home: Home, command: Sequence[str] | None = None) -> None:
        self.shown: dict[int, bool | None] = {}
        """Number of a question → was the verdict `right`; None while it was being painted."""
        self.confirmed = 0
        more: dict[str, Any] = {"command": command} if command else {}
        self.terminal = Terminal(home.environment, watch=self._look, **more)

    def _look(self, screen: str) -> None:
        number = self.confirmed
        whole = "enter next" in self.terminal.hints
        if _number(screen) == number and (whole or _VERDICT.search(screen)):
            # A long question scrolls: then its marks or its last line are out of sight.
            right = not any(sign in screen for sign in _WRONG)
            if self.shown.get(number) is not False:
                self.shown[number] = right if whole else None

    def begin(self) -> None:
        """From the first screen to the first question of the one topic."""
        self.terminal.wait("Read and answer: ")
        self.terminal.press("enter")
        self.terminal.wait("section 1 of")
        self.start()

    def start(self) -> None:
        """From the lesson to the first question."""
        self.terminal.press("Q")
        self.ready()

    def ready(self) -> bool:
        """Wait for a question to answer; False when the session is over."""
        self.terminal.wait_until(
            lambda screen: "at the first try" in screen or self._is_open(screen), "a question"
        )
        return "at the first try" not in self.terminal.text

    def _is_open(self, screen: str) -> bool:
        """The question is painted whole, its number too, and nothing is left of the one before."""
        hints = self.terminal.hints
        if "confirm" not in hints or re.search(r"[✓✗]", screen):
            return False
        if _number(screen) != self.confirmed + 1:
            return False
        if "ctrl+s" in hints:
            return any(words in screen for words in _FIELDS)
        return re.search(r"^ *›? *1  \S", screen, re.MULTILINE) is not None

    def confirm(self) -> None:
        """Give some answer to the question shown."""
        hints = self.terminal.hints
        if "ctrl+s" in hints:
            self._press_until("s", _written)
        elif "tick" in hints or "match" in hints:
            self._press_until("1s", lambda screen: "[•]" in screen or "• matched" in screen)
        else:
            self._press_until("2s", lambda screen: _SECOND.search(screen) is not None)
        self.terminal.press("enter")
        if "match" in hints:
            self.terminal.wait("enter again confirms")
            self.terminal.press("enter")
        self.confirmed += 1

    def _press_until(self, keys: str, holds: Callable[[str], bool]) -> None:
        """Press `keys` until the answer has them.

        Before the answer listens, only the last of them is heard, an `s` that says `sure`.
        """
        while not holds(before := self.terminal.text):
            self.terminal.press(keys)
            self.terminal.wait_until(partial(_heard, before), "what was pressed")

    def verdict(self) -> None:
        """Wait until it says how the answer was, then go on."""
        self.terminal.wait_until(lambda _: "enter next" in self.terminal.hints, "a verdict")
        self.terminal.press("enter")

    def answer_all(self) -> None:
        """To the end of the session."""
        while self.ready():
            self.confirm()
            self.verdict()


def _number(screen: str) -> int | None:
    found = _QUESTION.search(screen)
    return int(found[1]) if found else None


def _heard(before: str, now: str) -> bool:
    return _written(now) or ("you are sure" in now) is not ("you are sure" in before)


def _written(screen: str) -> bool:
    return any(row.strip() and not row.strip(" s") for row in screen.splitlines())
