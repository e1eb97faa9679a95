"""The figures of Progress: sentences and numbers of a small history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.learning.rating import Certainty
from nexus_tui.learning.weeks import Done
from nexus_tui.study import figure_words
from nexus_tui.study.figures import COLUMNS, figures
from tests.histories import Clock, answer
from tests.study.school import open_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk

THURSDAY = datetime(2026, 11, 26, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(THURSDAY)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = open_desk(tmp_path, clock)
    yield desk
    desk.close()


def _answer(desk: Desk, number: int, *, right: bool = True, of: str = "explain") -> None:
    key = f"school/sql/{of}"
    certainty = Certainty.UNMARKED if right else Certainty.SURE
    answer(
        desk.store,
        f"{key}-{number}",
        objective=key,
        right=right,
        certainty=certainty,
        milliseconds=120_000,
    )


def test_a_first_day_has_every_figure_with_its_columns_and_a_sentence(desk: Desk) -> None:
    found = figures(desk, desk.overview())
    assert list(found) == list(COLUMNS)
    for figure in found.values():
        assert figure.sentence.endswith(".")
        assert all(len(row) == len(figure.columns) for row in figure.rows)
    assert found["days"].rows == ()
    assert found["levels"].rows == (("core", 4, 0, 0, 0),)
    assert len(found["forecast"].rows) == 30


def test_answers_of_later_days_are_reviews_of_their_week(desk: Desk, clock: Clock) -> None:
    clock.move(days=-8)
    _answer(desk, 0)
    _answer(desk, 0, of="decide")
    clock.move(days=7)
    _answer(desk, 1, right=False)
    clock.move(days=1)
    _answer(desk, 1, of="decide")
    found = figures(desk, desk.overview())
    last, this = "2026-11-16", "2026-11-23"
    assert found["accuracy"].rows[-2:] == ((last, 2, 2, 1.0), (this, 2, 1, 0.5))
    assert found["retention"].rows[-2:] == ((last, 0, 0, None, 0.9), (this, 2, 1, 0.5, 0.9))
    assert found["time"].rows[-2:] == ((last, 4, 1), (this, 4, 2))
    assert found["days"].column("answers") == (2, 1, 1)
    assert found["months"].rows[-1] == ("2026-11", 4, 3, 3, 8)
    assert found["days"].sentence == "4 answers on 3 days, at most 2 days in a row."
    assert found["calibration"].rows[0] == ("sure", 1, 0, 0.0)


def test_the_weakest_come_first_by_what_they_are_ranked_by(desk: Desk, clock: Clock) -> None:
    for number in range(3):
        _answer(desk, number, right=number > 0)
        _answer(desk, number, right=False, of="decide")
        clock.move(days=1)
    found = figures(desk, desk.overview())["weakest"]
    assert found.column("objective") == ("school/sql/decide", "school/sql/explain")
    assert found.column("lapses") == (2, 0)
    decide, explain = found.column("strength")
    assert isinstance(decide, float) and isinstance(explain, float)
    assert decide < explain


# ---------------------------------------------------------------- words

WEEKS = [Done(date(2026, 11, 23) - timedelta(weeks=n)) for n in range(8)][::-1]


def _weeks(**last: int) -> list[Done]:
    return [*WEEKS[:-1], Done(WEEKS[-1].day, **last)]


def test_days_without_any_answer_are_still_days_of_learning() -> None:
    assert figure_words.year(0, 1, 1) == "Nothing answered yet; 1 day of learning."


@pytest.mark.parametrize(
    ("reviews", "recalled", "words"),
    [
        (0, 0, "Nothing was asked on a later day yet; 90 % should then still be known."),
        (4, 4, "100 % of 4 reviews were still known; 90 % is wanted, and 20 reviews will tell."),
        (50, 45, "90 % of 50 reviews were still known: near the 90 % you want."),
        (50, 50, "100 % of 50 reviews were still known, more than the 90 % you want."),
        (50, 30, "60 % of 50 reviews were still known, less than the 90 % you want."),
    ],
)
def test_retention_is_held_against_what_is_wanted(reviews: int, recalled: int, words: str) -> None:
    assert figure_words.retention(_weeks(reviews=reviews, recalled=recalled), 0.9) == words


def test_accuracy_compares_four_weeks_with_the_four_before() -> None:
    old = Done(WEEKS[0].day, answers=10, right=5)
    both = [old, *_weeks(answers=8, right=6)[1:]]
    assert figure_words.accuracy(both) == (
        "75 % right in the last four weeks; 50 % in the four before."
    )
    assert figure_words.accuracy(_weeks(answers=8, right=6)) == "75 % right in the last four weeks."
    assert figure_words.accuracy(WEEKS) == "Nothing was answered in the last four weeks."


def test_time_compares_this_week_with_the_usual_one() -> None:
    weeks = [Done(WEEKS[0].day, minutes=60), Done(WEEKS[1].day, minutes=30), *WEEKS[2:]]
    assert figure_words.time(weeks) == (
        "0 minutes this week; 45 minutes in a usual week with anything done."
    )
