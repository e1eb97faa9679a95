"""The figures of Progress: what each shows, in a sentence and in numbers.

The screen draws them, `t` shows their numbers, `nexus-tui progress` writes them as JSON and CSV:
all from here. What a column means is said in `COLUMNS`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning import calibration, weakness, weeks
from nexus_tui.learning.mastery import Standing
from nexus_tui.study import choosing, figure_words
from nexus_tui.study.overview import done_on_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nexus_tui.learning.weeks import Done
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview, TopicState

    Cell = str | int | float | None
    Row = tuple[Cell, ...]

CERTAINTY = ("sure", "unmarked", "guessed")
LEVELS = ("foundation", "core", "advanced")
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "tracks": {
        "track": "Name of the track",
        "topics": "Its topics",
        "mastered": "Those that are mastered",
        "begun": "Those that are begun and not mastered",
        "due": "Its objectives that are due",
    },
    "levels": {
        "level": "foundation, core or advanced",
        "topics": "Its topics",
        "mastered": "Those that are mastered",
        "begun": "Those that are begun and not mastered",
        "due": "Its objectives that are due",
    },
    "days": {
        "day": "A day of the last twelve months with anything done",
        "answers": "Answers given",
        "right": "Those that were right",
        "minutes": "Minutes of answering, reading and working on stages",
    },
    "months": {
        "month": "A month of the last twelve",
        "answers": "Answers given",
        "right": "Those that were right",
        "days": "Days with anything done",
        "minutes": "Minutes of answering, reading and working on stages",
    },
    "accuracy": {
        "week": "The Monday it begins with",
        "answers": "Answers given",
        "right": "Those that were right",
        "share": "Right answers of all, from 0 to 1; empty without answers",
    },
    "retention": {
        "week": "The Monday it begins with",
        "reviews": "Answers to what had been answered on an earlier day",
        "recalled": "Those that were right",
        "share": "What was still known, from 0 to 1; empty without reviews",
        "desired": "The retention that is wanted, from 0 to 1",
    },
    "time": {
        "week": "The Monday it begins with",
        "minutes": "Minutes of answering, reading and working on stages",
        "days": "Days with anything done",
    },
    "forecast": {
        "day": "One of the next 30 days",
        "reviews": "Reviews on it, if one review is done a day",
        "with_new": "The same, if new objectives are met as well",
    },
    "calibration": {
        "said": "sure, unmarked or guessed",
        "answers": "Answers of which that was said",
        "right": "Those that were right",
        "share": "Right answers of all, from 0 to 1; empty without answers",
    },
    "weakest": {
        "objective": "Its id",
        "text": "The objective",
        "topic": "Title of its topic",
        "asked": "Answers given",
        "right": "Those that were right",
        "lapses": "Misses after the first answer",
        "sure_wrong": "Answers that were sure and wrong",
        "recall": "The chance of a right answer now, from 0 to 1",
        "strength": "What they are ranked by, from 0 to 1",
    },
}
"""Figure → column → what it holds."""
TITLES = {
    "tracks": "Mastery by track",
    "levels": "Mastery by level",
    "days": "The year",
    "months": "The year by month",
    "accuracy": "Right answers, week by week",
    "retention": "Still known at review, week by week",
    "time": "Minutes, week by week",
    "forecast": "The next 30 days",
    "calibration": "Right, by what you said",
    "weakest": "Weakest objectives",
}


_SHARES = {"share", "desired", "recall", "strength"}
_NAMES = {"track", "level", "day", "month", "week", "said", "objective", "text", "topic"}


def type_of(column: str) -> list[str] | str:
    """What the cells of a column are in JSON."""
    if column in _SHARES:
        return ["number", "null"]
    return "string" if column in _NAMES else "integer"


@dataclass(frozen=True)
class Figure:
    """What one plot shows: its sentence and its rows, each in the columns of its name."""

    name: str
    sentence: str
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(COLUMNS[self.name])

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of one column."""
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)


def figures(desk: Desk, view: Overview) -> dict[str, Figure]:
    """Every figure by its name; reads at most a year of days.

    Raises a StoreError where the history cannot be read.
    """
    year = done_on_days(desk.store, weeks.year_begins(view.today))
    known, learning = choosing.forecasts(desk, view)
    by_week = weeks.by_week(year, view.today)
    made = (
        _tracks(view),
        _levels(view),
        _days(view, year),
        _months(view, year),
        _accuracy(by_week),
        _retention(by_week, desk.choices.retention),
        _time(by_week),
        _forecast(view, known, learning, desk.choices.easy_days),
        _calibration(view),
        _weakest(view),
    )
    return {figure.name: figure for figure in made}


def _tracks(view: Overview) -> Figure:
    rows = [_mastered(track.row.title, track.topics) for track in view.tracks]
    return Figure("tracks", figure_words.mastered(view.mastered, len(view.topics)), tuple(rows))


def _levels(view: Overview) -> Figure:
    topics: dict[str, list[TopicState]] = {level: [] for level in LEVELS}
    for topic in view.topics.values():
        topics.setdefault(topic.row.level, []).append(topic)
    rows = [_mastered(level, found) for level, found in topics.items() if found]
    shares = [(str(row[0]), int(row[2] or 0), int(row[1] or 0)) for row in rows]
    return Figure("levels", figure_words.levels(shares), tuple(rows))


def _mastered(name: str, topics: Sequence[TopicState]) -> Row:
    mastered = sum(t.standing is Standing.MASTERED and t.row.has_lesson for t in topics)
    begun = sum(t.begun for t in topics)
    return name, len(topics), mastered, begun, sum(t.due for t in topics)


def _days(view: Overview, year: Sequence[Done]) -> Figure:
    answers = sum(day.answers for day in year)
    sentence = figure_words.year(answers, len(year), view.longest_run)
    rows = ((d.day.isoformat(), d.answers, d.right, d.minutes) for d in year)
    return Figure("days", sentence, tuple(rows))


def _months(view: Overview, year: Sequence[Done]) -> Figure:
    months: dict[str, list[Done]] = {}
    day = weeks.year_begins(view.today)
    while day <= view.today:
        months.setdefault(f"{day:%Y-%m}", [])
        day += timedelta(days=1)
    for done in year:
        months[f"{done.day:%Y-%m}"].append(done)
    sums = {month: weeks.together(view.today, found) for month, found in months.items()}
    minutes = Counter({month: one.minutes for month, one in sums.items()})
    rows = ((m, o.answers, o.right, o.days, o.minutes) for m, o in sums.items())
    return Figure("months", figure_words.busiest(*minutes.most_common(1)[0]), tuple(rows))


def _accuracy(found: Iterable[Done]) -> Figure:
    done = tuple(found)
    rows = ((_week(w), w.answers, w.right, _rounded(w.accuracy)) for w in done)
    return Figure("accuracy", figure_words.accuracy(done), tuple(rows))


def _retention(done: Sequence[Done], desired: float) -> Figure:
    rows = ((_week(w), w.reviews, w.recalled, _rounded(w.retention), desired) for w in done)
    return Figure("retention", figure_words.retention(done, desired), tuple(rows))


def _time(done: Sequence[Done]) -> Figure:
    rows = ((_week(w), w.minutes, w.days) for w in done)
    return Figure("time", figure_words.time(done), tuple(rows))


def _week(week: Done) -> str:
    return week.day.isoformat()


def _forecast(
    view: Overview, known: Sequence[int], learning: Sequence[int], easy_days: Sequence[int]
) -> Figure:
    days = (view.today + timedelta(days=number) for number in range(len(known)))
    rows = zip((day.isoformat() for day in days), known, learning, strict=True)
    sentence = figure_words.forecast(known, learning, view.today, easy_days)
    return Figure("forecast", sentence, tuple(rows))


def _calibration(view: Overview) -> Figure:
    rows = []
    for said in CERTAINTY:
        right, answered = view.certainty.get(said, (0, 0))
        rows.append((said, answered, right, _rounded(right / answered if answered else None)))
    return Figure("calibration", calibration.sentence(view.certainty), tuple(rows))


def _weakest(view: Overview) -> Figure:
    rows = (
        (
            o.key,
            o.text,
            view.topics[o.topic].row.title,
            o.asked,
            o.right,
            o.lapses,
            o.sure_wrong,
            _rounded(o.recall),
            _rounded(o.strength),
        )
        for o in view.weak
    )
    sentence = weakness.RULE if view.weak else "No objective was missed often enough to be weak."
    return Figure("weakest", sentence, tuple(rows))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)
