"""All checks by id, and the auditors that decide them."""

from __future__ import annotations

from nexus_tui.audit.checks import (
    code_checks,
    image_checks,
    pipeline_checks,
    stack_checks,
    trace_checks,
)
from nexus_tui.audit.tools import (
    bandit,
    detect_secrets,
    django_checks,
    git_checks,
    hadolint,
    pip_audit,
    ruff_checks,
    schemas,
    yamllint,
)

CHECKS = {
    check.id: check
    for module in (
        code_checks,
        image_checks,
        stack_checks,
        pipeline_checks,
        trace_checks,
        ruff_checks,
        bandit,
        detect_secrets,
        pip_audit,
        hadolint,
        yamllint,
        schemas,
        django_checks,
        git_checks,
    )
    for check in module.CHECKS
}
