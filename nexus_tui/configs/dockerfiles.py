"""A Dockerfile: stages, what is copied, and what a changed file runs again.

Nothing is built. A build is followed as its documentation describes it, for the instructions that
a small image needs; a heredoc counts as one line.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KNOWN = re.compile(
    "ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL"
    "|STOPSIGNAL|USER|VOLUME|WORKDIR"
)
_HEREDOC = re.compile(r"<<-?\s*([\"']?)([A-Za-z_][A-Za-z0-9_]*)\1")
_FLAG = re.compile(r"--([a-z-]+)(?:=(\S+))?(?:\s+|$)")
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")
_MOST_LINES = 400


class DockerfileProblem(Exception):
    """The text is no Dockerfile that can be followed; the message says where and why."""


@dataclass(frozen=True)
class Instruction:
    """One instruction, with its flags apart."""

    name: str
    value: str
    line: int
    flags: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        said = f"line {self.line}: {self.name} {self.value}"
        return said if len(said) <= 70 else f"{said[:69]}…"

    def flag(self, name: str) -> str:
        """The value of a flag, or nothing."""
        return next((value for key, value in self.flags if key == name), "")

    def words(self) -> list[str]:
        """The arguments, of the JSON form too."""
        if (found := exec_form(self.value)) is not None:
            return found
        try:
            return shlex.split(self.value)
        except ValueError:
            return self.value.split()

    def commands(self) -> list[list[str]]:
        """The words of each command of a RUN."""
        parts = re.split(r"&&|\|\||[;|\n]", " ".join(self.words()))
        return [part.split() for part in parts if part.strip()]

    def mounts(self) -> Iterator[dict[str, str]]:
        """The options of each `--mount`."""
        for key, value in self.flags:
            if key == "mount":
                yield dict(part.partition("=")[::2] for part in value.split(","))


@dataclass(frozen=True)
class Stage:
    """From one FROM to the next."""

    image: str
    name: str
    line: int
    instructions: tuple[Instruction, ...]


@dataclass
class Follows:
    """What a changed file does to a stage."""

    changed: bool = False
    """Whether the image of this stage is another one."""
    again: list[Instruction] = field(default_factory=list)
    """The RUNs that are not taken from the cache, here and in the stages it needs."""
    places: set[str] = field(default_factory=set)
    """Where in its file system something differs."""


def exec_form(value: str) -> list[str] | None:
    """The words of the JSON form of CMD and its like; None: it is not in that form."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        return None
    return found


def read(text: str) -> Dockerfile:
    """Read a Dockerfile. Raises DockerfileProblem."""
    from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]

    if text.count("\n") > _MOST_LINES:
        raise DockerfileProblem(f"more than {_MOST_LINES} lines")
    content = io.BytesIO(_folded(text).encode())
    first: list[Instruction] = []
    stages: list[Stage] = []
    own: list[Instruction] = []
    for found in DockerfileParser(fileobj=content).structure:
        name, line = found["instruction"], found["startline"] + 1
        if name == "COMMENT":
            continue
        if not _KNOWN.fullmatch(name):
            raise DockerfileProblem(f"line {line}: {name} is no instruction")
        flags, value = _flags(found["value"])
        instruction = Instruction(name, value, line, flags)
        if name == "FROM":
            words = value.split()
            own = []
            alias = words[2] if len(words) == 3 and words[1].lower() == "as" else ""
            if len(words) not in (1, 3) or (len(words) == 3 and not alias):
                raise DockerfileProblem(f"{instruction}: an image, and `AS` a name")
            image = substituted(words[0], _defaults(first))
            stages.append(Stage(image, alias.lower(), line, ()))
        elif stages:
            own.append(instruction)
            last = stages[-1]
            stages[-1] = Stage(last.image, last.name, last.line, tuple(own))
        elif name == "ARG":
            first.append(instruction)
        else:
            raise DockerfileProblem(f"{instruction}: before the first FROM")
    if not stages:
        raise DockerfileProblem("there is no FROM")
    return Dockerfile(stages, first)


class Dockerfile:
    """The stages of a Dockerfile; the last one is the image."""

    def __init__(self, stages: list[Stage], first: list[Instruction]) -> None:
        self.stages = stages
        self.first = first
        """The ARGs before the first FROM."""
        self._followed: dict[tuple[str, Context, Stage], Follows] = {}

    @property
    def last(self) -> Stage:
        """The stage that becomes the image."""
        return self.stages[-1]

    def parent(self, stage: Stage) -> Stage | None:
        """The stage that this one starts from; None: an image from elsewhere."""
        return self.named(stage.image, before=stage)

    def named(self, name: str, before: Stage) -> Stage | None:
        """The stage of that name or number."""
        earlier = self.stages[: self.stages.index(before)]
        for place, stage in enumerate(earlier):
            if name and name.lower() in (stage.name, str(place)):
                return stage
        return None

    def chain(self, stage: Stage) -> list[Stage]:
        """The stages whose layers it has, its own last."""
        parent = self.parent(stage)
        return [*(self.chain(parent) if parent else []), stage]

    def layers(self, stage: Stage) -> list[Instruction]:
        """All that made its file system and its configuration, in order."""
        return [each for one in self.chain(stage) for each in one.instructions]

    def images(self) -> list[tuple[int, str]]:
        """Line and name of each image from elsewhere."""
        found = [
            (stage.line, stage.image)
            for stage in self.stages
            if self.parent(stage) is None and stage.image != "scratch"
        ]
        for stage in self.stages:
            for each in stage.instructions:
                sources = [each.flag("from"), *(mount.get("from", "") for mount in each.mounts())]
                found += [
                    (each.line, source)
                    for source in sources
                    if source and self.named(source, before=stage) is None
                ]
        return found

    def follow(self, changed: str, context: Context, stage: Stage | None = None) -> Follows:
        """What a change of this file of the context does to a stage, the last one by default."""
        stage = stage or self.last
        key = (changed, context, stage)
        if key not in self._followed:
            self._followed[key] = self._follow(*key)
        return self._followed[key]

    def _follow(self, changed: str, context: Context, stage: Stage) -> Follows:
        parent = self.parent(stage)
        before = self.follow(changed, context, parent) if parent else Follows()
        found = Follows(before.changed, [*before.again], {*before.places})
        workdir = self.workdir(parent) if parent else "/"
        for each in stage.instructions:
            if each.name == "WORKDIR":
                workdir = posixpath.join(workdir, each.value)
            elif each.name in ("COPY", "ADD"):
                *sources, target = each.words() or [""]
                if self._brings(each, sources, changed, context, stage, found):
                    found.changed = True
                    found.places.add(_absolute(workdir, target))
            elif each.name == "RUN":
                for mount in each.mounts():
                    source = [mount.get("source") or mount.get("src") or "."]
                    if mount.get("type", "bind") == "bind" and self._brings(
                        Instruction("COPY", "", each.line, (("from", mount.get("from", "")),)),
                        source,
                        changed,
                        context,
                        stage,
                        found,
                    ):
                        found.changed = True
                if found.changed:
                    found.again.append(each)
                    found.places.add(workdir)
        return found

    def _brings(
        self,
        copy: Instruction,
        sources: list[str],
        changed: str,
        context: Context,
        stage: Stage,
        found: Follows,
    ) -> bool:
        if not copy.flag("from"):
            return any(changed in context.files(source, copy) for source in sources)
        other = self.named(copy.flag("from"), before=stage)
        if other is None:
            return False
        theirs = self.follow(changed, context, other)
        found.again += [each for each in theirs.again if each not in found.again]
        return theirs.changed and any(
            _overlap(_absolute("/", source), place) for source in sources for place in theirs.places
        )

    def workdir(self, stage: Stage) -> str:
        """The working directory at its end."""
        found = "/"
        for each in self.layers(stage):
            if each.name == "WORKDIR":
                found = posixpath.join(found, each.value)
        return found

    def environment(self, stage: Stage) -> dict[str, str]:
        """The variables that a container of it has from the image."""
        found: dict[str, str] = {}
        for each in self.layers(stage):
            if each.name == "ENV":
                found |= {name: substituted(value, found) for name, value in assigned(each).items()}
        return found


class Context:
    """The files of a build, without those that `.dockerignore` keeps out."""

    def __init__(self, files: Iterable[str], ignore: str) -> None:
        lines = [line.strip() for line in ignore.splitlines()]
        self._patterns = [line for line in lines if line and not line.startswith("#")]
        self._files = [file for file in files if not self._ignored(file)]

    def files(self, source: str, copy: Instruction) -> list[str]:
        """What a source of COPY brings."""
        pattern = posixpath.normpath(source.lstrip("/") or ".")
        left_out = [value for key, value in copy.flags if key == "exclude"]
        found = self._files if pattern == "." else [f for f in self._files if _matches(pattern, f)]
        return [file for file in found if not any(_matches(each, file) for each in left_out)]

    def _ignored(self, file: str) -> bool:
        ignored = False
        for line in self._patterns:
            keep = line.startswith("!")
            pattern = posixpath.normpath(line.lstrip("!").strip().lstrip("/") or ".")
            if pattern in (".", "*", "**") or _matches(pattern, file):
                ignored = not keep
        return ignored


def assigned(instruction: Instruction) -> dict[str, str]:
    """Names and values of ENV and ARG."""
    words = instruction.words()
    if instruction.name == "ENV" and words and "=" not in words[0]:
        return {words[0]: " ".join(words[1:])}
    return dict(word.partition("=")[::2] for word in words)


def substituted(text: str, values: dict[str, str]) -> str:
    """The text with `$NAME`, `${NAME}` and `${NAME:-default}` replaced; unknown ones stay."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[3]
        return values.get(name) or found[2] or ("" if name in values else found[0])

    return _VARIABLE.sub(value, text)


def _defaults(arguments: list[Instruction]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in arguments:
        found |= assigned(each)
    return found


def _flags(value: str) -> tuple[tuple[tuple[str, str], ...], str]:
    found: list[tuple[str, str]] = []
    value = value.strip()
    while match := _FLAG.match(value):
        found.append((match[1], match[2] or ""))
        value = value[match.end() :]
    return tuple(found), value.strip()


def _folded(text: str) -> str:
    """Each heredoc on the line of its instruction, and as many empty lines."""
    lines, out, place = text.splitlines(), list[str](), 0
    while place < len(lines):
        line = lines[place]
        place += 1
        found = None if line.lstrip().startswith("#") else _HEREDOC.search(line)
        end = place
        while found and end < len(lines) and lines[end].strip() != found[2]:
            end += 1
        if found and end < len(lines):
            inside = [each.strip() for each in lines[place:end]]
            command = "; ".join(each for each in inside if each and not each.startswith("#"))
            out += [f"{line[: found.start()]}{command}", *[""] * (end - place + 1)]
            place = end + 1
        else:
            out.append(line)
    return "\n".join(out) + "\n"


def _absolute(workdir: str, path: str) -> str:
    return posixpath.normpath(posixpath.join("/", workdir, path))


def _overlap(one: str, other: str) -> bool:
    return (
        one == other
        or f"{one}/".startswith(f"{other.rstrip('/')}/")
        or f"{other}/".startswith(f"{one.rstrip('/')}/")
    )


def _matches(pattern: str, file: str) -> bool:
    """Whether a pattern names the file or a folder that holds it."""
    parts = file.split("/")
    expression = re.compile(_expression(pattern))
    return any(expression.fullmatch("/".join(parts[:end])) for end in range(1, len(parts) + 1))


def _expression(pattern: str) -> str:
    out, place = "", 0
    while place < len(pattern):
        if pattern.startswith("**/", place):
            out, place = f"{out}(?:[^/]+/)*", place + 3
        elif pattern.startswith("**", place):
            out, place = f"{out}.*", place + 2
        elif pattern[place] == "*":
            out, place = f"{out}[^/]*", place + 1
        elif pattern[place] == "?":
            out, place = f"{out}[^/]", place + 1
        else:
            out, place = out + re.escape(pattern[place]), place + 1
    return out
