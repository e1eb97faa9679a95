"""The app as a dialogue in lines: for screen readers, dumb terminals and pipes.

One question at a time, choices by number, states in words. Nothing moves the cursor, nothing is
coloured, and every answer is on disk before it is confirmed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from nexus_tui.cli.asking import leaves, listen
from nexus_tui.cli.dialogue import Ended, choose, number_of, typed_below
from nexus_tui.cli.errors import desk_of
from nexus_tui.cli.prose import brief, spoken
from nexus_tui.learning.mastery import Standing
from nexus_tui.text import clean_line, counted, unticked

if TYPE_CHECKING:
    from collections.abc import Callable

    from nexus_tui.catalog.catalog import ChecklistView
    from nexus_tui.progress.history import ReadingRow
    from nexus_tui.progress.payloads import TickStatus
    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview, TopicState
    from nexus_tui.study.solving import StageView

_SAID: dict[TickStatus, str] = {
    "done": "Holds, you said",
    "open": "Unknown",
    "not applicable": "Does not apply, you said",
}


def talk(settings: Settings) -> int:
    """Offer what can be done until the learner ends; returns the exit code."""
    _write_whatever_comes()
    listen()
    with desk_of(settings) as desk:
        typer.echo("Nexus, line by line. Nothing is lost when you stop, whenever you do.")
        try:
            while (activity := _menu(desk)) is not None:
                activity(desk, settings)
        except Ended:
            typer.echo()
        typer.echo("Goodbye. Everything you confirmed is saved.")
    return 0


def _write_whatever_comes() -> None:
    """A character that this terminal has not is written as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _menu(desk: Desk) -> Callable[[Desk, Settings], None] | None:
    view = desk.overview()
    new = min(len(view.new), desk.new_left(view))
    enough = "enough for today" if view.new and view.met_today and not new else ""
    ways: list[tuple[str, Callable[[Desk, Settings], None]]] = [
        (f"Review what is due, {_due(desk, view)}", _review),
        (f"Learn something new, {enough or _objectives(new)}", _learn),
        ("Take the quiz of a topic", _quiz),
        ("Read a lesson", _read),
        ("Solve a stage of a challenge: read its task, check your files", _stage),
        ("Check a practice: say what holds of your project", _practice),
        ("See your progress", _progress),
    ]
    typer.echo("\nWhat do you want to do?")
    place = number_of([text for text, _ in ways], "q ends")
    return ways[place][1] if place is not None else None


def _due(desk: Desk, view: Overview) -> str:
    from nexus_tui.study.reviewing import next_review

    review = next_review(desk, view)
    return ("" if review.asked == review.due else f"{review.asked} of ") + _objectives(review.due)


def _objectives(number: int) -> str:
    return counted(number, "objective") if number else "nothing now"


# ---------------------------------------------------------------- answering


def _review(desk: Desk, _: Settings) -> None:
    _sit(desk, "review")


def _learn(desk: Desk, _: Settings) -> None:
    _sit(desk, "learn")


def _quiz(desk: Desk, _: Settings) -> None:
    states = [state for state in desk.overview().topics.values() if state.row.question_count]
    begun, new = [s.begun for s in states], [_is_open(s) for s in states]
    place = choose("topic", [s.row.title for s in states], begun, new)
    if place is not None:
        _sit(desk, "topic", states[place].row.key)


def _is_open(state: TopicState) -> bool:
    """Is nothing of it begun, and nothing to be known before it?"""
    return state.standing is Standing.NOT_STARTED and state.after is None


def _sit(desk: Desk, mode: str, subject: str = "") -> None:
    from nexus_tui.cli.learning import ask_all

    sitting = desk.start(mode, subject)
    if sitting is None:
        typer.echo("Nothing is due." if mode == "review" else "There is nothing to ask here now.")
    elif not ask_all(sitting):
        raise Ended


# ---------------------------------------------------------------- reading


def _read(desk: Desk, _: Settings) -> None:
    states = [state for state in desk.overview().topics.values() if state.row.has_lesson]
    begun = [_is_begun(s.place) for s in states]
    new = [s.place is None and s.after is None for s in states]
    place = choose("lesson", [s.row.title for s in states], begun, new)
    if place is None:
        return
    key, title = states[place].row.key, states[place].row.title
    lesson = desk.catalog.topic(key).lesson
    sections = lesson.sections if lesson else ()
    left = desk.store.readings().get(key)
    at = min(left.section, len(sections) - 1) if left else 0
    while 0 <= at < len(sections):
        section = sections[at]
        heading = unticked(section.heading) or clean_line(title)
        typer.echo(f"\n{clean_line(title)}, section {at + 1} of {len(sections)}: {heading}\n")
        typer.echo(spoken(section.body))
        desk.store.reading(key, at, section.heading, len(sections)).result()
        typed = typed_below("\nenter reads on, p goes back a section, quiz asks about it, q stops.")
        if leaves(typed):
            return
        if typed == "quiz":
            _sit(desk, "topic", key)
            return
        at = max(0, at - 1) if typed == "p" else at + 1
    typer.echo("That was the last section. Its questions: choose the quiz of the topic.")


def _is_begun(left: ReadingRow | None) -> bool:
    return left is not None and len(left.read) < left.sections


# ---------------------------------------------------------------- solving


def _stage(desk: Desk, settings: Settings) -> None:
    from nexus_tui.cli.errors import CommandError
    from nexus_tui.labs.challenges.runs import WorkspaceError
    from nexus_tui.labs.challenges.stage import StageError
    from nexus_tui.study.solving import every_stage

    try:
        views = [view for view in every_stage(desk) if view.files is not None]
        begun, new = ([v.standing == word for v in views] for word in ("started", "new"))
        place = choose("stage", [f"{v.stage.title}, {_standing(v)}" for v in views], begun, new)
        if place is not None:
            _solve(desk, settings, views[place])
    except (StageError, WorkspaceError) as error:
        raise CommandError(str(error)) from error


def _standing(view: StageView) -> str:
    minutes = f"{view.stage.minutes} minutes"
    return f"{minutes}, {view.standing}" if view.standing != "new" else f"{minutes}, not started"


def _solve(desk: Desk, settings: Settings, view: StageView) -> None:
    from nexus_tui.cli.challenge import conclusion, requirement
    from nexus_tui.labs.challenges.verdict import Decided, Verdict
    from nexus_tui.study.solving import Solving

    solving = Solving(desk, view, settings)
    folder = solving.open()
    task = spoken(brief(solving.files.brief, check="Enter"))
    typer.echo(f"\n{clean_line(view.stage.title)}\n\n{task}\n")
    typer.echo(f"Begin with the file {folder / solving.files.lab.opens}")
    prompt = "enter checks your files, hint shows a hint, q goes back."
    while not leaves(typed := typed_below(prompt)):
        if typed == "hint":
            more = solving.next_hint()
            said = f"Hint {len(solving.hints)}: {spoken(more)}" if more else None
            typer.echo(said or "There is no further hint.")
        elif typed == "":
            for event in solving.check(folder):
                if isinstance(event, Decided):
                    typer.echo("\n".join(requirement(event)))
                elif isinstance(event, Verdict):
                    typer.echo(conclusion(solving, event))
        else:
            typer.echo(f"{typed!r} is nothing that can be done here.")


# ---------------------------------------------------------------- checking


def _practice(desk: Desk, _: Settings) -> None:
    from nexus_tui.progress import projects

    if desk.project is None:
        name = clean_line(typed_below("Your project has no name yet. Type one; q goes back."))
        if not name or leaves(name):
            return
        desk.choose_project(name)
    lists, project = desk.catalog.checklists(), str(desk.project)
    ticks = projects.ticks(desk.store, project)
    ticked = {key for key, tick in ticks.items() if tick.status != "open"}
    held = [[f"{view.key}/{item.id}" in ticked for item in view.model.items] for view in lists]
    begun, new = [any(of) and not all(of) for of in held], [not any(of) for of in held]
    place = choose("practice", [found.model.title for found in lists], begun, new)
    if place is not None:
        _tick(desk, project, lists[place])


def _tick(desk: Desk, project: str, found: ChecklistView) -> None:
    from nexus_tui.progress import projects

    typer.echo(f"\n{clean_line(found.model.title)}, held against {clean_line(project)}.")
    while True:
        ticks = projects.ticks(desk.store, project)
        keys = [f"{found.key}/{item.id}" for item in found.model.items]
        said = [ticks[key].status if key in ticks else "open" for key in keys]
        texts = [
            f"{_SAID[status]}: {item.text}"
            for status, item in zip(said, found.model.items, strict=True)
        ]
        place = number_of(texts, "the number of an item changes what is said of it, q goes back")
        if place is None:
            return
        unknown, note = said[place] == "open", ""
        if unknown:
            asked = "How do you know? Type a note, or enter alone for none; q goes back."
            note = clean_line(typed_below(asked))
            if leaves(note):
                continue
        status: TickStatus = "done" if unknown else "open"
        projects.tick(desk.store, project, keys[place], status, note).result()
        typer.echo("Saved: it holds.\n" if unknown else "Saved: it is unknown again.\n")


# ---------------------------------------------------------------- progress


def _progress(desk: Desk, _: Settings) -> None:
    view = desk.overview()
    typer.echo(f"\n{view.mastered} of {counted(len(view.topics), 'topic')} mastered.")
    right = f", {view.right} of them right" if view.answers else ""
    typer.echo(f"{counted(view.answers, 'answer')}{right}. {view.streak.words}".rstrip())
    typer.echo(f"{counted(len(view.due), 'objective')} due now.")
    for track in view.tracks:
        due = f", {counted(track.due, 'objective')} due" if track.due else ""
        mastered = f"{track.mastered} of {counted(len(track.topics), 'topic')} mastered"
        typer.echo(f"{clean_line(track.row.title)}: {mastered}{due}.")
