"""Where the screens of checklists lead to: projects, an audit, findings, what teaches an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.text import clean
from nexus_tui.tui import opening
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from nexus_tui.tui.app import NexusApp
    from nexus_tui.tui.place import PlaceScreen


def open_projects(app: NexusApp) -> None:
    """The projects: choose one, add one."""
    from nexus_tui.tui.projects import ProjectsScreen

    if app.desk is not None:
        app.push_screen(ProjectsScreen())


def open_audit(app: NexusApp) -> None:
    """Audit the project in use; without one, choose one first."""
    from nexus_tui.tui.audit import AuditScreen

    if app.desk is None:
        return
    if app.desk.project is None:
        open_projects(app)
    else:
        app.push_screen(AuditScreen(app.desk.project))


def open_findings(app: NexusApp, check: str = "") -> None:
    """What audits found in the project in use, beginning with what `check` found; without a
    project, choose one first."""
    from nexus_tui.tui.findings import FindingsScreen

    if app.desk is None:
        return
    if app.desk.project is None:
        open_projects(app)
    else:
        app.push_screen(FindingsScreen(app.desk.project, check))


def topic_key(screen: PlaceScreen, topic: str) -> str | None:
    """The key of the topic with that id, None where the content has none."""
    rows = screen.desk.catalog.topics() if screen.desk else ()
    return next((row.key for row in rows if row.id == topic), None)


def topic_title(screen: PlaceScreen, topic: str) -> str:
    """Its title, or the id where the content has no such topic."""
    rows = screen.desk.catalog.topics() if screen.desk else ()
    return next((row.title for row in rows if row.id == topic), topic)


def lesson_line(screen: PlaceScreen, topic: str) -> Line:
    """The title of the topic with that id; a click opens its lesson."""
    key = topic_key(screen, topic)
    return line(Part(clean(topic_title(screen, topic))), opens=f"topic:{key}" if key else "")


def read_lesson(screen: PlaceScreen, topic: str) -> None:
    """Open the lesson behind an item or a finding."""
    key = topic_key(screen, topic)
    if key is None:
        _say_none(screen, f"lesson on {topic}")
    else:
        opening.open_topic(screen.nexus, key)


def stage_title(screen: PlaceScreen, stage: str) -> str:
    """Its title, or the id where the content has no such stage."""
    stages = screen.desk.stages if screen.desk else {}
    return stages[stage][1] if stage in stages else stage


def stage_line(screen: PlaceScreen, stage: str) -> Line:
    """The title of the stage; a click opens it."""
    stages = screen.desk.stages if screen.desk else {}
    opens = f"stage:{stages[stage][0]}" if stage in stages else ""
    return line(Part(clean(stage_title(screen, stage))), opens=opens)


async def do_stage(screen: PlaceScreen, stage: str) -> None:
    """Open the stage `<challenge>/<stage>` that trains it."""
    stages = screen.desk.stages if screen.desk else {}
    if stage not in stages:
        _say_none(screen, f"stage {stage}")
    else:
        await opening.open_stage(screen.nexus, stages[stage][0])


async def review_topic(screen: PlaceScreen, topic: str) -> None:
    """Start a session on the questions of a topic."""
    key = topic_key(screen, topic)
    if key is None:
        _say_none(screen, f"question on {topic}")
    else:
        await opening.start_session(screen.nexus, "topic", key)


def _say_none(screen: PlaceScreen, what: str) -> None:
    screen.nexus.notify(f"This content has no {what}.", markup=False)
