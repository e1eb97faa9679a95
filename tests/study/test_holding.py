"""What holds of a project: audits and ticks together, item by item."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from nexus_tui.audit.verdict import Finding, Report, Verdict, decided, unknown
from nexus_tui.progress import projects
from nexus_tui.study import holding
from nexus_tui.study.auditing import keep_report, new_place_of, place_of
from nexus_tui.study.desk import Desk
from tests import builders
from tests.histories import Clock
from tests.running import settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.progress.payloads import TickStatus
    from nexus_tui.study.holding import ItemState, ListState

SECRET, HSTS = "detect-secrets/secret", "django/W004"
LITERAL = Finding("SECRET_KEY is a literal", "settings.py", 23, mark="a1")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    item = {"audit": [SECRET, HSTS], "auto": "full", "severity": "high"}
    pack = builders.make_pack(
        tmp_path / "pack",
        {
            "checklists/audited.yaml": builders.checklist_file("audited", item=item),
            "checklists/seen.yaml": builders.checklist_file("seen"),
            "checklists/release.yaml": builders.checklist_file(
                "release", recurring=True, item=item
            ),
        },
    )
    desk = Desk.open(settings_for(tmp_path, pack), Clock())
    projects.keep(desk.store, "shop").result()
    yield desk
    desk.close()


def _audit(desk: Desk, *verdicts: Verdict, stopped: bool = False) -> object:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    report = Report("shop", at, verdicts, ("venv left out",), seconds=2.04, stopped=stopped)
    return keep_report(desk, "shop", report)


def _item(desk: Desk, name: str = "audited") -> ItemState:
    lists = holding.state(desk).lists
    return next(i for each in lists if each.view.model.id == name for i in each.items)


def _list(desk: Desk) -> ListState:
    return next(each for each in holding.state(desk).lists if each.view.model.id == "release")


def _tick(desk: Desk, name: str, status: TickStatus, note: str = "") -> None:
    projects.tick(desk.store, "shop", _item(desk, name).key, status, note).result()


def test_what_nobody_looked_at_is_unknown_and_says_so(desk: Desk) -> None:
    assert (_item(desk).status, _item(desk).evidence) == ("unknown", "not audited yet")
    assert _item(desk, "seen").evidence == "no audit sees it: tick what you saw"
    state = holding.state(desk)
    assert (state.holding.known, state.holding.unknown) == (0, 3)
    assert state.holding.score.percent is None


def test_an_item_fails_where_one_of_its_checks_does_and_says_where(desk: Desk) -> None:
    more = Finding("TOKEN is a literal", "a.py", 2, mark="b2")
    _audit(desk, decided(SECRET, [LITERAL, more]), decided(HSTS, []))
    assert _item(desk).status == "failed"
    assert _item(desk).evidence == "a.py:2 TOKEN is a literal, and 1 more"


def test_what_a_tool_could_not_look_at_is_never_green(desk: Desk) -> None:
    _audit(desk, unknown(SECRET, "detect-secrets is not installed"), decided(HSTS, []))
    assert (_item(desk).status, _item(desk).evidence) == (
        "unknown",
        "detect-secrets is not installed",
    )
    _tick(desk, "audited", "done", "looked through it")
    assert (_item(desk).status, _item(desk).evidence) == (
        "by you",
        "2 Mar, learner: looked through it",
    )


def test_a_note_without_a_tick_stays_in_sight(desk: Desk) -> None:
    _tick(desk, "audited", "open", "ask Ben")
    assert _item(desk).status == "unknown"
    assert _item(desk).evidence == "not audited yet · 2 Mar, learner: ask Ben"


def test_an_audit_that_sees_it_fail_has_the_last_word(desk: Desk) -> None:
    _tick(desk, "audited", "done", "I am sure")
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))

    item = _item(desk)
    assert item.status == "failed" and item.tick is not None and item.tick.done


def test_a_suppressed_finding_lets_it_pass_with_its_reason_in_sight(desk: Desk) -> None:
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))
    key = _item(desk).findings[0].found.key
    projects.suppress(desk.store, "shop", key, "a key of the tests").result()
    item = _item(desk)
    assert (item.status, item.evidence) == ("passed", "1 finding accepted: a key of the tests")
    assert holding.state(desk).open_findings == 0
    projects.suppress(desk.store, "shop", key, "").result()

    assert _item(desk).status == "failed" and holding.state(desk).open_findings == 1


def test_what_does_not_apply_is_not_counted(desk: Desk) -> None:
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))
    assert holding.state(desk).holding.failed == 2
    _tick(desk, "audited", "not applicable", "a library")
    _tick(desk, "release", "not applicable", "a library")
    _tick(desk, "seen", "done")

    state = holding.state(desk)
    assert (state.holding.held, state.holding.known, state.holding.unknown) == (1, 1, 0)


def test_the_score_weighs_what_is_known(desk: Desk) -> None:
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))
    _tick(desk, "seen", "done")

    score = holding.state(desk).holding.score
    assert (score.passed, score.known, score.percent) == (1, 11, 9)


def test_a_new_run_counts_no_audit_and_no_tick_from_before(desk: Desk) -> None:
    _audit(desk, decided(SECRET, []), decided(HSTS, []))
    assert _item(desk, "release").status == "passed"
    key = next(v.key for v in desk.checklists if v.model.id == "release")
    first = projects.begin_run(desk.store, "shop", key, "1.0").result()
    assert _item(desk, "release").status == "unknown" and _item(desk).status == "passed"
    _tick(desk, "release", "done", "for 1.0")
    projects.begin_run(desk.store, "shop", key, "1.1").result()
    assert _item(desk, "release").status == "unknown"
    _audit(desk, decided(SECRET, []), decided(HSTS, []))
    assert _item(desk, "release").status == "passed"

    view = next(v for v in desk.checklists if v.model.id == "release")
    earlier = holding.of_run(desk, "shop", view, first)
    assert earlier.run is not None and earlier.run.name == "1.0"
    assert earlier.items[0].evidence.endswith("for 1.0")


def test_what_an_audit_came_to_belongs_to_the_run_that_went_on_then(desk: Desk) -> None:
    view = next(v for v in desk.checklists if v.model.id == "release")
    assert _list(desk).audits == ()
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))
    first = projects.begin_run(desk.store, "shop", view.key, "1.0").result()
    assert _item(desk, "release").evidence == "not audited since run 1.0 began"
    assert _list(desk).audits == () and len(holding.state(desk).audits) == 1
    _audit(desk, decided(SECRET, []), decided(HSTS, []))
    _audit(desk, unknown(SECRET, "not installed"), decided(HSTS, [Finding("no HSTS", mark="c")]))
    projects.begin_run(desk.store, "shop", view.key, "1.1").result()
    second = projects.begin_run(desk.store, "shop", view.key, "1.2").result()

    before = holding.of_run(desk, "shop", view, "")
    assert before.items[0].status == "failed" and len(before.audits) == 1
    assert before.items[0].evidence == "settings.py:23 SECRET_KEY is a literal"
    in_it = holding.of_run(desk, "shop", view, first)
    assert (in_it.items[0].evidence, len(in_it.audits)) == ("no HSTS", 2)
    blind = holding.of_run(desk, "shop", view, _list(desk).runs[1].fact)
    assert (blind.items[0].evidence, blind.audits) == ("not audited then", ())
    assert _list(desk).run == holding.of_run(desk, "shop", view, second).run


def test_what_is_accepted_later_does_not_change_an_earlier_run(desk: Desk) -> None:
    view = next(v for v in desk.checklists if v.model.id == "release")
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, [Finding("no HSTS", mark="c")]))
    literal, hsts = (f"{SECRET} {LITERAL.mark}", f"{HSTS} c")
    projects.suppress(desk.store, "shop", literal, "for tests").result()
    projects.begin_run(desk.store, "shop", view.key, "1.0").result()
    projects.suppress(desk.store, "shop", hsts, "no domain yet").result()
    before = holding.of_run(desk, "shop", view, "").items[0]
    assert (before.status, before.evidence) == ("failed", "no HSTS")
    projects.begin_run(desk.store, "shop", view.key, "1.1").result()
    projects.suppress(desk.store, "shop", literal, "").result()

    assert holding.of_run(desk, "shop", view, "").items[0].evidence == "no HSTS"


def test_keeping_a_report_says_what_became_of_the_findings(desk: Desk) -> None:
    old = Finding("TOKEN is a literal", "a.py", 2, mark="b2")
    _audit(desk, decided(SECRET, [LITERAL, old]), decided(HSTS, []))
    kept = _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, [Finding("no HSTS", mark="c")]))

    assert [f.found.what for f in kept.new] == ["no HSTS"]  # type: ignore[attr-defined]
    assert [f.found.what for f in kept.still] == ["SECRET_KEY is a literal"]  # type: ignore[attr-defined]
    assert [f.found.what for f in kept.mended] == ["TOKEN is a literal"]  # type: ignore[attr-defined]
    [last, first] = projects.audits(desk.store, "shop")
    assert (last.seconds, last.passed, last.known, last.notes) == (2.0, 0, 10, ("venv left out",))
    assert first.new == 2


def test_an_audit_is_kept_with_the_figure_that_the_checklists_say(desk: Desk) -> None:
    _tick(desk, "seen", "done")
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))
    projects.suppress(desk.store, "shop", f"{SECRET} {LITERAL.mark}", "for tests").result()
    projects.begin_run(desk.store, "shop", _list(desk).view.key, "1.0").result()
    kept = _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))

    [last, first] = projects.audits(desk.store, "shop")
    assert (first.passed, first.known) == (1, 11)
    assert kept.score == holding.state(desk).holding.score == (11, 11, 0)  # type: ignore[attr-defined]
    assert (last.passed, last.known) == (11, 11)


def test_a_stopped_audit_is_not_kept(desk: Desk) -> None:
    assert _audit(desk, unknown(SECRET, "stopped"), stopped=True) is None
    assert projects.audits(desk.store, "shop") == []


def test_the_history_of_an_item_joins_ticks_and_what_audits_came_to(desk: Desk) -> None:
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))
    _audit(desk, decided(SECRET, [LITERAL]), decided(HSTS, []))
    _tick(desk, "audited", "done", "mended it")
    _audit(desk, decided(SECRET, []), decided(HSTS, []))

    said = holding.item_history(desk, "shop", _item(desk))
    assert [(s.status, s.who) for s in said] == [
        ("passed", ""),
        ("done", "learner"),
        ("failed", ""),
    ]


def test_a_finding_leads_to_no_file_outside_its_project(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "a.py").write_text("")
    (tmp_path / "secret.txt").write_text("")
    (folder / "link.py").symlink_to(tmp_path / "secret.txt")
    assert place_of(str(folder), "a.py") == folder / "a.py"
    for path in ("../secret.txt", "link.py", "gone.py", "/etc/passwd", ""):
        assert place_of(str(folder), path) is None
    assert place_of("", "a.py") is None


def test_a_file_is_made_only_inside_the_project_and_not_through_links(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "elsewhere").symlink_to(tmp_path)
    (folder / "dangling").symlink_to(tmp_path / "gone")
    assert new_place_of(str(folder), ".gitignore") == folder / ".gitignore"
    for path in ("../a.txt", "elsewhere/a.txt", "dangling", "gone/a.txt", "/etc/a.txt", ""):
        assert new_place_of(str(folder), path) is None
    assert new_place_of("", ".gitignore") is None
