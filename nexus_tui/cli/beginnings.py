"""`content new …`: begin a topic, a question, a checklist, a path, a challenge or a stage."""

from __future__ import annotations

import re
from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import Annotated

import typer

from nexus_tui.cli.errors import CommandError

app = typer.Typer(
    help="Begin a topic, question, checklist, path, challenge or stage: valid at once."
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@app.command()
def topic(
    context: typer.Context,
    track: Annotated[str, typer.Argument(help="The id of its track.")],
    name: Annotated[str, typer.Argument(help="The id of the topic; it stays for ever.")],
) -> None:
    """Write the five files of a topic."""
    from nexus_tui.catalog import skeletons
    from nexus_tui.catalog.reader import read_pack

    root = _root(context)
    content, problems = read_pack(root)
    if content is None:
        raise CommandError(f"The pack cannot be read: {problems[0]}.")
    tracks = [known.id for known in content.pack.tracks]
    if track not in tracks:
        raise CommandError(f"There is no track {track!r}: choose one of {', '.join(tracks)}.")
    _check(name)
    if any(known.topic.id == name for known in content.topics):
        raise CommandError(f"There is a topic {name!r} already.")
    folder = root / "topics" / track / name
    for file, text in skeletons.topic(name).items():
        _write(folder / file, text)


@app.command()
def question(
    context: typer.Context,
    topic: Annotated[str, typer.Argument(help="The id of the topic.")],
    name: Annotated[str, typer.Argument(help="The id of the question; it stays for ever.")],
    kind: Annotated[str, typer.Option(help="choice, choices, order, match, short, …")] = "choice",
) -> None:
    """Add a question to the end of a topic's `quiz.yaml`."""
    from nexus_tui.catalog import skeletons
    from nexus_tui.catalog.reader import read_pack

    root = _root(context)
    content, problems = read_pack(root)
    if content is None:
        raise CommandError(f"The pack cannot be read: {problems[0]}.")
    if kind not in skeletons.KINDS:
        raise CommandError(f"There is no kind {kind!r}: it is {', '.join(skeletons.KINDS)}.")
    _check(name)
    found = next((known for known in content.topics if known.topic.id == topic), None)
    if found is None:
        raise CommandError(f"There is no topic {topic!r} that can be read.")
    if any(known.id == name for known in found.questions):
        raise CommandError(f"{topic} has a question {name!r} already.")
    path = root / found.path / "quiz.yaml"
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    entry = skeletons.question(name, kind, found.topic.objectives[0].id, found.topic.sources[0].id)
    try:
        path.write_text(skeletons.with_question(old, entry), encoding="utf-8")
    except ValueError as error:
        raise CommandError(f"{path}: {error}; add the question by hand.") from error
    typer.echo(f"{path}: look for TODO at its end")


@app.command()
def checklist(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The id of the checklist; it stays for ever.")],
    topic: Annotated[str, typer.Option(help="The topic that explains its item.")],
) -> None:
    """Write a checklist with one item."""
    from nexus_tui.catalog import skeletons

    _check(name)
    _write(_root(context) / "checklists" / f"{name}.yaml", skeletons.checklist(name, topic))


@app.command()
def path(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The id of the path; it stays for ever.")],
    track: Annotated[str, typer.Option(help="The track it goes through.")],
) -> None:
    """Write a path through a track, with a closing exam of even shares."""
    from nexus_tui.catalog import skeletons
    from nexus_tui.catalog.reader import read_pack

    _check(name)
    root = _root(context)
    content, problems = read_pack(root)
    if content is None:
        raise CommandError(f"The pack cannot be read: {problems[0]}.")
    room = {t.topic.id: len(t.questions) for t in content.topics if t.track == track}
    try:
        text = skeletons.path(name, track, room)
    except ValueError as error:
        raise CommandError(f"The topics of {track!r} have {error}.") from error
    _write(root / "paths" / f"{name}.yaml", text)


@app.command()
def challenge(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The id of the challenge; it stays for ever.")],
    objective: Annotated[str, typer.Option(help="What it proves: <topic>/<objective>.")],
) -> None:
    """Write a challenge with one stage that passes the gate."""
    from nexus_tui.catalog import stage_skeletons

    _check(name)
    topic_, _, objective_ = objective.partition("/")
    folder = _root(context) / "challenges" / name
    _write(folder / "challenge.yaml", stage_skeletons.challenge(name, topic_, objective_))
    _write_stage(folder / "stages" / "first-stage")
    typer.echo(f"Say in the topic.yaml of {topic_}: stages: {{{objective_}: [{name}/first-stage]}}")


@app.command()
def stage(
    context: typer.Context,
    challenge: Annotated[str, typer.Argument(help="The id of the challenge.")],
    name: Annotated[str, typer.Argument(help="The id of the stage, as in challenge.yaml.")],
) -> None:
    """Write the files of one more stage."""
    _check(name)
    folder = _root(context) / "challenges" / challenge
    if not folder.is_dir():
        raise CommandError(f"There is no challenge {challenge!r}.")
    _write_stage(folder / "stages" / name)


def _write_stage(folder: Path) -> None:
    from nexus_tui.catalog import stage_skeletons

    for file, text in stage_skeletons.stage().items():
        _write(folder / file, text)


def _root(context: typer.Context) -> Path:
    root: Path = context.obj.content.path
    if not (root / "pack.yaml").is_file():
        raise CommandError(f"{root} is no content pack: it has no pack.yaml.")
    return root


def _check(name: str) -> None:
    if not _ID.fullmatch(name):
        raise CommandError(f"{name!r} is no id: small letters, digits and single hyphens.")


def _write(path: Path, text: str) -> None:
    if path.exists():
        raise CommandError(f"{path} is there already; nothing was written over it.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    typer.echo(path)
