"""Checklists: held against projects, ticked with a note, with what audits found of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from textual.widgets import Input

from nexus_tui.audit.auditing import AuditError, Progress
from nexus_tui.audit.verdict import Finding, Report, decided, unknown
from nexus_tui.progress.errors import StoreError
from tests.flows.driving import (
    at,
    click,
    eventually,
    found,
    heading,
    help_said,
    hints,
    press,
    row,
    rows,
    says,
    type_in,
)
from tests.histories import one
from tests.looks import scenes
from tests.running import LARGE, running, shown

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from nexus_tui.audit.verdict import Verdict
    from nexus_tui.progress.projects import Project
    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk
    from tests.histories import Clock

    Week = tuple[Settings, Clock]

LIST = ("4", "j", "enter")
"""To the first checklist, which has HTTPS in production."""


@pytest.fixture
def audited(tmp_path: Path) -> Week:
    return scenes.audited(tmp_path)


# ---------------------------------------------------------------- projects


async def test_without_a_project_a_tick_asks_for_one_first(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        assert heading(pilot).startswith("No project yet")
        assert says(pilot, "Name the folder your code is in.")
        await press(pilot, "j", "enter", "space")
        assert says(pilot, "Which folder is your code in?")
        await press(pilot, "enter")
        assert at(pilot) == "folder"
        await type_in(pilot, "shop-api")
        await press(pilot, "enter")
        assert heading(pilot).startswith("shop-api  HTTPS in production")
        await press(pilot, "space")

        assert says(pilot, "Plain HTTP is redirected: how do you know?")


async def test_a_project_is_added_by_its_folder_which_tab_completes(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    folder = tmp_path / "src" / "shop-api"
    folder.mkdir(parents=True)
    (folder / "manage.py").write_text("")
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "4", "enter")
        await type_in(pilot, f"{tmp_path}/s")
        assert says(pilot, "src/")
        await press(pilot, "tab", "tab")
        assert says(pilot, "shop-api/")
        await press(pilot, "enter")

        assert heading(pilot).startswith("shop-api  Python · Django")
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "4", "p")
        assert row(pilot).id == "shop-api"
        assert str(folder) in [part.text for line in row(pilot).lines for part in line.left]


async def test_a_click_on_a_folder_below_the_field_takes_it(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    (tmp_path / "src" / "shop-api").mkdir(parents=True)
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "4", "enter")
        await type_in(pilot, f"{tmp_path}/s")
        await click(pilot, "src/")
        await click(pilot, "shop-api/")
        assert pilot.app.screen.query_one(Input).value == f"{tmp_path}/src/shop-api/"
        await press(pilot, "enter")

        assert heading(pilot).startswith("shop-api")


async def test_where_no_project_is_chosen_only_what_adds_one_is_offered(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p")
        assert "put aside" in [hint.verb for hint in hints(pilot)]
        await press(pilot, "G")
        assert [hint.verb for hint in hints(pilot)] == ["add", "move", "back"]

        assert "Put " not in await help_said(pilot)


async def test_a_folder_that_is_not_there_is_said_and_nothing_is_kept(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "n")
        await type_in(pilot, "/no/such")
        await press(pilot, "enter")

        assert at(pilot) == "projects" and says(pilot, "✗ There is no folder /no/such")
        assert [r.id for r in rows(pilot)._rows] == ["shop-api", ":add"]


async def test_while_a_folder_is_typed_it_is_said_whether_it_is_there(
    week: Week, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    (tmp_path / "src" / "cart-api").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "n")
        await type_in(pilot, "src/ca")
        assert says(pilot, "cart-api/") and not says(pilot, "There is no folder")
        await type_in(pilot, "tr")
        assert says(pilot, "✗ There is no folder src/catr.")
        await press(pilot, *["backspace"] * 8)
        await type_in(pilot, "catr")
        assert says(pilot, "There is no folder catr here: enter keeps a project of that name.")
        await press(pilot, "escape", "n", *"sr", "tab", "tab", "enter")

        assert heading(pilot).startswith("cart-api")


async def test_the_folder_of_a_project_has_to_be_there(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "e", "ctrl+u")
        await type_in(pilot, "catr")

        assert says(pilot, "✗ There is no folder catr.")


async def test_a_second_project_has_its_own_ticks_and_the_one_used_last_comes_first(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "n")
        await type_in(pilot, "second")
        await press(pilot, "enter")
        assert heading(pilot).startswith("second") and says(pilot, "4 unknown")
        await press(pilot, *LIST, "j", "space", "enter", "escape")
        assert says(pilot, "1 of 1 known items hold")
        await press(pilot, "P")
        assert heading(pilot).startswith("shop-api")
        await press(pilot, "enter")
        assert says(pilot, "• by you Plain HTTP is redirected")
        assert says(pilot, "? unknown The switch was rehearsed")
        await press(pilot, "escape", "p")
        assert row(pilot).id == "shop-api"
        await press(pilot, "j", "enter")

        assert heading(pilot).startswith("second")


async def test_the_next_project_goes_round_all_of_them(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "n", "b", "enter")
        await press(pilot, "p", "n", "c", "enter")
        seen = []
        for _ in range(4):
            seen.append(heading(pilot).split()[0])
            await press(pilot, "P")

    assert seen == ["c", "shop-api", "b", "c"]


async def test_that_an_audit_asks_again_is_said(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "x")

        said = [toast.message for toast in pilot.app._notifications]
        assert said == ["The next audit of shop-api asks what it may do."]


async def test_a_project_put_aside_comes_back_with_all_its_ticks(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "d")
        assert says(pilot, "Put shop-api aside?")
        await press(pilot, "y")
        assert says(pilot, "Checklists are held against the code you work on.")
        await press(pilot, "n")
        await type_in(pilot, "shop-api")
        await press(pilot, "enter")

        assert says(pilot, "1 of 1 known items hold")


# ---------------------------------------------------------------- ticking


async def test_a_tick_keeps_its_note_its_day_and_who_and_the_same_key_takes_it_back(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g", "space")
        await type_in(pilot, "saw it in May")
        await press(pilot, "enter")
        assert says(pilot, "• by you The switch was rehearsed")
        assert says(pilot, "26 Nov, learner: saw it in May")
        assert says(pilot, "2 of 2 known items hold, 100 % by weight")
        assert row(pilot).id.endswith("/drill") and hints(pilot)[0].verb == "untick"
        await press(pilot, "space")
        assert hints(pilot)[0].verb == "tick"
        assert says(pilot, "? unknown The switch was rehearsed")
        assert not says(pilot, "saw it in May") and says(pilot, "1 of 1 known items hold")

    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        assert says(pilot, "1 of 1 known items hold")


async def test_a_tick_needs_no_note_and_escape_ticks_nothing(week: Week) -> None:
    settings, clock = week
    before = one(settings.database.path, "SELECT count(*) FROM fact WHERE kind = 'tick'")
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g", "space", "x", "escape")
        assert says(pilot, "? unknown The switch was rehearsed")
        await press(pilot, "space", "enter")

        assert says(pilot, "• by you The switch was rehearsed medium 26 Nov, learner")
    after = one(settings.database.path, "SELECT count(*) FROM fact WHERE kind = 'tick'")
    assert after == before + 1


async def test_what_does_not_apply_takes_a_reason_which_stays_in_sight(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g", "x", "enter")
        assert says(pilot, "why does it not apply?")
        await type_in(pilot, "no server")
        await press(pilot, "enter")
        assert says(pilot, "– left out The switch was rehearsed")
        assert says(pilot, "not applicable, 26 Nov, learner: no server")
        await press(pilot, "x")

        assert says(pilot, "? unknown The switch was rehearsed")


async def test_an_item_that_something_is_said_of_stays_where_it_is_until_the_list_is_opened_anew(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g")
        before = [row.id for row in rows(pilot)._rows]
        await press(pilot, "x")
        await type_in(pilot, "no server")
        await press(pilot, "enter")
        assert [row.id for row in rows(pilot)._rows] == before and row(pilot).id == before[0]
        assert says(pilot, "› – left out The switch was rehearsed")
        await press(pilot, "escape", "enter")

        assert rows(pilot)._rows[-1].id == before[0]


async def test_a_tick_on_what_an_audit_saw_fail_is_in_sight_and_says_what_outweighs_it(
    audited: Week,
) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g")
        assert says(pilot, "› ✗ failed")
        assert says(pilot, "learner: checked with curl · the audit outweighs it")
        await press(pilot, "space")
        assert not says(pilot, "outweighs it")
        await press(pilot, "space")
        assert says(pilot, "It stays failed: what an audit saw outweighs a tick.")
        await type_in(pilot, "looked myself")
        await press(pilot, "enter")

        assert says(pilot, "› ✗ failed") and hints(pilot)[0].verb == "untick"
        assert says(pilot, "You: ticked, 26 Nov, learner: looked myself · the audit outweighs it")


async def test_that_nothing_is_typed_is_not_said_any_longer_once_something_is(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g", "x", "enter")
        assert says(pilot, "Nothing is typed yet.")
        await press(pilot, "n")

        assert not says(pilot, "Nothing is typed yet.")


async def test_of_a_list_it_is_said_how_much_is_unknown_where_there_is_room(audited: Week) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        assert says(pilot, "1 failed · 0 of 1 known hold · 1 unknown")
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "4")
        assert says(pilot, "1 failed · 0 of 1 known hold") and not says(pilot, "· 1 unknown")


async def test_the_page_of_an_item_says_why_how_and_what_was_said_before(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "G", "n")
        await type_in(pilot, "and the app")
        await press(pilot, "enter", "enter")
        assert at(pilot) == "item"
        assert says(pilot, "Without a redirect the first request travels in clear text.")
        assert says(pilot, "SECURE_HSTS_SECONDS = 3600")
        await press(pilot, "G")
        assert says(pilot, "manage.py check --deploy --fail-level WARNING")
        assert says(pilot, "expect: no W004 and no W008")
        assert says(pilot, "26 Nov done, learner: and the app")
        assert says(pilot, "25 Nov done, learner: checked with curl")
        await press(pilot, "escape")

        assert row(pilot).id == "look/https-production/redirect"


async def test_on_a_wide_screen_why_and_how_follow_the_cursor(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, *LIST, "G")
        assert "SECURE_SSL_REDIRECT = True" in shown(pilot)
        await press(pilot, "k")

        assert "SECURE_SSL_REDIRECT" not in shown(pilot)
        assert "Renew it once by hand" in shown(pilot)


async def test_the_lesson_behind_an_item_opens_and_back_returns_to_the_item(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g", "L")
        assert at(pilot) == "topic" and says(pilot, "APIs › RESTful resource design")
        await press(pilot, "escape")

        assert at(pilot) == "checklist" and row(pilot).id.endswith("/drill")


async def test_a_click_on_a_title_beside_the_list_opens_it(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, *LIST, "g")
        await click(pilot, "RESTful resource design")

        assert at(pilot) == "topic" and says(pilot, "APIs › RESTful resource design")


async def test_the_help_names_runs_and_stages_only_where_there_are_some(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "question_mark")
        assert says(pilot, "Write another note")
        assert not says(pilot, "Begin a new run") and not says(pilot, "Earlier runs")
        assert not says(pilot, "The stage that trains it")
        await press(pilot, "escape", "4", "4", "G", "enter", "question_mark")

        assert says(pilot, "R Begin a new run") and not says(pilot, "Earlier runs")


async def test_a_list_that_comes_again_begins_anew_with_each_run_and_keeps_the_earlier(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "G", "enter")
        assert says(pilot, "This list comes again")
        await press(pilot, "R")
        await type_in(pilot, "1.0")
        await press(pilot, "enter", "space", "enter")
        assert says(pilot, "Run 1.0, begun 26 Nov") and says(pilot, "1 of 1 known")
        await press(pilot, "R")
        await type_in(pilot, "1.1")
        await press(pilot, "enter")
        assert says(pilot, "Run 1.1") and says(pilot, "Nothing is known yet · 2 unknown")
        await press(pilot, "o")
        assert says(pilot, "Earlier run: 1.0") and says(pilot, "1 of 1 known items hold")
        await press(pilot, "space")
        assert at(pilot) == "checklist"
        await press(pilot, "o")
        assert says(pilot, "Earlier run: before the first run")
        await press(pilot, "o")

        assert says(pilot, "Run 1.1")


async def test_the_list_of_another_project_is_opened_from_an_earlier_run(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "G", "enter", "R", *"1.0", "enter", "o")
        assert says(pilot, "Earlier run: before the first run")
        await press(pilot, "p", "n", *"second", "enter")
        assert heading(pilot).startswith("second  Regular load tests")
        assert says(pilot, "This list comes again") and hints(pilot)[0].verb == "tick"
        await press(pilot, "p", "j", "enter")

        assert heading(pilot).startswith("shop-api") and says(pilot, "Run 1.0, begun 26 Nov")


async def test_the_last_of_the_earlier_runs_leads_to_the_one_that_goes_on_and_says_so(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "G", "enter", "R", *"1.0", "enter", "R", *"1.1", "enter", "o")
        assert hints(pilot)[0] == ("o", "next earlier run", "o", False)
        await press(pilot, "o")
        assert hints(pilot)[0] == ("o", "current run", "o", False)
        await press(pilot, "o")

        assert says(pilot, "Run 1.1, begun 26 Nov")


async def test_the_head_of_a_list_says_the_audit_of_the_run_that_is_shown(audited: Week) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "G", "enter")
        assert heading(pilot).endswith("audited 26 Nov, 41 s")
        await press(pilot, "R", *"1.0", "enter")
        assert heading(pilot).endswith("not audited in this run")
        await press(pilot, "o")
        assert heading(pilot).endswith("audited 26 Nov, 41 s")
        await press(pilot, "R", *"1.1", "enter", "o")

        assert says(pilot, "Earlier run: 1.0") and heading(pilot).endswith("not audited then")


async def test_in_an_earlier_run_nothing_is_ticked_and_the_help_has_no_key_for_it(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "G", "enter", "R", *"1.0", "enter", "o", "question_mark")
        assert says(pilot, "o Earlier runs, one by one")
        assert not says(pilot, "Tick with a note") and not says(pilot, "Write another note")
        assert not says(pilot, "Not applicable, with a reason")
        await press(pilot, "escape", "space", "n", "x")

        assert at(pilot) == "checklist"


# ---------------------------------------------------------------- findings


async def test_the_second_audit_says_what_is_new_still_there_accepted_and_mended(
    audited: Week,
) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        assert heading(pilot).endswith("audited 26 Nov, 41 s")
        await press(pilot, "f")
        assert says(pilot, "1 new · 1 still there · 1 accepted · 1 mended")
        assert says(pilot, "✗ new shop/settings.py:23 high a literal key")
        assert says(pilot, "✗ still shop/settings.py:12 medium HSTS is not set")
        assert says(pilot, "accepted by learner, 26 Nov: three rows at most, for ever")
        await press(pilot, "w")

        assert says(pilot, "Mend:") and says(pilot, "Read:")


async def test_a_finding_fails_its_item_and_an_accepted_one_does_not(audited: Week) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "f", "j", "s")
        await press(pilot, "enter")
        assert says(pilot, "Why is it left as it is?")
        await type_in(pilot, "in May")
        await press(pilot, "enter")
        assert says(pilot, "accepted by learner, 26 Nov: in May")
        await press(pilot, "escape", "j", "j", "enter")
        assert says(pilot, "✓ passed Plain HTTP is redirected")
        assert says(pilot, "1 finding accepted: in May")
        await press(pilot, "f", "j")
        assert row(pilot).id == "django/W004 1"
        await press(pilot, "s", "escape")

        assert says(pilot, "✗ failed Plain HTTP is redirected")
        assert says(pilot, "shop/settings.py:12 HSTS is not set")


async def test_after_a_finding_is_accepted_the_cursor_is_on_the_next_one(audited: Week) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "f")
        first, second = [r.id for r in rows(pilot)._rows if not r.fixed][:2]
        assert row(pilot).id == first
        await press(pilot, "s")
        await type_in(pilot, "in May")
        await press(pilot, "enter")

        assert row(pilot).id == second
        assert says(pilot, "accepted by learner, 26 Nov: in May")


async def test_enter_opens_the_editor_at_the_line_of_a_finding(
    audited: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, int | None]] = []

    def edit(_: object, path: Path, line: int | None, *, elsewhere: str) -> None:
        opened.append((path.name, line))

    monkeypatch.setattr("nexus_tui.tui.editor.edit", edit)
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "f", "enter")
        assert opened == [("settings.py", 23)]
        await press(pilot, "j", "j")
        before = found(pilot, "› –")
        await press(pilot, "enter")

        assert opened == [("settings.py", 23)]
        [said] = [toast.message for toast in pilot.app._notifications]
        assert said.startswith("There is no shop/views.py in")
        assert found(pilot, "› –") == before, "nothing moves under the pointer"


async def test_a_file_that_is_missed_is_made_by_the_editor(
    audited: Week, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, int | None]] = []

    def edit(_: object, path: Path, line: int | None, *, elsewhere: str) -> None:
        opened.append((path.name, line))

    monkeypatch.setattr("nexus_tui.tui.editor.edit", edit)
    settings, clock = audited
    engine.more = (decided("git/env", [Finding(".env is not ignored", ".gitignore", mark="b")]),)
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        await press(pilot, "f", "j", "enter")

    assert opened == [(".gitignore", None)]


async def test_escape_folds_what_was_unfolded_before_it_leaves(audited: Week) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "f", "w")
        assert says(pilot, "Mend:")
        await press(pilot, "escape")
        assert at(pilot) == "findings" and not says(pilot, "Mend:")
        await press(pilot, "escape")

        assert at(pilot) == "checklists"


async def test_a_finding_offers_the_questions_of_its_topic(
    audited: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    async def start_session(_: object, mode: str, subject: str) -> None:
        asked.append((mode, subject))

    monkeypatch.setattr("nexus_tui.tui.opening.start_session", start_session)
    monkeypatch.setattr("nexus_tui.tui.checking.topic_key", lambda _, topic: f"look/{topic}")
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "f", "r")

    assert asked == [("topic", "look/secrets-config")]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("L", "This content has no lesson on secrets-config."),
        ("r", "This content has no question on secrets-config."),
        ("S", "This content has no stage container-orchestration/environment-config."),
    ],
)
async def test_a_finding_says_what_the_content_has_not(key: str, said: str, audited: Week) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "f", key)

        assert [toast.message for toast in pilot.app._notifications] == [said]


async def test_the_palette_asks_for_a_project_before_findings(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "ctrl+p", *"findings", "enter")

        assert at(pilot) == "folder" and says(pilot, "Which folder is your code in?")


async def test_a_click_on_an_entry_opens_the_findings(audited: Week) -> None:
    settings, clock = audited
    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        await click(pilot, "Findings")

        assert at(pilot) == "findings" and hints(pilot)[0].verb == "edit"


async def test_before_any_audit_the_findings_say_which_key_looks(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "f")

        assert says(pilot, "Nothing was audited yet. a looks at the files")


# ---------------------------------------------------------------- audits


class Engine:
    """Stands for the tools: two verdicts, then what the test lets it do."""

    def __init__(self) -> None:
        self.allowed: list[object] = []
        self.waits = False
        self.more: tuple[Verdict, ...] = ()
        self.error: Exception | None = None
        self.runs = ["manage.py, its settings and its apps are imported."]

    def would_run(self, project: Project) -> list[str]:
        return self.runs

    def run(
        self,
        desk: Desk,
        project: Project,
        tell: Callable[[Verdict, Progress], None],
        stop: threading.Event,
    ) -> Report:
        self.allowed.append(project.allowed)
        if self.error is not None:
            raise self.error
        literal = Finding("SECRET_KEY is a literal", "settings.py", 23, mark="a")
        verdicts = (
            decided("django/W008", [literal]),
            unknown("ruff/E", "ruff is not installed"),
            *self.more,
        )
        for number, verdict in enumerate(verdicts, 1):
            tell(verdict, Progress(number, 3, ("ruff", "bandit")))
        stopped = self.waits and stop.wait(20)
        at = datetime(2026, 11, 26, tzinfo=UTC)
        notes = ("node_modules was left out",)
        return Report("shop-api", at, verdicts, notes, seconds=4.2, stopped=stopped)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    monkeypatch.setattr("nexus_tui.study.auditing.run", engine.run)
    monkeypatch.setattr("nexus_tui.study.auditing.would_run", engine.would_run)
    return engine


async def test_an_audit_asks_once_what_it_may_do_and_says_what_would_run(
    week: Week, engine: Engine
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        assert says(pilot, "What may an audit of this project do? This is asked once.")
        assert says(pilot, "Nothing of the project is executed.")
        assert says(pilot, "manage.py, its settings and its apps are imported.")
        assert engine.allowed == []
        await press(pilot, "j", "enter")
        assert says(pilot, "1 new")
        await press(pilot, "a", "escape")
        assert heading(pilot).endswith("audited 26 Nov, 4 s")

    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        assert says(pilot, "1 still there")
        await press(pilot, "escape")
        await press(pilot, "p", "x", "escape")
        await press(pilot, "a")

        assert says(pilot, "This is asked once.")
    assert engine.allowed == [(True, False)] * 3


async def test_where_no_code_can_be_run_the_question_says_why(week: Week, engine: Engine) -> None:
    settings, clock = week
    engine.runs = []
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")

        assert says(pilot, "executed: there is no manage.py that starts Django.")


async def test_a_line_counts_once_however_many_checks_find_it_wrong(
    week: Week, engine: Engine
) -> None:
    settings, clock = week
    engine.more = (
        decided("ruff/tls", [Finding("verify=False", "views.py", 9, mark="b")]),
        decided("bandit/high", [Finding("verify=False", "views.py", 9, mark="c")]),
    )
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        await press(pilot, "enter")
        assert says(pilot, "2 new")
        await press(pilot, "f")
        assert says(pilot, "New 3 at 2 places")
        await press(pilot, "escape")
        engine.more = (decided("ruff/tls", []), decided("bandit/high", []))
        await press(pilot, "a")

        assert says(pilot, "1 mended · 1 still there")


async def test_only_reading_is_a_choice_that_is_remembered_too(week: Week, engine: Engine) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        await press(pilot, "enter")
        assert says(pilot, "1 new")
        await press(pilot, "a")

    assert engine.allowed == [(False, False)] * 2


async def test_the_result_says_what_failed_and_what_was_not_looked_at_and_why(
    week: Week, engine: Engine
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        await press(pilot, "enter")
        assert says(pilot, "Failed 1") and says(pilot, "? unknown ruff is not installed 1 check")
        assert says(pilot, "– left out node_modules was left out")
        await press(pilot, "f")
        assert at(pilot) == "findings" and says(pilot, "✗ new settings.py:23")
        await press(pilot, "escape", "escape", "g", "j", "j", "enter")

        assert says(pilot, "✗ failed Plain HTTP is redirected")
        assert says(pilot, "settings.py:23 SECRET_KEY is a literal")


async def test_what_is_accepted_does_not_fail_in_an_audit_either_and_both_say_one_figure(
    week: Week, engine: Engine
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *LIST, "g", "space", "enter", "escape", "a", "enter")
        assert says(pilot, "Failed 1") and says(pilot, "1 new · 37 % of what is known holds")
        await press(pilot, "f", "s", *"tests", "enter", "escape")
        assert at(pilot) == "audit" and not says(pilot, "Failed")
        assert says(pilot, "1 accepted · 100 % of what is known holds")
        await press(pilot, "a")
        assert not says(pilot, "Failed") and says(pilot, "1 accepted · 100 %")
        assert says(pilot, "✓ passed") and hints(pilot)[0].keys == "f"
        await press(pilot, "G")
        assert says(pilot, "1 accepted") and hints(pilot)[0].keys == "enter"
        await press(pilot, "escape")

        assert says(pilot, "2 of 2 known items hold, 100 % by weight")


async def test_enter_on_what_failed_leads_to_what_it_found(week: Week, engine: Engine) -> None:
    settings, clock = week
    engine.more = (decided("django/W020", [Finding("ALLOWED_HOSTS is empty", "settings.py", 28)]),)
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        await press(pilot, "enter", "down", "enter")

        assert at(pilot) == "findings" and says(pilot, "› ✗ new settings.py:28")


async def test_what_could_not_be_looked_at_opens_no_finding_and_says_so(
    week: Week, engine: Engine
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a", "enter")
        assert hints(pilot)[0] == ("enter", "findings", "enter", False)
        await click(pilot, "ruff is not installed")

        assert at(pilot) == "audit" and hints(pilot)[0].keys == "f"
        said = [toast.message for toast in pilot.app._notifications]
        assert said == ["Only what found something has findings to open."]


async def test_verdicts_come_one_by_one_and_a_stopped_audit_is_not_kept(
    week: Week, engine: Engine
) -> None:
    engine.waits = True
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        await pilot.press("enter")
        await eventually(pilot, "2 of 3 checks")
        assert says(pilot, "at work: ruff, bandit")
        await eventually(pilot, "ruff is not installed")
        await press(pilot, "c")

        assert says(pilot, "Stopped. Nothing was recorded")
    assert one(settings.database.path, "SELECT count(*) FROM fact WHERE kind = 'audit'") == 0


async def test_an_audit_that_cannot_be_made_or_kept_says_why_and_offers_another(
    week: Week, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.error = AuditError("There is no folder /src/shop-api.")
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")
        await press(pilot, "enter")
        assert says(pilot, "✗ not audited There is no folder /src/shop-api.")
        engine.error = RuntimeError("a tool nobody foresaw")
        await press(pilot, "a")
        assert says(pilot, "✗ not audited The audit broke off: a tool nobody foresaw")
        engine.error = None
        monkeypatch.setattr(
            "nexus_tui.progress.projects.keep_audit", mock.Mock(side_effect=StoreError("Full."))
        )
        await press(pilot, "a")

        assert says(pilot, "✗ not audited The audit was not saved: Full.")


async def test_without_a_project_an_audit_asks_for_one(tmp_path: Path, engine: Engine) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "a")

        assert says(pilot, "Which folder is your code in?")
