"""`content cues`: can the questions be answered by somebody who does not know the subject?"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.cues.report import Group, Report


def cues(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="A pack; without it, the one in use.")] = None,
    out: Annotated[Path | None, typer.Option(help="Keep the report in this file, as JSON.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")
    ] = False,
) -> None:
    """Let blind solvers answer every question; fail where they do better than chance."""
    if find_spec("numpy") is None:
        raise CommandError(
            "The statistics need numpy, one of the development dependencies: `make test` sets "
            "them up."
        )
    from nexus_tui.catalog.cues.report import report
    from nexus_tui.catalog.reader import read_pack

    root = path if path is not None else context.obj.content.path
    content, problems = read_pack(root)
    if content is None:
        raise CommandError(f"The pack cannot be read: {problems[0]}.")
    measured = report(content)
    text = json.dumps(measured.as_json(), indent=2, ensure_ascii=False)
    if out is not None:
        out.write_text(text + "\n")
    typer.echo(text if as_json else "\n".join(_lines(measured)))
    raise typer.Exit(1 if measured.failures else 0)


def _lines(measured: Report) -> Iterator[str]:
    wide = [group for group in measured.groups if group.level != "topic"]
    yield "Advantage over chance, in points of a hundred"
    yield f"{'solver':<20}" + "".join(f"{group.id[:10]:>11}" for group in wide)
    for row in zip(*(group.outcomes for group in wide), strict=True):
        figures = "".join(f"{100 * outcome.advantage:>+11.1f}" for outcome in row)
        yield f"{row[0].solver:<20}{figures}"
    yield f"{'questions':<20}" + "".join(f"{group.items:>11}" for group in wide)
    yield f"{'counts':<20}" + "".join(f"{_gates(group):>11}" for group in wide)
    if measured.together is not None:
        t = measured.together
        yield f"All cues together: {t.accuracy:.1%} right, {t.chance:.1%} by chance, p {t.p:.3f}."
    if measured.areas:
        worst = max(measured.areas, key=lambda area: abs(area.area - 0.5))
        yield (
            f"Of {measured.choices} with several right options, {worst.feature} tells most: "
            f"{worst.area:.2f}, where 0.50 is nothing."
        )
    text, share = measured.commonest
    if measured.short:
        yield f"Of {measured.short} short answers {share:.1%} accept {text!r}, the commonest."
    for key, names in measured.flagged:
        yield f"look at {key}: its key is the choice of {', '.join(names)}"
    yield from (f"FAILS  {failure}" for failure in measured.failures)
    yield "Outside the bar." if measured.failures else "Within the bar."


def _gates(group: Group) -> str:
    return "yes" if group.gates else "too few"
