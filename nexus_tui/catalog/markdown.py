"""Lessons and guides: Markdown cut into sections, and its fences with their attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

# Packs are not trusted: possessive repeats, so that no line makes these go back and forth.
_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}+|~{3,}+)\s*+(?P<language>[^\s`]*+)(?P<rest>[^`]*+)$")
_ATTRIBUTE = re.compile(r'(?P<name>[a-z]+)(?:=(?P<quoted>"[^"]*")|=(?P<plain>[^\s"]+))?(?=\s|$)')
_TABLE_RULE = re.compile(r"^(?=[^-]*+-)[\s:|-]*+$")
_LINK = re.compile(r"\[([^\[\]]*+)\]\([^()]*+\)")
_ALONE = re.compile(r"\s*(?:\||>|(?:[-*]|#+|\d+\.)\s)")
"""How a line begins that does not go on with the one above."""
_MARK = re.compile(r"[`|]|\*+|^#+ |^> ?|^\s*[-*] ")
RUNNERS = {
    "python": ("", "django", "postgres", "redis"),
    "sql": ("sqlite", "postgres"),
    "sh": ("",),
    "http": ("",),
}
"""What `run=…` may name in each language; empty is the bare `run`."""
ANSWERS = "Answers"
"""The heading under which a lesson answers its *Recall*."""
SHOWN = {"output": "text", "http": "http", "console": "console"}


@dataclass(frozen=True)
class Section:
    """A part of a document that is read as one page."""

    heading: str
    body: str
    line: int


@dataclass(frozen=True)
class Fence:
    """A code block: language, attributes such as `run` or `norun`, code, line of its mark."""

    language: str
    attributes: dict[str, str]
    code: str
    line: int
    malformed: str | None = None
    end: int = field(default=0, compare=False)
    """The line of the mark that closes it."""


def sections(text: str) -> tuple[Section, ...]:
    """Cut at `## ` headings outside fences; what stands before the first has no heading."""
    found: list[Section] = []
    heading, start, body = "", 1, list[str]()
    inside: str | None = None
    for number, line in enumerate(text.split("\n"), 1):
        inside = _step(inside, line)
        if inside is None and line.startswith("## "):
            if heading or "".join(body).strip():
                found.append(Section(heading, "\n".join(body).strip("\n"), start))
            heading, start, body = line[3:].strip(), number, []
        else:
            body.append(line)
    if heading or "".join(body).strip():
        found.append(Section(heading, "\n".join(body).strip("\n"), start))
    return tuple(found)


def _step(inside: str | None, line: str) -> str | None:
    """The mark of the fence one is in after `line`, None outside."""
    match = _FENCE.match(line)
    if inside is None:
        return match["mark"] if match else None
    closes = line.strip().startswith(inside) and not line.strip().strip(inside[0])
    return None if closes else inside


def fences(text: str) -> tuple[Fence, ...]:
    """Every fence of `text` in order."""
    found: list[Fence] = []
    inside: str | None = None
    opening, start, code = "", 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        before, inside = inside, _step(inside, line)
        if before is None and inside is not None:
            opening, start, code = line, number, []
        elif before is not None and inside is None:
            found.append(replace(_fence(opening, "\n".join(code), start), end=number))
        elif inside is not None:
            code.append(line)
    if inside is not None:
        fence = _fence(opening, "\n".join(code), start)
        found.append(replace(fence, malformed="never closed", end=number))
    return tuple(found)


def _fence(opening: str, code: str, line: int) -> Fence:
    match = _FENCE.match(opening)
    assert match is not None
    rest = match["rest"].strip()
    attributes: dict[str, str] = {}
    malformed = None
    for found in _ATTRIBUTE.finditer(rest):
        quoted = found["quoted"]
        attributes[found["name"]] = quoted[1:-1] if quoted else found["plain"] or ""
    if _ATTRIBUTE.sub("", rest).strip():
        malformed = f"cannot be read: {rest}"
    elif unknown := set(attributes) - {"run", "norun", "id", "after"}:
        malformed = f"unknown attribute {min(unknown)}"
    elif "norun" in attributes and not attributes["norun"]:
        malformed = 'norun needs a reason: norun="why"'
    elif "run" in attributes:
        malformed = _no_runner(match["language"], attributes)
    elif {"id", "after"} & set(attributes):
        malformed = "id and after are for a fence that says `run`"
    return Fence(match["language"], attributes, code, line, malformed)


def _no_runner(language: str, attributes: dict[str, str]) -> str | None:
    """Why nothing runs this fence; None where something does."""
    runners, named = RUNNERS.get(language), attributes["run"]
    if "norun" in attributes:
        return "says both `run` and `norun`"
    if runners is None:
        return f"nothing runs {language or 'a fence without a language'}: {', '.join(RUNNERS)}"
    if named in runners or (not named and "after" in attributes):
        return None
    known = [f"run={name}" if name else "run" for name in runners]
    given = f"run={named} is no runner of {language}" if named else f"{language} needs a runner"
    return f"{given}: {', '.join(known)}"


def strip_attributes(text: str) -> str:
    """Leave only the language after each fence mark: the renderer takes all as its name."""
    lines: list[str] = []
    inside: str | None = None
    for line in text.split("\n"):
        before, inside = inside, _step(inside, line)
        if before is None and inside is not None:
            match = _FENCE.match(line)
            assert match is not None
            language = SHOWN.get(match["language"], match["language"])
            line = f"{match['mark']}{language}"  # noqa: PLW2901 - the line as it is shown
        lines.append(line)
    return "\n".join(lines)


def plain(text: str) -> str:
    """The words of Markdown without its marks, for search and its snippets."""
    lines: list[str] = []
    inside: str | None = None
    for line in text.split("\n"):
        before, inside = inside, _step(inside, line)
        if before is not None or inside is not None:
            lines += [line] if before == inside else []
        elif not _TABLE_RULE.match(line):
            lines.append(_MARK.sub("", _LINK.sub(r"\1", line)))
    return "\n".join(lines)


def in_lines(text: str) -> str:
    """`plain`, where a line is a line of code, of a list or a table, or a whole paragraph."""
    lines: list[str] = []
    inside: str | None = None
    paragraph = False
    for line in text.split("\n"):
        before, inside = inside, _step(inside, line)
        code = before is not None or inside is not None
        alone = code or not line.strip() or _ALONE.match(line) is not None
        if paragraph and not alone:
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
        # A list goes on below its first line; a table or a heading does not.
        paragraph = not code and bool(line.strip()) and line.lstrip()[:1] not in {"|", "#"}
    return plain("\n".join(lines))


def words(text: str) -> int:
    """Words of prose: fences do not count."""
    count = 0
    inside: str | None = None
    for line in text.split("\n"):
        before, inside = inside, _step(inside, line)
        if before is None and inside is None:
            count += len(line.split())
    return count
