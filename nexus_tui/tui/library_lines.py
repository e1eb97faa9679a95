"""What stands beside the list of the library: what is in the entry one is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.links import titled
from nexus_tui.text import clean, counted, unticked
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nexus_tui.catalog.catalog import Catalog, DocumentView
    from nexus_tui.progress.history import NoteRow

_TEXT = 24
"""Lines of a note, at most."""


def entry_lines(catalog: Catalog, notes: Mapping[str, NoteRow], entry: str) -> list[Line]:
    """The lines of an entry of the library, by the id of its row."""
    kind, _, key = entry.partition(":")
    if kind == "document":
        return _document(catalog, key)
    if kind == "path":
        return _path(catalog, key)
    if kind in {"cheatsheet", "troubleshooting"}:
        text = getattr(catalog.topic(key), kind)
        return [*_head(text.title), *_headings(text)] if text else []
    topic = key.partition("#")[0]
    titles = catalog.titles()
    said = titled(notes[topic].text, topic, titles) if kind == "notes" else ""
    texts = [line(clean(each)) for each in said.splitlines()[:_TEXT]]
    return [*_head(titles.get(topic, "")), *texts]


def _head(title: str, about: str = "") -> list[Line]:
    said = [line(Part(about, "muted"))] if about else []
    return [line(Part(clean(title), "bold")), *said, Line()]


def _document(catalog: Catalog, key: str) -> list[Line]:
    document = catalog.document(key)
    about = counted(len(document.sections), "page")
    return [*_head(document.title, about), *_headings(document, f"document:{key}")]


def _headings(document: DocumentView, opens: str = "") -> Iterable[Line]:
    """The headings of a document; where `opens` names it, each leads to its page."""
    for number, part in enumerate(document.sections):
        where = f"{opens}:{number}" if opens else ""
        yield line(unticked(part.heading or document.title), indent=2, opens=where)


def _path(catalog: Catalog, key: str) -> list[Line]:
    path = next(each for each in catalog.paths() if each.key == key)
    titles = catalog.titles()
    return [
        *_head(path.model.title, counted(len(path.topics), "topic")),
        line(clean(path.model.summary)),
        Line(),
        line(Part(clean(f"For: {path.model.audience}"), "muted")),
        Line(),
        *(line(titles[topic], indent=2, opens=f"topic:{topic}") for topic in path.topics),
    ]
