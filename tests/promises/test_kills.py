"""Whatever ends the app, an answer whose verdict was shown is on disk."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.histories import one
from tests.promises.learner import COUNT, Home, Quiz
from tests.promises.terminal import Gone, Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.promise


def _agree(home: Home, quiz: Quiz, session: int = 0) -> None:
    """Every verdict shown is a row, in order and with that score; nothing else was made up."""
    kept = home.answers(session)
    assert sorted(quiz.shown) == list(range(1, len(quiz.shown) + 1))
    assert len(quiz.shown) <= len(kept) <= quiz.confirmed
    for number, right in quiz.shown.items():
        if right is not None:
            assert (kept[number - 1] == 1.0) is right


@pytest.mark.parametrize("seed", range(COUNT))
def test_an_app_killed_at_a_random_moment_has_every_answer_it_showed(
    tmp_path: Path, seed: int
) -> None:
    """Killed after a random number of confirmed answers and of bytes written after that."""
    chance = random.Random(f"kill/{seed}")
    home = Home(tmp_path).with_one_topic()
    quiz = Quiz(home)
    with quiz.terminal as terminal:
        quiz.begin()
        fatal = chance.randrange(1, 5)
        try:
            while quiz.ready():
                quiz.confirm()
                if quiz.confirmed == fatal:
                    terminal.kill_after = chance.choice([1, chance.randrange(1, 8_000)])
                quiz.verdict()
        except Gone:
            pass
        terminal.kill()
    _agree(home, quiz)
    home.check()

    answers = one(home.database, "SELECT count(*) FROM answer")
    with Terminal(home.environment) as again:
        if answers:
            again.wait("This week", "quit")
            again.press("6")
            again.wait("next page")
            again.press("tab")
            again.wait("1 answer on" if answers == 1 else f"{answers} answers on")
        else:
            again.wait("This week", "quit")
        again.press("q")
        assert again.finish() == 0
    assert one(home.database, "SELECT count(*) FROM answer") == answers


@pytest.mark.parametrize("seed", range(max(1, COUNT // 2)))
def test_of_two_apps_on_one_history_the_killed_one_costs_neither_an_answer(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(f"two/{seed}")
    home = Home(tmp_path).with_one_topic()
    first, second = Quiz(home), Quiz(home)
    with first.terminal, second.terminal:
        first.begin()
        second.terminal.wait_until(lambda text: "Read and answer: " in text or "min left" in text)
        second.terminal.press("enter")
        second.terminal.wait("section 1 of")
        second.start()
        fatal = chance.randrange(1, 4)
        alive = True
        while second.ready():
            if alive:
                try:
                    alive = first.ready()
                    first.confirm()
                    if first.confirmed == fatal:
                        first.terminal.kill_after = chance.randrange(1, 6_000)
                except Gone:
                    alive = False
            second.confirm()
            second.verdict()
            if alive:
                try:
                    first.verdict()
                except Gone:
                    alive = False
        first.terminal.kill()
        second.terminal.press("enter")
        second.terminal.wait("section")
        second.terminal.press("q")
        assert second.terminal.finish() == 0
    _agree(home, first)
    _agree(home, second, 1)
    assert len(home.answers(1)) == second.confirmed == len(second.shown)
    total = len(home.answers(0)) + len(home.answers(1))
    assert one(home.database, "SELECT sum(answers) FROM day") == total
    assert one(home.database, "SELECT sum(asked) FROM card") == total
    home.check()
