"""`checklist audit`: look at a project, and say what holds of it."""

from __future__ import annotations

import json
import os
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_tui.cli.busy import saying
from nexus_tui.cli.errors import CommandError
from nexus_tui.cli.report import write_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nexus_tui.audit.auditing import Consent
    from nexus_tui.audit.comparing import Changes
    from nexus_tui.audit.verdict import Check, Report, Verdict

_SHOWN = 8
"""Findings of one check in the text; the other forms have all."""


class Form(StrEnum):
    """How a report is written."""

    text = "text"
    markdown = "markdown"
    json = "json"
    sarif = "sarif"


class FailOn(StrEnum):
    """The least severity of a failed check that fails the command."""

    high = "high"
    medium = "medium"
    low = "low"
    never = "never"


def audit(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The folder of the project.")] = Path(),
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.text,
    output: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="End with 1 where a check this grave fails.")
    ] = FailOn.never,
    strict: Annotated[
        bool, typer.Option("--strict", help="With --fail-on: what could not be looked at fails.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this check; may be given more than once.")
    ] = None,
    before: Annotated[
        Path | None, typer.Option(help="An earlier report in JSON, to say what is new.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the result for this project, as the app does.")
    ] = False,
    run_code: Annotated[
        bool,
        typer.Option("--run-code", help="Let manage.py run, behind the guard rails; do not ask."),
    ] = False,
    network: Annotated[
        bool, typer.Option("--network", help="Ask for known vulnerabilities of what is pinned.")
    ] = False,
    python: Annotated[
        Path | None, typer.Option(help="The project's interpreter; else that of its .venv.")
    ] = None,
    settings_: Annotated[
        str | None, typer.Option("--settings", help="The settings module of production.")
    ] = None,
    env: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE that the settings read; may be repeated.")
    ] = None,
) -> None:
    """Run the tools that are installed, and checks of our own; nothing in PATH is changed.

    What a tool cannot look at is unknown, never passed. Reasons for leaving a finding stand beside
    it (`# nexus: ok CHECK - reason`) or in nexus-audit.toml. Ends with 0, with 1 by --fail-on, or
    with 2 where nothing could be done.
    """
    from nexus_tui.audit.auditing import AuditError, Consent, audit, what_would_run
    from nexus_tui.audit.registry import CHECKS

    unknown = sorted(set(only or ()) - set(CHECKS))
    if unknown:
        raise CommandError(f"There is no check {', '.join(unknown)}.")
    earlier = _read(before) if before is not None else None
    consent = Consent(run_code, network, python, settings_, _variables(env or ()))
    try:
        if not run_code and sys.stdin.isatty() and sys.stderr.isatty():
            consent = _asked(what_would_run(path, consent), consent)
        with saying("Looking", "checks") as tell:
            report = audit(
                path,
                context.obj.cache.path / "audits",
                consent=consent,
                only=only or (),
                tell=lambda _, progress: tell(progress.done, progress.total),
            )
    except AuditError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be used: {error.strerror}.") from error
    if keep:
        _keep(context, path, report)
    write_text(_written(form, report, earlier, CHECKS), output, force=force)
    raise typer.Exit(1 if _fails(report, CHECKS, fail_on, strict=strict) else 0)


def checks(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")
    ] = False,
) -> None:
    """List what an audit looks at, by id."""
    from dataclasses import asdict

    from nexus_tui.audit.registry import CHECKS

    if as_json:
        results = [asdict(check) for check in CHECKS.values()]
        typer.echo(json.dumps({"results": results}, indent=2, ensure_ascii=False))
        return
    for check in CHECKS.values():
        typer.echo(f"{check.id:<30} {check.severity:<7} {check.holds}")


def _keep(context: typer.Context, path: Path, report: Report) -> None:
    """Keep the report for the project in this folder, which is made where there is none."""
    from nexus_tui.cli.errors import desk_of
    from nexus_tui.study import auditing, projects

    with desk_of(context.obj) as desk:
        try:
            project = projects.at_folder(desk, path) or projects.add(desk, path)
        except projects.ProjectError as error:
            raise CommandError(str(error)) from error
        auditing.keep_report(desk, project.name, report)
    typer.echo(f"Kept for {project.name}: nexus-tui checklist findings.", err=True)


def _asked(sentences: Sequence[str], consent: Consent) -> Consent:
    from dataclasses import replace

    if not sentences:
        return consent
    for sentence in sentences:
        typer.echo(sentence, err=True)
    return replace(consent, code=typer.confirm("Run the project's own code?", err=True))


def _variables(given: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise CommandError(f"--env takes NAME=VALUE, not {one!r}.")
        if not equals and name not in os.environ:
            raise CommandError(f"--env {name}: the variable is not set here; give {name}=VALUE.")
        found[name] = value if equals else os.environ[name]
    return found


def _read(path: Path) -> Report:
    from nexus_tui.audit.exports.jsons import from_json

    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, AttributeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{path} is no report of an audit: {why}.") from error


def _written(form: Form, report: Report, earlier: Report | None, checks: dict[str, Check]) -> str:
    from nexus_tui.audit.comparing import compare
    from nexus_tui.audit.exports import jsons, markdown, sarif

    changes = compare(earlier, report) if earlier is not None else None
    if form is Form.markdown:
        return markdown.markdown(report, checks, changes)
    if form is Form.text:
        return "\n".join(_lines(report, checks, changes)) + "\n"
    value: dict[str, Any]
    if form is Form.sarif:
        value = sarif.sarif(report, checks)
    else:
        value = jsons.as_json(report)
        if changes is not None:
            value["changes"] = {
                kind: [{"check": check, "mark": finding.mark} for check, finding in found]
                for kind, found in changes._asdict().items()
            }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _fails(report: Report, checks: dict[str, Check], least: FailOn, *, strict: bool) -> bool:
    from nexus_tui.audit.verdict import WEIGHTS

    if least is FailOn.never:
        return False

    limit = {str(severity): weight for severity, weight in WEIGHTS.items()}[least]

    def counts(verdict: Verdict) -> bool:
        blind = strict and verdict.state == "unknown" and not verdict.absent
        grave = WEIGHTS[checks[verdict.check].severity] >= limit
        return grave and (verdict.state == "failed" or blind)

    return any(counts(verdict) for verdict in report.verdicts)


def _lines(report: Report, checks: dict[str, Check], changes: Changes | None) -> Iterator[str]:
    from nexus_tui.audit.exports.summary import accepted, blind, failed, figure

    new = {finding.mark for _, finding in changes.new} if changes is not None else set()
    for check, verdict in failed(report, checks):
        yield f"{check.severity}: {check.holds}: no [{check.id}]"
        for finding in verdict.open[:_SHOWN]:
            rule = f" ({finding.rule})" if finding.rule else ""
            mark = "new " if finding.mark in new else ""
            yield f"    {mark}{finding.place}: {finding.what}{rule}"
        if len(verdict.open) > _SHOWN:
            yield f"    and {len(verdict.open) - _SHOWN} more: --format json has all"
        yield f"    {check.why}"
        stage = f", challenge {check.stage}" if check.stage else ""
        yield f"    → {check.mend} Lesson {check.topic}{stage}."
    for why, ids in blind(report):
        yield f"unknown: {', '.join(ids)}: {why}"
    for id_, finding in accepted(report):
        yield f"accepted: {finding.place}: {finding.what} [{id_}]: {finding.accepted}"
    yield from report.notes
    if changes is not None:
        unclear = f" Not looked at this time: {len(changes.unclear)}." if changes.unclear else ""
        yield (
            f"New: {len(changes.new)}. Mended: {len(changes.mended)}. "
            f"Still there: {len(changes.still)}.{unclear}"
        )
    yield f"{report.project}: {figure(report, checks)}, in {report.seconds:.1f} s."
