"""A report of progress for a mentor, as Markdown; and the questions reported as wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from nexus_tui.catalog.revision import revision
from nexus_tui.learning import calibration
from nexus_tui.learning.mastery import Standing
from nexus_tui.progress.learners import learners
from nexus_tui.progress.reports import Reported, reported
from nexus_tui.text import clean, clean_line, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.overview import Overview

    _Say = Callable[[ObjectiveState], str]

WEEKS = 12
_LISTED = 30
"""Objectives of one kind that are listed at most."""
_MEANING = (
    "An objective is mastered when it was right on three days, the last a week after the first, "
    "on two different questions. It fades to due when it is about to be forgotten."
)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True)
class ReportedQuestion:
    """A report, and the question as it is today; `stem` is None where it is gone."""

    report: Reported
    stem: str | None
    changed: bool
    """Was the question changed, or taken out, since it was reported?"""


def reported_questions(desk: Desk) -> list[ReportedQuestion]:
    """Every question that was reported as wrong, in the order in which that happened."""
    known = desk.catalog.question_keys()
    found = []
    for report in reported(desk.store):
        if report.question not in known:
            found.append(ReportedQuestion(report, None, changed=True))
            continue
        question = desk.catalog.question(report.question)
        changed = bool(report.revision) and revision(question) != report.revision
        found.append(ReportedQuestion(report, clean(question.stem).strip(), changed))
    return found


def report(desk: Desk) -> str:
    """The whole report. Raises a StoreError where the history cannot be read."""
    view = desk.overview()
    name = next(who.name for who in learners(desk.store) if who.in_use)
    share = f", {round(100 * view.right / view.answers)} % right" if view.answers else ""
    figures = (
        f"As of {view.today.isoformat()}. {counted(view.answers, 'answer')}{share}; "
        f"{view.mastered} of {len(view.topics)} topics mastered; {len(view.due)} objectives due."
    )
    parts = [
        f"# Progress of {_plain(name)}",
        figures,
        _MEANING,
        _tracks(view),
        *_objectives(view),
        _weeks(desk, view.today),
        _calibration(view),
        reported_section(reported_questions(desk)),
    ]
    return "\n\n".join(parts) + "\n"


def _tracks(view: Overview) -> str:
    rows = []
    for track in view.tracks:
        states = [o for topic in track.topics for o in topic.objectives]
        mastered = sum(o.standing is Standing.MASTERED for o in states)
        asked = sum(o.asked > 0 for o in states)
        topics = f"{track.mastered} of {len(track.topics)}"
        figures = (topics, f"{mastered} of {len(states)}", str(asked), str(track.due))
        rows.append((_plain(track.row.title), *figures))
    names = ("Track", "Topics mastered", "Objectives mastered", "asked", "due")
    return "## Mastery by track\n\n" + _table(names, rows)


def _objectives(view: Overview) -> list[str]:
    states = view.objectives
    titles = {key: topic.row.title for key, topic in view.topics.items()}

    def line(o: ObjectiveState, more: str = "") -> str:
        return f"- {_plain(titles[o.topic])}: {_plain(o.text)}{more}"

    def section(title: str, none: str, chosen: Sequence[ObjectiveState], say: _Say) -> str:
        lines = [line(o, say(o)) for o in chosen[:_LISTED]]
        if len(chosen) > _LISTED:
            lines.append(f"- and {len(chosen) - _LISTED} more")
        return f"## {title}\n\n" + ("\n".join(lines) if lines else none)

    mastered = [o for o in states if o.standing is Standing.MASTERED]
    return [
        section("Mastered", "None yet.", mastered, _silent),
        section("Due", "Nothing is due.", view.due, _silent),
        section(
            "Weak",
            "No objective was missed often enough to be weak.",
            view.weak,
            lambda o: f" ({o.record})",
        ),
    ]


def _silent(_: ObjectiveState) -> str:
    return ""


def _weeks(desk: Desk, today: date) -> str:
    """The last twelve weeks, the newest first; weeks begin on Monday."""
    this = today - timedelta(days=today.weekday())
    first = this - timedelta(weeks=WEEKS - 1)
    days = desk.store.days(first)
    rows = []
    for number in range(WEEKS):
        monday = this - timedelta(weeks=number)
        found = [d for d in days if timedelta() <= d.day - monday < timedelta(days=7)]
        answers, right = sum(d.answers for d in found), sum(d.right for d in found)
        rows.append(
            (
                monday.isoformat(),
                str(answers),
                f"{round(100 * right / answers)} %" if answers else "",
                str(round(sum(d.milliseconds for d in found) / 60_000)),
                str(sum(bool(d.answers) for d in found)),
            )
        )
    names = ("Week of", "Answers", "Right", "Minutes of answering", "Days")
    return f"## The last {WEEKS} weeks\n\n" + _table(names, rows)


def _calibration(view: Overview) -> str:
    rows = []
    for name in ("sure", "unmarked", "guessed"):
        right, asked = view.certainty.get(name, (0, 0))
        share = f"{round(100 * right / asked)} %" if asked else ""
        rows.append((name, str(asked), str(right), share))
    table = _table(("Said before the answer", "Answers", "Right", "Share"), rows)
    return f"## Calibration\n\n{table}\n\n{_plain(calibration.sentence(view.certainty))}"


def reported_section(found: Iterable[ReportedQuestion]) -> str:
    """The questions reported as wrong, as a section of Markdown."""
    lines = []
    for one in found:
        said = clean_line(one.report.text)
        words = f": {_plain(said)}" if said else ""
        state = " (changed since)" if one.stem and one.changed else ""
        state = " (no longer in the content)" if one.stem is None else state
        lines.append(
            f"- `{one.report.question}`, revision {one.report.revision or 'unknown'}, "
            f"{one.report.day.isoformat()}{state}{words}"
        )
    text = "\n".join(lines) if lines else "No question was reported as wrong."
    return f"## Questions reported as wrong\n\n{text}"


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [names, ["---", *("---:" for _ in names[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", clean_line(text))
