"""`--write`: what snippets printed becomes the text of their output fences."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nexus_tui.catalog.snippets import Snippet, snippets
from nexus_tui.labs.verify.results import DIFFERS, UNTOLD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nexus_tui.labs.verify.results import Result


def write(root: Path, results: Iterable[Result]) -> set[tuple[str, int]]:
    """Take over what was printed; the path and line of each fence that was mended by it.

    A snippet that printed one thing on one server and another on the next is left as it is.
    """
    printed: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    wrong: set[tuple[str, int]] = set()
    for result in results:
        if result.printed is not None:
            printed[result.path][result.line].add(result.printed)
        if result.why in {DIFFERS, UNTOLD}:
            wrong.add((result.path, result.line))
    mended = {(path, line) for path, line in wrong if len(printed[path][line]) == 1}
    for path in {path for path, _ in mended}:
        texts = {line: printed[path][line].copy().pop() for p, line in mended if p == path}
        _rewrite(root / path, texts)
    return mended


def _rewrite(file: Path, texts: dict[int, str]) -> None:
    source = file.read_text(encoding="utf-8")
    lines = source.split("\n")
    found, _ = snippets(source)
    for snippet in sorted(found, key=lambda s: s.fence.line, reverse=True):
        if snippet.fence.line in texts:
            start, end = _place(snippet)
            lines[start:end] = _fence(texts[snippet.fence.line])
    fresh = file.with_name(f".{file.name}.fresh")
    fresh.write_text("\n".join(lines), encoding="utf-8")
    fresh.replace(file)


def _place(snippet: Snippet) -> tuple[int, int]:
    """The lines, from 0, that the output fence takes up; none where there is no fence yet."""
    if snippet.output is None:
        return snippet.fence.end, snippet.fence.end
    return snippet.output.line - 1, snippet.output.end


def _fence(text: str) -> list[str]:
    if not text:
        return []
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    mark = "`" * max(3, longest + 1)
    return [f"{mark}output", *text.split("\n"), mark]
