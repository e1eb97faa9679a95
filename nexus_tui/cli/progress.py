"""`progress`: where the learner stands, as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_tui.cli.errors import CommandError, desk_of
from nexus_tui.cli.prose import fitted
from nexus_tui.cli.reading import AsJson  # noqa: TC001 - Typer reads it
from nexus_tui.text import counted

if TYPE_CHECKING:
    from nexus_tui.study.figures import Figure
    from nexus_tui.study.overview import Overview


class Table(StrEnum):
    """The figures, each a table."""

    TRACKS = "tracks"
    LEVELS = "levels"
    DAYS = "days"
    MONTHS = "months"
    ACCURACY = "accuracy"
    RETENTION = "retention"
    TIME = "time"
    FORECAST = "forecast"
    CALIBRATION = "calibration"
    WEAKEST = "weakest"


def progress(
    context: typer.Context,
    as_json: AsJson = False,
    as_csv: Annotated[
        Table | None, typer.Option("--csv", help="Print the numbers of one figure as CSV.")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of what --json prints.")
    ] = False,
) -> None:
    """Show mastery by track and level, what is due, and how your learning goes."""
    from nexus_tui.cli.progress_schema import json_schema
    from nexus_tui.study.figures import figures

    if schema:
        typer.echo(json.dumps(json_schema(), indent=2))
        return
    if as_json and as_csv:
        raise CommandError("Say either --json or --csv.")
    with desk_of(context.obj) as desk:
        view = desk.overview()
        found = figures(desk, view)
    if as_json:
        typer.echo(json.dumps(_as_json(view, found), indent=2, ensure_ascii=False))
    elif as_csv:
        typer.echo(_as_csv(found[as_csv]), nl=False)
    else:
        for line in _as_text(view, found):
            typer.echo(fitted(line, under="  "))


def _as_text(view: Overview, found: dict[str, Figure]) -> list[str]:
    share = f", {round(100 * view.right / view.answers)} % right" if view.answers else ""
    answers = counted(view.answers, "answer")
    lines = [
        f"{view.mastered} of {len(view.topics)} topics mastered",
        f"{answers}{share}. {counted(len(view.due), 'objective')} due now. {view.streak.words}",
        "",
    ]
    for name in ("tracks", "levels"):
        for title, topics, mastered, begun, due in found[name].rows:
            figure = f"{mastered} of {topics}"
            more = [f"{begun} begun"] if begun else []
            more += [f"{counted(int(due or 0), 'objective')} due"] if due else []
            lines.append("   ".join([f"{title:<15}{figure:>9} mastered", *more]))
        lines.append("")
    lines += [
        f"{found[name].title}: {found[name].sentence}"
        for name in ("days", "accuracy", "retention", "time", "calibration", "weakest")
    ]
    for _, text, topic, asked, right, *_ in found["weakest"].rows[:3]:
        lines.append(f"  {topic}: {text} (right {right} of {asked})")
    days = found["forecast"].column("reviews")
    return [
        *lines,
        "",
        "Due in the next days: " + " ".join(str(count) for count in view.forecast),
        "Reviews in the next 30 days, one review a day: " + " ".join(map(str, days)),
        found["forecast"].sentence,
    ]


def _as_csv(figure: Figure) -> str:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(figure.columns)
    rows.writerows(figure.rows)
    return written.getvalue()


def _as_json(overview: Overview, found: dict[str, Figure]) -> dict[str, Any]:
    return {
        "today": overview.today.isoformat(),
        "answers": overview.answers,
        "right": overview.right,
        "due": len(overview.due),
        "mastered": overview.mastered,
        "streak": overview.streak.length,
        "streak_missed": overview.streak.missed,
        "streak_paused": overview.streak.paused,
        "longest_run": overview.longest_run,
        "forecast": list(overview.forecast),
        "next_30_days": list(found["forecast"].column("reviews")),
        "week": [
            {"day": d.day.isoformat(), "answers": d.answers, "right": d.right, "minutes": d.minutes}
            for d in overview.week
        ],
        "certainty": {k: {"right": r, "answered": n} for k, (r, n) in overview.certainty.items()},
        "calibration": found["calibration"].sentence,
        "figures": {
            name: {
                "title": figure.title,
                "sentence": figure.sentence,
                "results": [dict(zip(figure.columns, row, strict=True)) for row in figure.rows],
            }
            for name, figure in found.items()
        },
        "results": [
            {
                "topic": state.row.key,
                "title": state.row.title,
                "track": state.row.track,
                "standing": state.standing.value,
                "mastered": state.mastered,
                "due": state.due,
                "asked": state.asked,
                "objectives": [
                    {
                        "objective": o.key,
                        "text": o.text,
                        "state": o.words,
                        "asked": o.asked,
                        "right": o.right,
                        "due": o.due.isoformat() if o.due else None,
                    }
                    for o in state.objectives
                ],
            }
            for state in overview.topics.values()
        ],
    }
