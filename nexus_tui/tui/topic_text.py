"""What the screen of a topic says around its texts: contents, sources, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog import links
from nexus_tui.text import unticked
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nexus_tui.catalog.catalog import TopicView
    from nexus_tui.study.overview import TopicState


def source_rows(view: TopicView, topics: Mapping[str, TopicState]) -> list[Row]:
    """The sources, and below them the topics that the lesson names."""
    rows = [
        Row(
            source.url,
            (line(Part(source.title, "title")), line(Part(source.url, "muted"))),
            after=1,
        )
        for source in view.topic.sources
    ]
    text = "\n".join(section.body for section in view.lesson.sections) if view.lesson else ""
    for key in links.named(text):
        if named := topics.get(key):
            head = line(Part(named.row.title, "title"))
            said = line(Part("a topic that the lesson names", "muted"))
            rows.append(Row(f"topic:{key}", (head, said), after=1))
    return rows


def contents_lines(
    headings: Iterable[str], section: int, marks: Callable[[str], list[str]]
) -> list[Line]:
    """The headings of a text, the one in sight bold, each with its marks."""
    lines = []
    for number, heading in enumerate(headings):
        here = number == section
        said = [mark for mark in marks(heading) if not (here and mark == "read")]
        token = "bold" if here else ("muted" if "read" in said else "text")
        right = [Part(" · ".join(said), "muted")] if said else []
        lines.append(line(Part(unticked(heading), token), right=right, indent=2))
    return [line(Part("Contents", "bold")), Line(), *lines] if lines else []


def source_lines(view: TopicView) -> list[Line]:
    """The titles of the sources."""
    titles = [line(Part(s.title, "muted"), indent=2) for s in view.topic.sources]
    return [line(Part("Sources", "bold")), Line(), *titles]


def no_text(tab: str, state: TopicState) -> str:
    """What stands in the place of a text that is not written yet."""
    what = {
        "lesson": "The lesson of this topic is not written yet.",
        "cheatsheet": "There is no cheat sheet for this topic yet.",
        "troubleshooting": "There is no troubleshooting guide for this topic yet.",
    }[tab]
    lines = [f"**{what}**", "", state.row.summary, ""]
    if tab == "lesson":
        lines += ["After it you will be able to:", ""]
        lines += [f"- {objective.text}" for objective in state.objectives]
        lines += ["", "Its sources are under *Sources*: press `tab`."]
    return "\n".join(lines)
