"""The fences of a text that are run: what each continues, and what it says that it prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.catalog import markdown

if TYPE_CHECKING:
    from nexus_tui.catalog.markdown import Fence

_BOOKSHOP = {("python", "django"), ("http", "")}
"""Language and runner of what runs in the bookshop: these continue each other."""


@dataclass(frozen=True)
class Snippet:
    """A fence that is run."""

    fence: Fence
    before: tuple[Fence, ...]
    """The fences that are run first, in the same process: what it continues, oldest first."""
    output: Fence | None
    """The fence right below it, which says what it prints."""

    @property
    def runner(self) -> tuple[str, str]:
        """Language and runner of the process: those of the fence that begins it."""
        first = (*self.before, self.fence)[0]
        return first.language, first.attributes["run"]


def snippets(text: str) -> tuple[list[Snippet], list[tuple[Fence, str]]]:
    """The fences of `text` that are run, and those that cannot be, each with the reason."""
    fences, lines = markdown.fences(text), text.split("\n")
    found: list[Snippet] = []
    wrong = [(fence, fence.malformed) for fence in fences if fence.malformed]
    names: dict[str, Snippet] = {}
    for place, fence in enumerate(fences):
        if "run" not in fence.attributes or fence.malformed:
            continue
        name, after = fence.attributes.get("id"), fence.attributes.get("after")
        start = names.get(after) if after else None
        below = fences[place + 1] if place + 1 < len(fences) else None
        snippet = Snippet(
            fence,
            (*start.before, start.fence) if start else (),
            below if below is not None and _is_output(fence, below, lines) else None,
        )
        if after and start is None:
            wrong.append((fence, f"after={after} names no fence above that is run"))
        elif start is not None and (why := _misfit(snippet, start)):
            wrong.append((fence, why))
        elif name in names:
            wrong.append((fence, f"id={name} is the name of an earlier fence too"))
        else:
            found.append(snippet)
            if name:
                names[name] = snippet
    return found, sorted(wrong, key=lambda pair: pair[0].line)


def _is_output(fence: Fence, below: Fence, lines: list[str]) -> bool:
    between = lines[fence.end : below.line - 1]
    return below.language == "output" and not any(line.strip() for line in between)


def _misfit(snippet: Snippet, start: Snippet) -> str | None:
    """Why it cannot be run in the process of what it continues."""
    fence, (language, run) = snippet.fence, start.runner
    own = (fence.language, fence.attributes["run"])
    if own in {(language, run), (language, "")}:
        return None
    if {own, (language, run)} <= _BOOKSHOP:
        return None
    begun = f"{language} run={run}" if run else f"{language} run"
    return f"after={fence.attributes['after']} continues `{begun}`, which runs something else"
