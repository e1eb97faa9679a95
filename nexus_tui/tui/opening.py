"""From an entry to the screen it opens; one place knows all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.exams import Wanted
    from nexus_tui.tui.app import NexusApp

TABS = ("lesson", "quiz", "cheatsheet", "troubleshooting", "sources", "notes")
"""The tabs of a topic, by their ids."""


async def open_step(app: NexusApp, step: str) -> None:
    """Open what a `Step.id` names; without a catalog yet, once that is there."""
    kind, _, rest = step.partition(":")
    if kind == "place":
        await app.lead_to(rest)
    elif kind == "tour":
        await open_tour(app)
    elif app.desk is None:
        app.wanted = step
    elif kind in {"topic", "document", "challenge", "checklist", "findings"}:
        await _open_page(app, kind, *rest.partition(":")[::2])
    elif kind == "objective":
        open_objective(app, rest)
    elif kind == "stage":
        await open_stage(app, rest)
    elif kind == "exam":
        await open_exam(app)
    elif kind == "path":
        open_path(app, rest)
    elif kind in {"placement", "due"}:
        (open_due if kind == "due" else open_placement)(app)
    elif kind == "predict":
        await ask_one(app, rest)
    elif kind in {"review", "learn", "resume", "drill"}:
        await start_session(app, kind, rest)


async def open_tour(app: NexusApp) -> None:
    """Show the places one after the other, with a few words."""
    from nexus_tui.tui import tour

    await tour.show(app)


def open_news(app: NexusApp) -> None:
    """List what changed in the content since it was answered."""
    from nexus_tui.tui.news import NewsScreen

    app.push_screen(NewsScreen())


async def _open_page(app: NexusApp, kind: str, key: str, part: str) -> None:
    """Open what is read; `part` is the tab of a topic or the section of a document."""
    from nexus_tui.tui import checking

    if kind == "topic":
        open_topic(app, key, part or "lesson")
    elif kind == "document":
        open_document(app, key, int(part or 0))
    elif kind == "challenge":
        await open_challenge(app, key)
    elif kind == "findings":
        checking.open_findings(app)
    else:
        open_checklist(app, key)


def is_there(desk: Desk, step: str) -> bool:
    """Does the content have what a step of a page names?"""
    kind, _, rest = step.partition(":")
    key, _, part = rest.partition(":")
    catalog = desk.catalog
    known: dict[str, Callable[[], Iterable[str]]] = {
        "topic": lambda: (topic.key for topic in catalog.topics()),
        "document": lambda: (document.key for document in catalog.documents()),
        "challenge": lambda: (challenge.key for challenge in catalog.challenges()),
        "checklist": lambda: ("", *(checklist.key for checklist in catalog.checklists())),
        "findings": lambda: () if desk.project is None else ("",),
    }
    parts = {"topic": TABS, "document": {part} if part.isdecimal() else ()}
    return kind in known and key in known[kind]() and (not part or part in parts.get(kind, ()))


def open_document(app: NexusApp, key: str, section: int = 0) -> None:
    """Open a document of the library above the current screen."""
    from nexus_tui.tui.library import DocumentScreen

    app.push_screen(DocumentScreen(key, section))


def open_checklist(app: NexusApp, key: str) -> None:
    """Open a checklist above the current screen, or with an empty key the items of all."""
    from nexus_tui.tui.checklists import ChecklistScreen

    app.push_screen(ChecklistScreen(key))


def open_paths(app: NexusApp) -> None:
    """List the paths through the topics."""
    from nexus_tui.tui.path import PathsScreen

    app.push_screen(PathsScreen())


def open_path(app: NexusApp, key: str) -> None:
    """Open one path."""
    from nexus_tui.tui.path import PathScreen

    app.push_screen(PathScreen(key))


async def open_exam(app: NexusApp, wanted: Wanted | None = None) -> None:
    """Go on with the exam whose time runs; without one, choose one, or begin the one `wanted`."""
    from nexus_tui.progress.store import StoreError
    from nexus_tui.study import exams
    from nexus_tui.tui.exam import ExamScreen

    running = None
    if app.desk is not None:
        try:
            exams.close_over(app.desk.catalog, app.desk.store)
            running = exams.running(app.desk)
        except StoreError as error:
            app.notify(str(error), severity="error", markup=False)
    await app.push_screen(ExamScreen(wanted))
    if running is not None:
        from nexus_tui.tui.exam_paper import ExamPaperScreen

        await app.push_screen(ExamPaperScreen(running))


def open_placement(app: NexusApp) -> None:
    """Say what a placement is, and what earlier ones concluded."""
    from nexus_tui.tui.placement import PlacementScreen

    app.push_screen(PlacementScreen())


def open_map(app: NexusApp, key: str) -> None:
    """Draw what comes before and after a topic."""
    from nexus_tui.tui.topic_map import MapScreen

    app.push_screen(MapScreen(key))


def open_topic(
    app: NexusApp, key: str, tab: str = "lesson", section: int | str | None = None
) -> None:
    """Open a topic above the current screen, at `section` (a number or a heading) or where it
    was left."""
    from nexus_tui.tui.topic import TopicScreen

    app.push_screen(TopicScreen(key, tab=tab, section=section))


def open_objective(app: NexusApp, key: str, *, asking: bool = False) -> None:
    """Say why an objective is due; `asking`: over its open question, so only say it."""
    from nexus_tui.tui.objective import ObjectiveScreen

    if app.desk is not None:
        app.push_screen(ObjectiveScreen(key, asking=asking))


def open_due(app: NexusApp) -> None:
    """List what is due, and why."""
    from nexus_tui.tui.due import DueScreen

    app.push_screen(DueScreen())


def open_settings(app: NexusApp) -> None:
    """Open the settings of reviewing."""
    from nexus_tui.tui.settings import SettingsScreen

    app.push_screen(SettingsScreen())


async def open_challenge(app: NexusApp, key: str) -> None:
    """Open a challenge; `first` is the one a newcomer meets."""
    from nexus_tui.tui.challenge import ChallengeScreen

    assert app.desk is not None
    challenges = app.desk.catalog.challenges()
    found = [c for c in challenges if c.key == key] or list(challenges[:1])
    if found:
        await app.push_screen(ChallengeScreen(found[0].key))


async def open_stage(app: NexusApp, key: str) -> None:
    """Open a stage to solve it; `first` is the one a newcomer meets. Else its challenge."""
    from nexus_tui.labs.challenges.stage import StageError
    from nexus_tui.study.solving import Solving, ladder
    from nexus_tui.study.stages import first_stage
    from nexus_tui.tui.stage import StageScreen

    assert app.desk is not None
    if key == "first" and (first := first_stage(app.desk)) is not None:
        key = first.key
    challenge = key.rpartition("/")[0]
    try:
        mine = [
            view
            for found in app.desk.catalog.challenges()
            if found.key == challenge
            for view in ladder(app.desk, found)
        ]
    except StageError as error:
        app.notify(str(error), severity="error", markup=False)
        return
    stage = next((view for view in mine if view.key == key and view.files is not None), None)
    if stage is None:
        await open_challenge(app, challenge)
        return
    await app.push_screen(StageScreen(Solving(app.desk, stage, app.settings), mine))


async def ask_one(app: NexusApp, question: str) -> None:
    """Ask one question, which is then reviewed as any other."""
    from nexus_tui.tui.question import QuestionScreen

    assert app.desk is not None
    await app.push_screen(QuestionScreen(app.desk.ask(question)))


async def start_session(app: NexusApp, mode: str, subject: str = "") -> None:
    """Plan a session and open its first question, if there is anything to ask."""
    from nexus_tui.tui.question import QuestionScreen

    assert app.desk is not None
    desk = app.desk
    sitting = desk.open_session(subject) if mode == "resume" else desk.start(mode, subject)
    if sitting is None or sitting.session.current is None:
        app.notify(_nothing(app, mode), markup=False)
        return
    await app.push_screen(QuestionScreen(sitting))


def open_learners(app: NexusApp) -> None:
    """Who learns here, above the current screen."""
    from nexus_tui.tui.learners import LearnersScreen

    app.push_screen(LearnersScreen())


def undo_last(app: NexusApp) -> None:
    """Take back the answer given last on this device, also after a restart."""
    from nexus_tui.progress.store import StoreError

    assert app.desk is not None
    try:
        question = app.desk.store.undo().result()
    except StoreError as error:
        app.notify(f"Nothing was taken back. {error}", markup=False, severity="error")
        return
    if question is None:
        app.notify("There is no answer to take back.", markup=False)
        return
    row = next((r for r in app.desk.catalog.topics() if question.startswith(f"{r.key}/")), None)
    where = f" on {row.title}" if row else ""
    app.notify(f"Your last answer{where} was taken back.", markup=False)
    app.reread()


def _nothing(app: NexusApp, mode: str) -> str:
    """Why a session cannot begin."""
    view, desk = app.overview, app.desk
    if mode == "learn" and desk and view and view.new and not desk.new_left(view):
        limit = desk.choices.new_limit
        return f"You met {view.met_today} new objectives today; your limit is {limit} (settings)."
    return "There is no question to ask here yet."
