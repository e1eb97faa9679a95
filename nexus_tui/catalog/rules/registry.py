"""All rules in one table; severities and sources are those of the docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nexus_tui.catalog.rules import (
    banks,
    explanations,
    lessons,
    links,
    options,
    stems,
    topics,
    twins,
    wording,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nexus_tui.catalog.problems import Severity
    from nexus_tui.catalog.reader import PackContent, TopicContent
    from nexus_tui.catalog.rules.found import Found, Item


class QuestionRule(NamedTuple):
    """A rule that one question keeps or breaks; variants are held to it as well."""

    id: str
    severity: Severity
    check: Callable[[Item], Iterator[Found]]


class TopicRule(NamedTuple):
    """A rule for the files of a topic."""

    id: str
    severity: Severity
    check: Callable[[TopicContent], Iterator[Found]]


class PackRule(NamedTuple):
    """A rule for all topics together."""

    id: str
    severity: Severity
    check: Callable[[PackContent], Iterator[Found]]


QUESTION_RULES = (
    QuestionRule("L01", "error", options.number_of_options),
    QuestionRule("L02", "error", options.one_key),
    QuestionRule("L03", "error", options.unique_options),
    QuestionRule("L04", "error", options.key_not_longest),
    QuestionRule("L05", "warning", options.key_not_shortest),
    QuestionRule("L06", "warning", options.similar_lengths),
    QuestionRule("L07", "error", wording.no_option_of_options),
    QuestionRule("L08", "error", stems.asks_positively),
    QuestionRule("L09", "warning", wording.no_splitting_absolutes),
    QuestionRule("L10", "warning", wording.no_hedge_in_key),
    QuestionRule("L11", "warning", stems.no_clang),
    QuestionRule("L12", "warning", wording.one_grammar),
    QuestionRule("L13", "warning", wording.parallel_detail),
    QuestionRule("L14", "warning", options.no_convergence),
    QuestionRule("L15", "error", options.no_overlap),
    QuestionRule("L16", "warning", options.amounts_in_order),
    QuestionRule("L17", "error", stems.focused),
    QuestionRule("L18", "warning", options.common_prefix),
    QuestionRule("L19", "error", explanations.explained),
    QuestionRule("L20", "error", explanations.error_named),
    QuestionRule("L21", "warning", wording.plausible),
    QuestionRule("L23", "warning", options.no_trick_by_spelling),
    QuestionRule("L24", "warning", stems.fits_a_screen),
    QuestionRule("L27", "error", stems.no_true_or_false),
    QuestionRule("L28", "warning", wording.no_vague_amounts),
    QuestionRule("L29", "warning", stems.dated),
    QuestionRule("L31", "warning", stems.code_is_run),
    QuestionRule("L33", "error", explanations.no_positions),
    QuestionRule("L34", "warning", wording.inclusive),
)
TOPIC_RULES = (
    TopicRule("L20", "error", banks.errors_spread),
    TopicRule("L25", "warning", banks.not_given_away),
    TopicRule("L30", "error", banks.little_remembering),
    TopicRule("T01", "error", topics.questions_for_each_objective),
    TopicRule("T02", "error", topics.all_parts),
    TopicRule("T03", "error", topics.kinds_of_a_topic),
    TopicRule("T05", "error", topics.families),
    TopicRule("T06", "warning", lessons.words_of_a_lesson),
    TopicRule("T07", "error", lessons.fixed_sections),
    TopicRule("T08", "error", lessons.pages),
    TopicRule("T09", "error", lessons.no_title),
    TopicRule("T10", "error", lessons.snippet_lines),
    TopicRule("T11", "error", lessons.columns),
    TopicRule("T12", "error", lessons.fences_say_whether_they_run),
    TopicRule("T13", "error", lessons.fences_readable),
    TopicRule("T14", "warning", topics.symptoms),
)
PACK_RULES = (
    PackRule("L08", "error", banks.few_negative_stems),
    PackRule("L09", "warning", banks.absolutes_balanced),
    PackRule("L10", "warning", banks.hedges_balanced),
    PackRule("L26", "error", banks.positions_balanced),
    PackRule("L32", "warning", twins.no_twins),
    PackRule("T04", "error", topics.kinds_of_a_track),
    PackRule("T15", "error", links.links),
)
ALL = (*QUESTION_RULES, *TOPIC_RULES, *PACK_RULES)
NEVER_WAIVED = {
    "L02": "a key that is not the only one is mended",
    "L22": "`source` has to resolve, or the question is not read",
}
"""Rules that reading enforces, wholly or in part."""
WAIVABLE = frozenset({rule.id for rule in ALL}) - NEVER_WAIVED.keys()
