"""Each rule flips: silent where it is kept, and heard where it is just broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.rules.registry import ALL, NEVER_WAIVED
from tests.catalog.rules import fixtures, text_fixtures
from tests.catalog.rules.sound import Pack, problems

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.problems import Problem
    from tests.catalog.rules.fixtures import Case

CASES = [
    *(*fixtures.OPTIONS, *fixtures.WORDING, *fixtures.STEMS, *fixtures.EXPLANATIONS),
    *(*fixtures.BANKS, *text_fixtures.TOPICS, *text_fixtures.LESSONS, *text_fixtures.LINKS),
]
SEVERITY = {rule.id: rule.severity for rule in ALL}


def test_the_sound_pack_keeps_all_rules(tmp_path: Path) -> None:
    assert problems(tmp_path, Pack()) == []


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}: {case.says}" for case in CASES])
def test_a_rule_flips(case: Case, tmp_path: Path) -> None:
    kept = problems(tmp_path / "kept", case.keeps)
    broken = problems(tmp_path / "broken", case.breaks)

    def of_rule(found: list[Problem]) -> list[Problem]:
        reading = case.rule in NEVER_WAIVED
        return [p for p in found if p.rule == case.rule or (reading and p.rule == "structure")]

    assert [str(problem) for problem in of_rule(kept)] == []
    found = of_rule(broken)
    assert found, [str(problem) for problem in broken]
    assert case.says in str(found[0])
    assert found[0].severity == (case.severity or SEVERITY.get(case.rule, "error"))


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == {*SEVERITY, *NEVER_WAIVED}
