"""What a rule is given and what it returns: an item with its place, and findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Option, Question
    from nexus_tui.catalog.problems import Severity
    from nexus_tui.catalog.reader import TopicContent


class Spot(NamedTuple):
    """A place in a file of the pack: a line, or keys of YAML whose line is looked up later."""

    path: str
    question: str | None = None
    keys: tuple[str | int, ...] = ()
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Found:
    """One finding: where, what is wrong with the value measured, how to mend it."""

    at: Spot
    message: str
    mend: str
    severity: Severity | None = None
    """Where it is not that of the rule."""
    others: tuple[str, ...] = ()
    """Ids of further questions of the same bank whose waiver counts as well."""


@dataclass(frozen=True)
class Item:
    """A question as it is shown, with the file it stands in."""

    path: str
    question: Question

    def at(self, *keys: str | int) -> Spot:
        """The place of a part of the question."""
        return Spot(self.path, self.question.id, keys)

    def found(self, *keys: str | int, what: str, mend: str, **more: Any) -> Found:
        """A finding at a part of the question."""
        return Found(self.at(*keys), what, mend, **more)

    @property
    def options(self) -> tuple[Option, ...]:
        """What is chosen from; empty for kinds without options."""
        question = self.question
        if question.kind == "choice" or question.kind == "choices":
            return question.options
        return ()

    @property
    def keys(self) -> list[str]:
        """The texts of the right options."""
        return [option.text for option in self.options if option.correct]

    @property
    def distractors(self) -> list[str]:
        """The texts of the wrong options."""
        return [option.text for option in self.options if not option.correct]


def bank_of(topic: TopicContent) -> str:
    """The path of a topic's questions."""
    return f"{topic.path}/quiz.yaml"


def items(topic: TopicContent) -> tuple[Item, ...]:
    """The questions of a topic with their place."""
    return tuple(Item(bank_of(topic), question) for question in topic.questions)
