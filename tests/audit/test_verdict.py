"""What verdicts come to together, the score, and what became of findings."""

from __future__ import annotations

from datetime import UTC, datetime

from nexus_tui.audit.comparing import compare
from nexus_tui.audit.verdict import (
    Finding,
    Report,
    Score,
    Verdict,
    absent,
    decided,
    score,
    together,
    unknown,
)

AT = datetime(2026, 1, 2, tzinfo=UTC)


def found(mark: str, accepted: str | None = None) -> Finding:
    return Finding("wrong", "shop/views.py", 3, mark=mark, accepted=accepted)


def report(*verdicts: Verdict) -> Report:
    return Report("shop", AT, verdicts)


def test_a_check_fails_on_a_finding_and_passes_without() -> None:
    assert decided("a/b", []).state == "passed"
    assert decided("a/b", [found("1")]).state == "failed"


def test_an_accepted_finding_stays_in_sight_and_does_not_fail() -> None:
    verdict = decided("a/b", [found("1", accepted="measured: three rows")])
    assert (verdict.state, len(verdict.findings), verdict.open) == ("passed", 1, ())


def test_one_that_failed_decides_an_item_also_beside_unknown_ones() -> None:
    item = together("item", [unknown("a/b", "not installed"), decided("c/d", [found("1")])])
    assert (item.state, len(item.findings)) == ("failed", 1)


def test_one_that_is_unknown_keeps_an_item_from_passing() -> None:
    item = together("item", [decided("a/b", []), unknown("c/d", "hadolint is not installed")])
    assert (item.state, item.reason) == ("unknown", "hadolint is not installed")


def test_what_a_project_does_not_have_leaves_the_decision_to_the_others() -> None:
    nothing = absent("a/b", "there is no Dockerfile")
    assert together("item", [nothing, decided("c/d", [])]).state == "passed"
    assert together("item", [nothing, unknown("c/d", "why")]).reason == "why"
    alone = together("item", [nothing])
    assert (alone.state, alone.absent, alone.reason) == ("unknown", True, "there is no Dockerfile")


def test_an_item_that_nothing_looks_at_is_unknown() -> None:
    assert report().of([]).state == "unknown"
    assert report().of(["a/b"]).reason == "this audit did not look at it"


def test_the_score_is_weight_passed_of_weight_known_and_unknown_stands_beside() -> None:
    figure = score(
        [("high", "passed"), ("medium", "failed"), ("low", "passed"), ("high", "unknown")]
    )
    assert figure == Score(passed=6, known=9, unknown=5)
    assert figure.percent == 66


def test_where_nothing_is_known_there_is_no_figure() -> None:
    assert score([("high", "unknown")]).percent is None


def test_a_second_audit_tells_new_mended_and_still_there() -> None:
    before = report(decided("a/b", [found("1"), found("2")]))
    after = report(decided("a/b", [found("2"), found("3")]))
    changes = compare(before, after)
    assert [finding.mark for _, finding in changes.new] == ["3"]
    assert [finding.mark for _, finding in changes.mended] == ["1"]
    assert [finding.mark for _, finding in changes.still] == ["2"]
    assert changes.unclear == ()


def test_what_cannot_be_looked_at_any_more_is_not_called_mended() -> None:
    before = report(decided("a/b", [found("1")]))
    for after in (report(unknown("a/b", "ruff is not installed")), report()):
        changes = compare(before, after)
        assert (changes.mended, len(changes.unclear)) == ((), 1)


def test_a_finding_that_was_accepted_since_counts_as_mended() -> None:
    before = report(decided("a/b", [found("1")]))
    changes = compare(before, report(decided("a/b", [found("1", accepted="why")])))
    assert len(changes.mended) == 1
