"""`content verify`: run the snippets of a pack and the code that checks its questions."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_tui.cli.busy import saying
from nexus_tui.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.labs.verify.checking import Report
    from nexus_tui.labs.verify.results import Result

_SHOWN = 15
"""Reasons that are shown; --json has all."""


def verify(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="A pack; without it, the one in use.")] = None,
    topic: Annotated[
        list[str] | None, typer.Option(help="Only this topic; may be given more than once.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put what was printed into the output fences.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Run also what did not change.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")
    ] = False,
) -> None:
    """Run every snippet and every check of a question; fail where one does not hold.

    What needs PostgreSQL, Redis or RabbitMQ runs where NEXUS_POSTGRES_URL, NEXUS_REDIS_URL or
    NEXUS_RABBITMQ_URL names one, in databases of its own.
    """
    from nexus_tui.labs.verify.checking import VerifyError, verify
    from nexus_tui.labs.verify.writing import write as write_outputs

    root = path if path is not None else context.obj.content.path
    if not (root / "pack.yaml").is_file():
        raise CommandError(f"{root} is no content pack: it has no pack.yaml.")
    cache = None if no_cache else context.obj.cache.path
    try:
        with saying("Running", "runs") as tell:
            report = verify(root, context.obj.data.path, topics=topic or (), cache=cache, tell=tell)
    except VerifyError as error:
        raise CommandError(str(error)) from error
    written = set[tuple[str, int]]()
    if write:
        try:
            written = write_outputs(root, report.results)
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.") from error
        report = report.mended(written)
    if as_json:
        typer.echo(json.dumps(_as_json(report, written), indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(report, written)))
    raise typer.Exit(1 if report.failed else 0)


def _as_json(report: Report, written: set[tuple[str, int]]) -> dict[str, Any]:
    return {
        **_counts(report),
        "written": len(written),
        "seconds": round(report.seconds, 1),
        "skipped": dict(report.skipped()),
        "norun": [asdict(fence) for fence in report.not_run],
        "problems": [asdict(problem) for problem in report.problems],
        "results": [asdict(result) for result in report.results],
    }


def _counts(report: Report) -> dict[str, int]:
    ran = [result for result in report.results if result.status != "skipped"]
    return {
        "ran": sum(not result.cached for result in ran),
        "from_cache": sum(result.cached for result in ran),
        "passed": sum(result.status == "passed" for result in ran),
        "failed": sum(result.status == "failed" for result in ran) + len(report.problems),
    }


def _lines(report: Report, written: set[tuple[str, int]]) -> Iterator[str]:
    for problem in report.problems:
        yield str(problem)
    for result in report.results:
        if result.status == "failed":
            yield from _failure(result)
    for reason, count in _most(report.skipped()):
        yield f"Skipped {count}: {reason}."
    reasons = Counter(fence.reason for fence in report.not_run)
    if reasons:
        yield f"Not run on purpose: {reasons.total()} fences, for {len(reasons)} reasons:"
        for reason, count in _most(reasons):
            yield f"{count:>5}  {reason}"
    if written:
        yield f"Wrote {len(written)} output fences."
    counts = _counts(report)
    yield (
        f"Ran {counts['ran']} in {report.seconds:.1f} s, took {counts['from_cache']} from the "
        f"cache. Passed: {counts['passed']}. Failed: {counts['failed']}."
    )


def _most(reasons: Counter[str]) -> Iterator[tuple[str, int]]:
    yield from reasons.most_common(_SHOWN)
    rest = len(reasons) - _SHOWN
    if rest > 0:
        yield "other reasons: --json has them all", sum(sorted(reasons.values())[:rest])


def _failure(result: Result) -> Iterator[str]:
    what = f"question `{result.question}`: its `verify` " if result.question else ""
    server = f" (on {result.server})" if result.server else ""
    yield f"{result.path}:{result.line}: {what}{result.why}{server}"
    for line in result.detail.split("\n") if result.detail else ():
        yield f"    {line}"
    yield f"    → {_mend(result)}"


def _mend(result: Result) -> str:
    if result.printed is not None:
        return "mend the code, or take over what it printed with --write"
    if result.question is not None:
        return "mend the code, or the key that it checks"
    return 'mend the code, or say norun="why" where it cannot run here'
