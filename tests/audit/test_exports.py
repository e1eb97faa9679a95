"""Reports for people and programs; text of the project is never markup in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema_rs
import pytest

from nexus_tui.audit.checks import configs
from nexus_tui.audit.comparing import compare
from nexus_tui.audit.exports.jsons import as_json, from_json
from nexus_tui.audit.exports.markdown import markdown
from nexus_tui.audit.exports.sarif import sarif
from nexus_tui.audit.registry import CHECKS
from nexus_tui.audit.verdict import Finding, Report, Verdict, absent, decided, unknown
from tests.audit.building import look, report, write

OASIS = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text())
# Its pattern for languages is no regular expression; we say no language.
for _name in ("run", "toolComponent"):
    del OASIS["definitions"][_name]["properties"]["language"]["pattern"]
VALIDATOR = jsonschema_rs.validator_for(OASIS)
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SQL = Finding("SQL of strings", "shop/ä [x](y).py", 3, "S608", "0123456789ab")
LEFT = Finding("a shell", "a.py", 4, "S602", "ba9876543210", "the command is a constant")
MARKUP = Finding("<img> @team `x` *y*", "`a`.py", 1, "", "aaaaaaaaaaaa")
REPORT = Report(
    "shop",
    AT,
    (
        decided("ruff/sql", [SQL]),
        decided("ruff/code", [LEFT]),
        decided("nexus/mark-safe", [MARKUP]),
        decided("django/migrations", [Finding("would write 0002", mark="bbbbbbbbbbbb")]),
        decided("ruff/F", []),
        unknown("hadolint/error", "hadolint is not installed"),
        absent("schema/compose", "there is no Compose file"),
    ),
    ("Links that were not followed: 1.",),
    1.25,
)


def test_a_report_is_the_same_after_json() -> None:
    assert from_json(json.loads(json.dumps(as_json(REPORT)))) == REPORT


@pytest.mark.parametrize("value", [{}, {"format": 2}, {"format": 1}, {"format": 1, "verdicts": 3}])
def test_what_is_no_report_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="report"):
        from_json(value)


@pytest.mark.parametrize(
    "found", [REPORT, Report("empty", AT, ()), Report("s", AT, (), stopped=True)]
)
def test_sarif_fits_the_schema_of_oasis(found: Report) -> None:
    value = json.loads(json.dumps(sarif(found, CHECKS)))
    assert [str(error) for error in VALIDATOR.iter_errors(value)] == []


def test_a_real_report_fits_the_schema_too(tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"a b%.py": "import os\n", "Dockerfile": "FROM python\n"})
    value = json.loads(json.dumps(sarif(report(root), CHECKS)))
    assert [str(error) for error in VALIDATOR.iter_errors(value)] == []
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for result in value["runs"][0]["results"]
        for place in result["locations"]
    }
    assert {"a%20b%25.py", "Dockerfile", "."} <= uris


def test_sarif_says_rule_level_place_and_why_one_is_left() -> None:
    [run] = sarif(REPORT, CHECKS)["runs"]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    assert by_rule["ruff/sql"]["level"] == "error"
    assert by_rule["ruff/sql"]["partialFingerprints"] == {"nexus/v1": "0123456789ab"}
    place = by_rule["ruff/sql"]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3}
    assert by_rule["ruff/code"]["suppressions"][0]["justification"] == "the command is a constant"
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert told[0]["message"]["text"] == "hadolint is not installed"
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_markdown_names_the_gravest_first_and_keeps_unknown_and_accepted_in_sight() -> None:
    before = Report("shop", AT, (decided("ruff/sql", [SQL]), decided("ruff/T20", [MARKUP])))
    text = markdown(REPORT, CHECKS, compare(before, REPORT))
    assert "Since the audit before: 2 new, 0 mended, 1 still there, 1 that could not" in text
    assert text.index("`ruff/sql`") < text.index("### Unknown") < text.index("### Accepted")
    assert "- hadolint is not installed: `hadolint/error`" in text
    assert "`ruff/code`: the command is a constant" in text
    assert "there is no Compose file" not in text
    assert "- Links that were not followed: 1." in text


def test_text_of_a_project_is_no_markup_no_mention_and_no_link() -> None:
    text = markdown(REPORT, CHECKS)
    assert "\\<img\\> \\@team \\`x\\` \\*y\\*" in text
    assert "`` `a`.py:1 ``" in text


def test_a_check_that_was_stopped_is_said() -> None:
    assert "stopped before its end" in markdown(Report("s", AT, (), stopped=True), CHECKS)


def test_many_findings_of_one_check_are_cut() -> None:
    many = [Finding(f"n {n}", "a.py", n, mark=str(n)) for n in range(1, 16)]
    text = markdown(Report("s", AT, (Verdict("ruff/E", "failed", tuple(many)),)), CHECKS)
    assert "- and 5 more" in text


def test_the_workflow_in_the_documentation_is_valid_and_passes_our_own_checks(
    tmp_path: Path,
) -> None:
    example = Path(__file__).parents[2] / "docs" / "audit-workflow.yaml"
    root = write(tmp_path, {".github/workflows/audit.yaml": example.read_text()})
    found = look(configs, root)
    flow = {check: one for check, one in found.items() if "workflow" in check}
    assert len(flow) == 6
    for check, one in flow.items():
        assert one.state == "passed", (check, one.findings)
