"""The table of rules: what code, docstrings and CONTRIBUTING say of each is the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nexus_tui.catalog.rules.registry import ALL, NEVER_WAIVED, QUESTION_RULES

CONTRIBUTING = (Path(__file__).parents[3] / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([LTW]\d\d) \| (.+) \|$", CONTRIBUTING, re.MULTILINE))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: f"{rule.id} {rule.check.__name__}")
def test_a_docstring_names_rule_and_severity(rule: object) -> None:
    head = f"{rule.id}, {rule.severity}: "  # type: ignore[attr-defined]
    assert (rule.check.__doc__ or "").startswith(head)  # type: ignore[attr-defined]


def test_contributing_lists_every_rule_with_its_severity() -> None:
    severities = {rule.id: rule.severity for rule in ALL}
    assert set(ROWS) == {*severities, *NEVER_WAIVED, "W01", "W02"}
    for rule, severity in severities.items():
        assert ROWS[rule].split(" | ")[-1].strip().startswith(severity), rule


def test_assessment_is_covered_from_l01_to_l34() -> None:
    assert {f"L{n:02}" for n in range(1, 35)} == {
        *(rule.id for rule in ALL if rule.id[0] == "L"),
        *NEVER_WAIVED,
    }


def test_ids_of_question_rules_stand_once() -> None:
    assert len({rule.id for rule in QUESTION_RULES}) == len(QUESTION_RULES)
