"""Projects: what was said of items, run by run, and what audits found, from facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from nexus_tui.progress import exporting, importing, projects
from nexus_tui.progress.payloads import (
    KINDS,
    AuditPayload,
    CheckedPayload,
    FindingPayload,
    ProjectPayload,
    TickPayload,
)
from tests.histories import Clock, kept, one, opened, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

    from nexus_tui.progress.store import Store

ITEM = "nexus/https/redirect"
CHECK = "detect-secrets/secret"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = opened(tmp_path / "progress.db", clock, learner="anna")
    yield store
    digest = store.digest()
    store.rebuild()
    rebuilt = store.digest()
    store.close()
    assert rebuilt == digest


def _found(mark: str, check: str = CHECK, line: int = 3) -> FindingPayload:
    return FindingPayload(
        check=check, mark=mark, path="settings.py", line=line, what="SECRET_KEY is a literal"
    )


def _audit(
    store: Store,
    *findings: FindingPayload,
    state: Literal["passed", "failed", "unknown"] = "failed",
    reason: str = "",
) -> str:
    checks = (CheckedPayload(check=CHECK, state=state, reason=reason),)
    said = AuditPayload(
        seconds=1.5, checks=checks, findings=findings, passed=3, known=8, unknown=2,
        notes=("pip-audit is missing",),
    )  # fmt: skip
    return projects.keep_audit(store, "shop", said).result()


def _states(store: Store) -> dict[str, str]:
    return {row.found.mark: row.state for row in projects.findings(store, "shop")}


# ---------------------------------------------------------------- projects


def test_a_project_keeps_its_folder_and_stack_when_it_is_chosen_again(store: Store) -> None:
    said = ProjectPayload(folder="/src/shop", stack=("Python", "Django"))
    projects.keep(store, "shop", said).result()
    projects.keep(store, "blog").result()
    projects.keep(store, "shop").result()

    [shop, blog] = projects.projects(store)
    assert (shop.name, shop.folder, shop.stack) == ("shop", "/src/shop", ("Python", "Django"))
    assert (blog.name, blog.folder, blog.stack) == ("blog", "", ())


def test_a_project_put_aside_is_not_listed_until_it_is_chosen_again(store: Store) -> None:
    projects.keep(store, "shop", ProjectPayload(folder="/src/shop")).result()
    projects.keep(store, "shop", ProjectPayload(aside=True)).result()
    assert projects.projects(store) == []
    projects.keep(store, "shop").result()

    assert projects.projects(store)[0].folder == "/src/shop"


def test_what_an_audit_may_do_is_forgotten_with_another_folder(store: Store) -> None:
    projects.keep(store, "shop", ProjectPayload(folder="/src/shop")).result()
    assert projects.projects(store)[0].allowed is None
    projects.keep(store, "shop", ProjectPayload(runs=True, network=False)).result()
    projects.keep(store, "shop").result()
    projects.keep(store, "shop", ProjectPayload(folder="/src/shop")).result()
    assert projects.projects(store)[0].allowed == (True, False)
    projects.keep(store, "shop", ProjectPayload(folder="/elsewhere")).result()

    assert projects.projects(store)[0].allowed is None


def test_what_was_allowed_on_another_device_does_not_hold_here(
    store: Store, tmp_path: Path
) -> None:
    said = ProjectPayload(folder="/src/shop", runs=True, network=True)
    projects.keep(store, "shop", said).result()
    lines = tmp_path / "anna.jsonl"
    lines.write_text("\n".join(exporting.facts(store, store.learner)) + "\n", encoding="utf-8")

    other = opened(tmp_path / "other.db")
    importing.add(other, lines, importing.look(lines))
    [shop] = projects.projects(other)
    other.close()
    assert shop.folder == "/src/shop" and shop.allowed is None


# ---------------------------------------------------------------- ticks and runs


def test_a_tick_says_who_and_when_and_is_taken_back_by_an_open_one(store: Store) -> None:
    projects.tick(store, "shop", ITEM, "done", "curl says 301").result()
    tick = projects.ticks(store, "shop")[ITEM]
    assert (tick.status, tick.note, tick.who) == ("done", "curl says 301", "anna")
    assert tick.day.isoformat() == "2026-03-02"
    projects.tick(store, "shop", ITEM, "open").result()

    assert not projects.ticks(store, "shop")[ITEM].done


def test_what_is_not_applicable_needs_a_reason(store: Store) -> None:
    with pytest.raises(ValidationError, match="needs a reason"):
        projects.tick(store, "shop", ITEM, "not applicable", " ").result()
    projects.tick(store, "shop", ITEM, "not applicable", "a library has no server").result()

    assert projects.ticks(store, "shop")[ITEM].status == "not applicable"


def test_a_new_run_begins_with_nothing_said_and_the_old_one_is_kept(
    store: Store, clock: Clock
) -> None:
    projects.tick(store, "shop", ITEM, "done", "before any release").result()
    first = projects.begin_run(store, "shop", "nexus/https", "1.0").result()
    assert projects.ticks(store, "shop") == {}
    projects.tick(store, "shop", ITEM, "done", "for 1.0").result()
    projects.tick(store, "shop", "nexus/other/i", "done", "comes not again").result()
    clock.move(days=20)
    projects.begin_run(store, "shop", "nexus/https", "1.1").result()

    assert set(projects.ticks(store, "shop")) == {"nexus/other/i"}
    assert projects.ticks(store, "shop", run=first)[ITEM].note == "for 1.0"
    assert projects.ticks(store, "shop", run="")[ITEM].note == "before any release"
    assert [run.name for run in projects.runs(store, "shop")] == ["1.1", "1.0"]
    assert projects.runs(store, "blog") == []


def test_the_history_of_an_item_has_every_word_in_every_run(store: Store, clock: Clock) -> None:
    projects.tick(store, "shop", ITEM, "done", "I looked").result()
    clock.move(days=1)
    projects.begin_run(store, "shop", "nexus/https", "1.0").result()
    projects.tick(store, "shop", ITEM, "not applicable", "no server").result()
    projects.tick(store, "blog", ITEM, "done", "another project").result()

    said = projects.item_history(store, "shop", ITEM)
    assert [(s.status, s.note, s.who, s.run, s.day.day) for s in said] == [
        ("not applicable", "no server", "anna", "1.0", 3),
        ("done", "I looked", "anna", "", 2),
    ]


def test_a_tick_of_format_4_says_what_it_said(tmp_path: Path) -> None:
    said = {"project": "shop", "done": True, "note": "curl says 301"}
    tick = TickPayload.model_validate_json(json.dumps(said))

    assert (tick.status, tick.note, tick.who) == ("done", "curl says 301", "")
    with pytest.raises(ValidationError):
        TickPayload.model_validate({**said, "status": "open"})


# ---------------------------------------------------------------- audits


def test_a_second_audit_says_what_is_new_still_there_and_mended(store: Store) -> None:
    _audit(store, _found("a"), _found("b"))
    assert _states(store) == {"a": "new", "b": "new"}
    _audit(store, _found("b", line=40), _found("c"))
    assert _states(store) == {"a": "mended", "b": "still there", "c": "new"}
    assert {r.found.line for r in projects.findings(store, "shop")} == {3, 40}
    _audit(store, _found("a"))
    assert _states(store) == {"a": "new", "b": "mended", "c": "mended"}

    last = projects.audits(store, "shop")[0]
    assert (last.new, last.mended, last.passed, last.known) == (1, 2, 3, 8)
    assert last.notes == ("pip-audit is missing",)
    said = projects.audits_said(store, "shop")
    assert [[f.mark for f in audit.findings] for _, _, audit in said] == [
        ["a"],
        ["b", "c"],
        ["a", "b"],
    ]


def test_what_an_audit_could_not_decide_is_not_called_mended(store: Store) -> None:
    _audit(store, _found("a"), _found("b", check="ruff/E"))
    _audit(store, state="unknown", reason="detect-secrets is missing")

    assert _states(store) == {"a": "not looked at", "b": "not looked at"}
    verdict = projects.verdicts(store, "shop")[CHECK]
    assert (verdict.state, verdict.reason) == ("unknown", "detect-secrets is missing")


def test_a_suppressed_finding_keeps_its_reason_in_sight(store: Store) -> None:
    _audit(store, _found("a"), _found("b"))
    projects.suppress(store, "shop", _found("a").key, "a test key").result()
    _audit(store, _found("a", line=9), _found("b"))
    reasons = {r.found.mark: r.suppressed and r.suppressed.reason for r in _rows(store)}
    assert reasons == {"a": "a test key", "b": None}
    projects.suppress(store, "shop", _found("a").key, "").result()

    assert all(row.suppressed is None for row in _rows(store))


def _rows(store: Store) -> list[projects.FindingRow]:
    return projects.findings(store, "shop")


def test_projects_are_apart_and_learners_too(store: Store, tmp_path: Path) -> None:
    _audit(store, _found("a"))
    projects.suppress(store, "shop", _found("a").key, "why not").result()
    ben = opened(tmp_path / "progress.db", learner="ben")
    assert projects.findings(ben, "shop") == [] == projects.audits(ben, "shop")
    ben.close()

    assert projects.findings(store, "blog") == [] == projects.audits(store, "blog")
    assert projects.verdicts(store, "blog") == {}


def test_all_of_it_is_exported_and_imported(store: Store, tmp_path: Path) -> None:
    projects.keep(store, "shop", ProjectPayload(folder="/src/shop")).result()
    projects.begin_run(store, "shop", "nexus/https", "1.0").result()
    projects.tick(store, "shop", ITEM, "not applicable", "no server").result()
    _audit(store, _found("a"), _found("b"))
    _audit(store, _found("b"))
    projects.suppress(store, "shop", _found("b").key, "a test key").result()
    assert {"project", "run", "tick", "audit", "suppress"} <= KINDS.keys()
    lines = tmp_path / "anna.jsonl"
    lines.write_text("\n".join(exporting.facts(store, store.learner)) + "\n", encoding="utf-8")

    path = tmp_path / "other.db"
    other = opened(path)
    done = importing.add(other, lines, importing.look(lines))
    other.close()
    assert done.added == one(tmp_path / "progress.db", "SELECT count(*) FROM fact")
    assert kept(path) == kept(tmp_path / "progress.db")
    assert rows(path, "SELECT mended IS NULL FROM finding ORDER BY key") == [(0,), (1,)]
