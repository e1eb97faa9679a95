"""Structure a program can check beyond reading: what a topic is made of, and its widths."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nexus_tui.catalog import draws, markdown
from nexus_tui.catalog.keys import ambiguity
from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.variants import weight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.catalog.reader import PackContent, Text, TopicContent

QUESTIONS_AN_OBJECTIVE = 3
SECTION_LINES = 100
COLUMNS = 72
FENCE_LINES = 25
CODE = {"python", "sql", "sh"}
"""Languages of which every fence says whether it runs."""


def lint(root: Path, *, run_code: bool = False) -> list[Problem]:
    """All problems of the pack in `root`, by file and line.

    Variants are drawn where `run_code` says that the pack's code may run; else it is a
    problem that they were not.
    """
    content, problems = read_pack(root)
    if content is not None:
        problems = [*problems, *_findings(content), *draws.problems(content, run_code=run_code)]
    return sorted(problems)


def _findings(content: PackContent) -> Iterator[Problem]:
    for topic in content.topics:
        yield from _topic(topic)
        for text in (topic.lesson, topic.cheatsheet, topic.troubleshooting):
            if text is not None:
                yield from _text(text)


def _topic(content: TopicContent) -> Iterator[Problem]:
    quiz = f"{content.path}/quiz.yaml"
    if content.questions:
        counts: Counter[str] = Counter()
        for question in content.questions:
            counts[question.objective] += weight(question)
            if (why := ambiguity(question)) is not None:
                text = f"question `{question.id}` has more than one key: {why}"
                yield Problem(quiz, 1, 1, text, "key")
        for objective in content.topic.objectives:
            found = counts[objective.id]
            if found < QUESTIONS_AN_OBJECTIVE:
                text = f"the objective `{objective.id}` has {found} questions, needs "
                yield Problem(quiz, 1, 1, f"{text}{QUESTIONS_AN_OBJECTIVE}", "coverage")
    if content.lesson is None:
        return
    present = (bool(content.questions), content.cheatsheet, content.troubleshooting)
    for name, there in zip(
        ("quiz.yaml", "cheatsheet.md", "troubleshooting.md"), present, strict=True
    ):
        if not there:
            path = f"{content.path}/{name}"
            yield Problem(path, 1, 1, "is missing: a topic with a lesson has it", "parts")
    yield from _lesson(content.lesson)


def _lesson(lesson: Text) -> Iterator[Problem]:
    sections = lesson.sections
    headings = [section.heading for section in sections]
    for place, wanted in ((0, "Why it matters"), (-1, "Recall")):
        if headings[place] != wanted:
            where = "first" if place == 0 else "last"
            text = f"the {where} section is `{headings[place]}`, expected `{wanted}`"
            yield Problem(lesson.path, sections[place].line, 1, text, "sections")
    if "What goes wrong" not in headings:
        yield Problem(lesson.path, 1, 1, "has no section `What goes wrong`", "sections")
    for section in sections:
        length = section.body.count("\n") + 1
        if length > SECTION_LINES:
            text = f"`{section.heading}` has {length} lines, at most {SECTION_LINES}: split it"
            yield Problem(lesson.path, section.line, 1, text, "paging")


def _text(text: Text) -> Iterator[Problem]:
    for number, line in enumerate(text.source.split("\n"), 1):
        if line.startswith("# ") and number == 1:
            yield Problem(text.path, 1, 1, "a `# Title`: the title is in topic.yaml", "sections")
    for fence in markdown.fences(text.source):
        if fence.malformed:
            yield Problem(text.path, fence.line, 1, f"fence: {fence.malformed}", "fence")
        elif fence.language in CODE and not {"run", "norun"} & set(fence.attributes):
            what = f'a {fence.language} fence says `run` or `norun="why"`'
            yield Problem(text.path, fence.line, 1, what, "fence")
        lines = fence.code.split("\n")
        if fence.language in CODE and len(lines) > FENCE_LINES:
            what = f"{len(lines)} lines of code, at most {FENCE_LINES}"
            yield Problem(text.path, fence.line, 1, what, "fence")
        for number, line in enumerate(lines, fence.line + 1):
            if len(line) > COLUMNS:
                what = f"{len(line)} columns, at most {COLUMNS}"
                yield Problem(text.path, number, COLUMNS + 1, what, "width")
