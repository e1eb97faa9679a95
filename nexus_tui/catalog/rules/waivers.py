"""`lint_ok`: a rule that is broken on purpose, and why; waivers themselves are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.rules.found import Found, Spot
from nexus_tui.catalog.rules.registry import NEVER_WAIVED, WAIVABLE

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from nexus_tui.catalog.reader import PackContent

EMPTY, UNUSED = "W01", "W02"


class Waivers:
    """The waivers of all questions and topics, and which of them were needed."""

    def __init__(self, content: PackContent) -> None:
        self._given: dict[tuple[str, str | None], Mapping[str, str]] = {}
        self._drawn: set[tuple[str, str | None]] = set()
        self._needed: set[tuple[tuple[str, str | None], str]] = set()
        for topic in content.topics:
            self._given[topic.path, None] = topic.topic.lint_ok
            for question in topic.questions:
                self._given[topic.path, question.id] = question.lint_ok
                if question.variants is not None:
                    self._drawn.add((topic.path, question.id))

    def cover(self, rule: str, found: Found) -> bool:
        """Is a finding waived: by its question, another one it names, or the topic?"""
        if rule not in WAIVABLE:
            return False
        folder = found.at.path.rpartition("/")[0]
        names = (found.at.question, *found.others)
        holders = [(folder, n) for n in names if rule in self._given.get((folder, n), {})]
        self._needed.update((holder, rule) for holder in holders)
        return bool(holders)

    def empty(self) -> Iterator[Found]:
        """W01, error: a waiver names a rule that can be waived, and says why."""
        for holder, rule, reason in self._all():
            if rule not in WAIVABLE:
                mend = NEVER_WAIVED.get(rule, "the rules stand in CONTRIBUTING")
                yield Found(_spot(holder, rule), f"a waiver of `{rule}`, which cannot be", mend)
            elif not reason.strip():
                yield Found(_spot(holder, rule), f"a waiver of {rule} without a reason", "say why")

    def unused(self, drawn: Container[tuple[str, str]]) -> Iterator[Found]:
        """W02, warning: a waiver is needed; what was not drawn may need it in a variant."""
        for holder, rule, _ in self._all():
            if rule not in WAIVABLE or (holder, rule) in self._needed:
                continue
            if holder not in self._drawn or holder in drawn:
                what = f"the waiver of {rule} is not needed"
                yield Found(_spot(holder, rule), what, "take it out")

    def _all(self) -> Iterator[tuple[tuple[str, str | None], str, str]]:
        for holder, given in self._given.items():
            for rule, reason in given.items():
                yield holder, rule, reason


def _spot(holder: tuple[str, str | None], rule: str) -> Spot:
    folder, question = holder
    if question is None:
        return Spot(f"{folder}/topic.yaml", None, ("lint_ok", rule))
    return Spot(f"{folder}/quiz.yaml", question, ("lint_ok", rule))
