"""From an entry to the screen it opens; one place knows all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_tui.tui.app import NexusApp


async def open_step(app: NexusApp, step: str) -> None:
    """Open what a `Step.id` names. Without a catalog yet, nothing happens."""
    kind, _, rest = step.partition(":")
    if kind == "place":
        await app.action_go(rest)
    elif app.desk is None:
        return
    elif kind == "topic":
        open_topic(app, rest)
    elif kind == "stage":
        await open_challenge(app, rest)
    elif kind in {"review", "learn", "resume", "drill"}:
        await start_session(app, kind, rest)


def open_topic(app: NexusApp, key: str, tab: str = "lesson", section: int | None = None) -> None:
    """Open a topic above the current screen, at `section` or where it was left."""
    from nexus_tui.tui.topic import TopicScreen

    app.push_screen(TopicScreen(key, tab=tab, section=section))


async def open_challenge(app: NexusApp, key: str) -> None:
    """Open a challenge; `first` is the one a newcomer meets."""
    from nexus_tui.tui.challenge import ChallengeScreen

    assert app.desk is not None
    challenges = app.desk.catalog.challenges()
    found = [c for c in challenges if c.key == key] or list(challenges[:1])
    if found:
        await app.push_screen(ChallengeScreen(found[0].key))


async def start_session(app: NexusApp, mode: str, subject: str = "") -> None:
    """Plan a session and open its first question, if there is anything to ask."""
    from nexus_tui.tui.question import QuestionScreen

    assert app.desk is not None
    sitting = app.desk.open_session() if mode == "resume" else app.desk.start(mode, subject)
    if sitting is None or sitting.session.current is None:
        app.notify("There is no question to ask here yet.", markup=False)
        return
    await app.push_screen(QuestionScreen(sitting))
