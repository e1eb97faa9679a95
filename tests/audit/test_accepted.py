"""Findings are left only with a reason, and the reason stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.audit.accepted import read, reason
from nexus_tui.audit.verdict import Finding
from tests.audit.building import report, write

if TYPE_CHECKING:
    from pathlib import Path


def said(check: str, rule: str, *lines: str) -> str | None:
    """The reason that is found for a finding in the last of these lines."""
    return reason(check, Finding("x", "a.py", len(lines), rule), lines, ())


@pytest.mark.parametrize(
    ("check", "rule", "lines"),
    [
        ("nexus/query-in-loop", "", ("for x in y:  # nexus: ok query-in-loop - three at most",)),
        ("nexus/query-in-loop", "", ("# nexus: ok nexus/query-in-loop: three at most", "for x:")),
        ("ruff/code", "S602", ("run(x)  # noqa: S602 - three at most",)),
        ("ruff/E", "E501", ("x  # noqa: F401, E501 - three at most",)),
        ("bandit/high", "B602", ("run(x)  # nosec B602 - three at most",)),
        ("bandit/high", "B602", ("run(x)  # noqa: S602 - three at most",)),
        ("hadolint/warning", "DL3008", ("# hadolint ignore=DL3008 - three at most", "RUN x")),
        ("detect-secrets/secret", "", ("x = 'y'  # pragma: allowlist secret - three at most",)),
        ("nexus/mark-safe", "", ("{# nexus: ok mark-safe - three at most #}", "{{ x|safe }}")),
    ],
)
def test_a_reason_is_found_in_the_line_or_in_a_comment_above(
    check: str, rule: str, lines: tuple[str, ...]
) -> None:
    assert said(check, rule, *lines) == "three at most"


@pytest.mark.parametrize(
    ("check", "rule", "lines"),
    [
        ("ruff/code", "S602", ("run(x)  # noqa",)),
        ("ruff/code", "S602", ("run(x)  # noqa: S602",)),
        ("ruff/code", "S602", ("run(x)  # noqa: S602 - ok",)),
        ("ruff/code", "S602", ("run(x)  # noqa: S603 - three at most",)),
        ("bandit/high", "B602", ("run(x)  # nosec",)),
        ("nexus/query-in-loop", "", ("x  # nexus: ok all-fields - three at most",)),
        ("nexus/query-in-loop", "", ("y = 1  # nexus: ok query-in-loop - three at most", "x")),
    ],
)
def test_without_a_reason_or_for_another_rule_nothing_is_accepted(
    check: str, rule: str, lines: tuple[str, ...]
) -> None:
    assert said(check, rule, *lines) is None


def test_a_file_accepts_by_check_and_path() -> None:
    text = (
        '[[accept]]\ncheck = "django/W008"\nreason = "the load balancer redirects"\n'
        '[[accept]]\ncheck = "ruff/E"\npath = "legacy/*"\nreason = "is replaced in June"\n'
    )
    entries, notes = read(text)
    assert notes == []
    here = Finding("x", "legacy/a.py", 1, "E501")
    assert reason("ruff/E", here, ["x"], entries) == "is replaced in June"
    assert reason("ruff/E", Finding("x", "shop/a.py", 1, "E501"), ["x"], entries) is None
    assert reason("django/W008", Finding("x"), [], entries) == "the load balancer redirects"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("[[accept]]\n", "entry 1 names no check"),
        ('[[accept]]\ncheck = "ruff/E"\n', "entry 1 (ruff/E) gives no reason"),
        ('[[accept]]\ncheck = "ruff/E"\nreason = "ok"\n', "entry 1 (ruff/E) gives no reason"),
        ("[[accept\n", "is not read"),
    ],
)
def test_an_entry_that_does_not_count_is_said(text: str, note: str) -> None:
    entries, notes = read(text)
    assert entries == []
    assert note in notes[0]


def test_what_is_accepted_passes_and_stays_in_the_report(tmp_path: Path) -> None:
    code = "def f(x):\n    return eval(x)  # noqa: S307 - x is a constant of ours\n"
    accept = '[[accept]]\ncheck = "ruff/format"\nreason = ""\n'
    root = write(tmp_path / "shop", {"a.py": code, "nexus-audit.toml": accept})
    found = report(root, "ruff/code", "ruff/format")
    [verdict] = [one for one in found.verdicts if one.check == "ruff/code"]
    assert (verdict.state, verdict.open) == ("passed", ())
    assert verdict.findings[0].accepted == "x is a constant of ours"
    assert found.notes == ("nexus-audit.toml: entry 1 (ruff/format) gives no reason.",)


def test_a_finding_about_the_whole_project_is_known_again_when_its_figures_change(
    tmp_path: Path,
) -> None:
    only = ("trace/second-factor", "git/restore-drill")
    marks = []
    for number, files in enumerate(({"a.py": ""}, {"a.py": "", "b.py": ""})):
        found = report(write(tmp_path / str(number), files), *only)
        marks.append([one.mark for verdict in found.verdicts for one in verdict.findings])
    assert marks[0] == marks[1] != []


def test_a_finding_is_known_again_after_lines_have_moved(tmp_path: Path) -> None:
    line = "X = eval('1')\n"
    first = report(write(tmp_path / "a", {"a.py": line}), "ruff/code")
    moved = report(write(tmp_path / "b", {"a.py": f"Y = 1\n\n{line}"}), "ruff/code")
    twice = report(write(tmp_path / "c", {"a.py": line * 2}), "ruff/code")
    marks = [[one.mark for one in found.verdicts[0].findings] for found in (first, moved, twice)]
    assert marks[0] == marks[1] == marks[2][:1]
    assert marks[2][1] != marks[2][0]
