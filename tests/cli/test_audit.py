"""`checklist audit` as a command: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.audit.building import write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

CODE = '"""A."""\n\n\ndef f(x):\n    """X."""\n    return eval(x)\n'
ONLY = ("--only", "ruff/code", "--only", "ruff/F", "--only", "django/check")


def test_it_says_what_where_why_and_how_to_mend_it(command: Command, tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"a.py": CODE, "manage.py": "import django\n"})
    done = command("checklist", "audit", str(root), *ONLY)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "high: Input never becomes code: no [ruff/code]"
    assert lines[1].startswith("    a.py:6: ") and "(S307)" in lines[1]
    assert lines[3].startswith("    → `json`") and "Lesson input-validation" in lines[3]
    assert "unknown: django/check: it runs the project's code, which was not allowed" in lines
    assert lines[-1].startswith("shop: 37 % of what is known: passed 1, failed 1, unknown 1, in ")


def test_the_exit_code_follows_the_severity(command: Command, tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"a.py": CODE})
    low = write(tmp_path / "low", {"a.py": "import os\n"})
    assert command("checklist", "audit", str(root), *ONLY, "--fail-on", "high").code == 1
    for least, code in (("high", 0), ("low", 1), ("never", 0)):
        done = command("checklist", "audit", str(low), "--only", "ruff/F401", "--fail-on", least)
        assert done.code == code
    unknown = ("--only", "pip-audit/known-vulnerability", "--fail-on", "high")
    assert command("checklist", "audit", str(low), *unknown).code == 0
    assert command("checklist", "audit", str(low), *unknown, "--strict").code == 1


def test_json_and_a_comparison_with_the_report_before(command: Command, tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"a.py": CODE})
    before = tmp_path / "before.json"
    audit = ("checklist", "audit", str(root), "--only", "ruff/code")
    done = command(*audit, "--format", "json", "--output", str(before))
    assert done.out == f"Written to {before}.\n"
    (root / "a.py").write_text(CODE.replace("eval(x)", "exec(x)"))
    value = command(*audit, "--format", "json", "--before", str(before)).json
    assert [len(found) for found in value["changes"].values()] == [1, 1, 0, 0]
    text = command(*audit, "--before", str(before)).out
    assert "New: 1. Mended: 1. Still there: 0." in text and "    new a.py:6: " in text


def test_sarif_and_markdown(command: Command, tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"a.py": CODE})
    audit = ("checklist", "audit", str(root), "--only", "ruff/code", "--format")
    assert json.loads(command(*audit, "sarif").out)["version"] == "2.1.0"
    assert command(*audit, "markdown").out.startswith("## Audit of `shop`\n")


def test_the_checks_are_listed(command: Command) -> None:
    listed = command("checklist", "checks").out.splitlines()
    results = command("checklist", "checks", "--json").json["results"]
    assert len(listed) == len(results)
    assert "nexus/query-in-loop            medium  No query runs inside a loop" in listed


def test_what_cannot_be_is_a_sentence(command: Command, tmp_path: Path) -> None:
    assert "cannot be audited" in command("checklist", "audit", str(tmp_path / "no")).sentence
    assert (
        command("checklist", "audit", str(tmp_path), "--only", "ruff/x").sentence
        == "There is no check ruff/x."
    )
    (tmp_path / "x.json").write_text("{}")
    given = ("--before", str(tmp_path / "x.json"))
    audit = ("checklist", "audit", str(tmp_path))
    assert "is no report of an audit" in command(*audit, *given).sentence
    assert "NAME=VALUE" in command(*audit, "--env", "-=1").sentence
    assert "is not set here" in command(*audit, "--env", "NO_SUCH_VARIABLE").sentence
