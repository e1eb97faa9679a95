"""The configurations that learners copy pass the audits that Nexus makes of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.audit.auditing import audit
from nexus_tui.audit.registry import CHECKS
from tests.running import CONTENT

if TYPE_CHECKING:
    from pathlib import Path


def test_the_example_of_containers_fails_nothing_but_what_is_left_to_a_whole_project(
    tmp_path: Path,
) -> None:
    report = audit(CONTENT / "examples/docker-configurations", tmp_path)
    failed = {one.check for one in report.verdicts if one.state == "failed"}
    assert {check for check in failed if CHECKS[check].severity != "low"} == set()
    passed = {one.check for one in report.verdicts if one.state == "passed"}
    assert {"detect-secrets/secret", "hadolint/error", "nexus/env-example"} <= passed
