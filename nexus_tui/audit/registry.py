"""All checks by id, and the auditors that decide them."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from nexus_tui.audit.bench import Auditor, ToolError
from nexus_tui.audit.checks import (
    code_checks,
    form_checks,
    image_checks,
    pipeline_checks,
    stack_checks,
    trace_checks,
)
from nexus_tui.audit.checks.code import READS as CODE
from nexus_tui.audit.checks.yaml_files import CONFIGS
from nexus_tui.audit.exports.jsons import verdict_from_json
from nexus_tui.audit.tools import (
    bandit,
    detect_secrets,
    django,
    django_checks,
    git,
    git_checks,
    hadolint,
    pip_audit,
    ruff,
    ruff_checks,
    yamllint,
)
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    import re

    from nexus_tui.audit.bench import Bench
    from nexus_tui.audit.verdict import Check, Verdict


def _in_a_process(module: str, bench: Bench) -> list[Verdict]:
    """What a family of our own checks says, from a process of its own. Raises ToolError."""
    ended = bench.look(f"nexus_tui.audit.checks.{module}")
    if ended.code != 0:
        raise ToolError(f"the check failed: {clean_line(ended.errors.strip().split(chr(10))[-1])}")
    told = json.loads(ended.printed)
    bench.project.skipped.update(told["skipped"])
    return [verdict_from_json(one) for one in told["verdicts"]]


def _own(
    name: str, checks: tuple[Check, ...], reads: re.Pattern[str], *, looks_for: bool = False
) -> Auditor:
    return Auditor(name, checks, partial(_in_a_process, name), reads, looks_for=looks_for)


_CONFIG_CHECKS = (
    *form_checks.CHECKS,
    *image_checks.CHECKS,
    *stack_checks.CHECKS,
    *pipeline_checks.CHECKS,
)
# What takes longest begins.
AUDITORS = (
    Auditor("Django", django_checks.CHECKS, django.look, django.READS, asks="code"),
    Auditor("bandit", bandit.CHECKS, bandit.look, bandit.READS),
    Auditor("ruff", ruff_checks.CHECKS, ruff.look, ruff.READS),
    Auditor("detect-secrets", detect_secrets.CHECKS, detect_secrets.look, detect_secrets.READS),
    Auditor("pip-audit", pip_audit.CHECKS, pip_audit.look, pip_audit.READS, asks="network"),
    Auditor("git", git_checks.CHECKS, git.look, None),
    _own("code", code_checks.CHECKS, CODE),
    _own("configs", _CONFIG_CHECKS, CONFIGS),
    _own("traces", trace_checks.CHECKS, trace_checks.READS, looks_for=True),
    Auditor("hadolint", hadolint.CHECKS, hadolint.look, hadolint.READS),
    Auditor("yamllint", yamllint.CHECKS, yamllint.look, yamllint.READS),
)
CHECKS = {check.id: check for auditor in AUDITORS for check in auditor.checks}
