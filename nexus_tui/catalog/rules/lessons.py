"""Rules on the texts of a topic: sections, length, fences, widths."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from nexus_tui.catalog import markdown
from nexus_tui.catalog.rules.found import Found, Spot
from nexus_tui.catalog.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.reader import Text, TopicContent

FEWEST_WORDS, MOST_WORDS = 700, 1_400
SECTION_LINES = 100
FENCE_LINES, COLUMNS = 25, 72
SHOWN = frozenset({"output", "text", "console"})
"""Fences that show something and are no code of ours."""
FIRST, NEEDED, QUESTIONS = "Why it matters", "What goes wrong", "Recall"


def words_of_a_lesson(topic: TopicContent) -> Iterator[Found]:
    """T06, warning: a lesson has 700 to 1,400 words of prose; fences and tables do not count."""
    if topic.lesson is None:
        return
    text = "\n".join(line for _, line in prose_lines(topic.lesson.source))
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("|")]
    count = sum(any(c.isalnum() for c in word) for line in lines for word in line.split())
    if not FEWEST_WORDS <= count <= MOST_WORDS:
        what = f"{count:,} words of prose"
        mend = f"a lesson has {FEWEST_WORDS} to {MOST_WORDS:,}"
        yield Found(Spot(topic.lesson.path), what, mend)


def fixed_sections(topic: TopicContent) -> Iterator[Found]:
    """T07, error: first Why it matters, one What goes wrong, last Recall and then Answers."""
    if topic.lesson is None:
        return
    path, sections = topic.lesson.path, topic.lesson.sections
    headings = [section.heading for section in sections]
    fixed = ((0, "first", FIRST), (-2, "last but one", QUESTIONS), (-1, "last", markdown.ANSWERS))
    for place, where, wanted in fixed:
        if headings[place:][:1] != [wanted]:
            found = sections[max(place, -len(sections))]
            spot = Spot(path, line=found.line)
            what = f"the {where} section is `{found.heading}`"
            yield Found(spot, what, f"it is `{wanted}`")
    if (count := headings.count(NEEDED)) != 1:
        what = f"{count} sections `{NEEDED}`" if count else f"has no section `{NEEDED}`"
        yield Found(Spot(path), what, "a lesson has one")


def pages(topic: TopicContent) -> Iterator[Found]:
    """T08, error: a section is one page of at most 100 lines."""
    if topic.lesson is None:
        return
    for section in topic.lesson.sections:
        count = section.body.count("\n") + 1
        if count > SECTION_LINES:
            what = f"`{section.heading}` has {count} lines, at most {SECTION_LINES}"
            yield Found(Spot(topic.lesson.path, line=section.line), what, "split it")


def no_title(topic: TopicContent) -> Iterator[Found]:
    """T09, error: no `# Title` in a text: the title is in topic.yaml."""
    for text in texts(topic):
        for number, line in prose_lines(text.source):
            if line.startswith("# "):
                spot = Spot(text.path, line=number)
                yield Found(spot, "a `# Title`", "the title is in topic.yaml")


def snippet_lines(topic: TopicContent) -> Iterator[Found]:
    """T10, error: a snippet has at most 25 lines."""
    for text, fence in _fences(topic):
        count = len(fence.code.split("\n"))
        if fence.language not in SHOWN and count > FENCE_LINES:
            what = f"{count} lines of code, at most {FENCE_LINES}"
            yield Found(Spot(text.path, line=fence.line), what, "split it with `after=`")


def columns(topic: TopicContent) -> Iterator[Found]:
    """T11, error: lines of snippets, outputs and diagrams have at most 72 columns."""
    for text, fence in _fences(topic):
        for number, line in enumerate(fence.code.split("\n"), fence.line + 1):
            if (count := width(line)) > COLUMNS:
                spot = Spot(text.path, line=number, column=COLUMNS + 1)
                yield Found(spot, f"{count} columns, at most {COLUMNS}", "break the line")


def fences_say_whether_they_run(topic: TopicContent) -> Iterator[Found]:
    """T12, error: a fence says `run` or `norun="why"`, or shows text or output."""
    for text, fence in _fences(topic):
        stated = {"run", "norun"} & set(fence.attributes)
        if fence.malformed is None and not stated and fence.language not in SHOWN:
            what = f"a {fence.language} fence" if fence.language else "a fence without a language"
            mend = 'say `run` or `norun="why"`, or make it `text`'
            yield Found(Spot(text.path, line=fence.line), f"{what} does not say if it runs", mend)


def fences_readable(topic: TopicContent) -> Iterator[Found]:
    """T13, error: a fence is closed, its attributes are known, what it continues is there."""
    for text in texts(topic):
        for fence, why in snippets(text.source)[1]:
            yield Found(Spot(text.path, line=fence.line), f"fence: {why}", "see CONTRIBUTING")


# ---------------------------------------------------------------- helpers


def texts(topic: TopicContent) -> list[Text]:
    """The Markdown files that a topic has."""
    found = (topic.lesson, topic.cheatsheet, topic.troubleshooting)
    return [text for text in found if text is not None]


@lru_cache(maxsize=16)
def fences(source: str) -> tuple[markdown.Fence, ...]:
    """The fences of a text; each rule asks for those of the same few texts in turn."""
    return markdown.fences(source)


def _fences(topic: TopicContent) -> Iterator[tuple[Text, markdown.Fence]]:
    for text in texts(topic):
        for fence in fences(text.source):
            yield text, fence


def width(line: str) -> int:
    """Columns that a line takes in a terminal."""
    if line.isascii():
        return len(line)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return len(line) + wide - sum(unicodedata.combining(c) > 0 for c in line)


def prose_lines(source: str) -> Iterator[tuple[int, str]]:
    """The lines outside fences, with their numbers."""
    inside = {number for fence in fences(source) for number in range(fence.line, fence.end + 1)}
    lines = enumerate(source.split("\n"), 1)
    return ((number, line) for number, line in lines if number not in inside)
