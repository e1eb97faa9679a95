"""GitHub workflows: which jobs wait for which, and what strangers may do with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nexus_tui.audit.checks.forms import misfit
from nexus_tui.audit.checks.pipeline_checks import CHECKS
from nexus_tui.audit.checks.yaml_files import WORKFLOW, Yaml, read
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided, unknown
from nexus_tui.configs.workflows import WorkflowProblem, ordered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.audit.project import Project

_THEIRS = re.compile(
    r"github\.event\.(pull_request|issue|comment|review|discussion|head_commit|commits|pages)\b"
    r"[\w.*\[\]]*\.(title|body|message|name|email|ref|label|page_name)\b|github\.head_ref"
)
_HEAD = re.compile(r"github\.event\.pull_request\.head|github\.head_ref|refs/pull/")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_COMMIT = re.compile(r"@[0-9a-f]{40}$")
_GITHUBS = ("actions/", "github/")

Found = tuple[str, Finding]


def look(project: Project) -> list[Verdict]:
    """The verdicts of this family."""
    ids = [check.id for check in CHECKS]
    if not project.find(WORKFLOW):
        every = ("schema/workflow", *ids)
        return [absent(check, "there is no GitHub workflow") for check in every]
    files, why = read(project, WORKFLOW)
    found: dict[str, list[Finding]] = {check: [] for check in ids}
    for file in files:
        for check, finding in _file(file):
            found[f"nexus/{check}"].append(finding)
    return [
        misfit("schema/workflow", "github-workflows", files, why),
        *(
            unknown(check, why) if why and not findings else decided(check, findings)
            for check, findings in found.items()
        ),
    ]


def _file(file: Yaml) -> Iterator[Found]:
    jobs = file.value.get("jobs")
    jobs = {n: j for n, j in jobs.items() if isinstance(j, dict)} if isinstance(jobs, dict) else {}
    try:
        ordered({"jobs": jobs})
    except (WorkflowProblem, TypeError) as error:
        yield "workflow-needs", _at(file, str(error), "jobs")
    if "permissions" not in file.value and not all("permissions" in job for job in jobs.values()):
        yield "workflow-permissions", _at(file, "no `permissions`", "jobs")
    events = file.value.get("on", ())
    trusted = "pull_request_target" in events if isinstance(events, list | dict | str) else False
    for name, job in jobs.items():
        yield from _job(file, ("jobs", name), job, target=trusted)


def _job(file: Yaml, at: tuple[str, str], job: dict[str, Any], *, target: bool) -> Iterator[Found]:
    steps = job.get("steps")
    for place, step in enumerate(steps if isinstance(steps, list) else ()):
        if not isinstance(step, dict):
            continue
        here = (*at, "steps", place)
        uses, script = str(step.get("uses", "")), str(step.get("run", ""))
        checkout = uses.startswith("actions/checkout") and _HEAD.search(str(step.get("with", "")))
        if target and (checkout or re.search(r"gh pr checkout|refs/pull/", script)):
            what = f"{at[1]} checks out the pull request under pull_request_target"
            yield "workflow-untrusted", _at(file, what, *here)
        for found in _EXPRESSION.findall(script):
            if _THEIRS.search(found):
                what = f"{at[1]} puts {found.strip()} into a script"
                yield "workflow-injection", _at(file, what, *here, "run")
        theirs = uses and not uses.startswith((*_GITHUBS, "./", "docker://"))
        if theirs and not _COMMIT.search(uses):
            yield "workflow-pinned", _at(file, f"{at[1]} uses {uses}", *here, "uses")


def _at(file: Yaml, what: str, *path: str | int) -> Finding:
    return Finding(what, file.path, file.line(*path))
