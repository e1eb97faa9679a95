"""Is the answer right, how much of it, and what is said about it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learning.grading import (
    Grade,
    Verdict,
    explain,
    explanations,
    first_sentence,
    grade,
    normalise,
    right_answer,
)
from nexus_tui.learning.responses import Arranged, Chosen, Response, Typed
from tests.builders import (
    choice,
    choice_question,
    choices,
    choices_question,
    option,
    order,
    order_question,
    question,
    short,
    short_question,
)

if TYPE_CHECKING:
    from nexus_tui.catalog.models import OrderQuestion, ShortQuestion

RIGHT = Grade(Verdict.RIGHT, 1.0)
WRONG = Grade(Verdict.WRONG, 0.0)
NEAR = Grade(Verdict.NEAR, 0.0)


# ---------------------------------------------------------------- choice


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("right",), RIGHT),
        (("left",), WRONG),
        ((), WRONG),
        (("right", "left"), WRONG),
        (("right", "left", "middle"), WRONG),
        (("unknown",), WRONG),
    ],
)
def test_a_choice_is_right_or_wrong(chosen: tuple[str, ...], expected: Grade) -> None:
    assert grade(choice_question(), Chosen(chosen)) == expected


# ---------------------------------------------------------------- choices


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("k1", "k2"), RIGHT),
        (("k2", "k1"), RIGHT),
        (("k1", "k1", "k2"), RIGHT),
        (("k1",), Grade(Verdict.PARTIAL, 0.5)),
        (("k1", "k2", "d1"), Grade(Verdict.PARTIAL, 0.5)),
        (("k1", "d1"), WRONG),
        (("d1",), WRONG),
        ((), WRONG),
        (("k1", "k2", "d1", "d2"), WRONG),
        (("k1", "unknown"), WRONG),
    ],
)
def test_choices_give_a_share_for_hits_less_false_alarms(
    chosen: tuple[str, ...], expected: Grade
) -> None:
    assert grade(choices_question(2, 2), Chosen(chosen)) == expected


@pytest.mark.parametrize(
    ("keys", "others"), [(k, o) for k in range(2, 9) for o in range(1, 8) if 3 <= k + o <= 9]
)
def test_ticking_everything_or_nothing_scores_nothing(keys: int, others: int) -> None:
    asked = choices_question(keys, others)
    everything = tuple(option.id for option in asked.options)
    assert grade(asked, Chosen(everything)) == WRONG
    assert grade(asked, Chosen(())) == WRONG


@pytest.mark.parametrize(("keys", "others"), [(2, 1), (2, 3), (3, 2), (4, 1)])
def test_choices_score_one_when_and_only_when_right(keys: int, others: int) -> None:
    asked = choices_question(keys, others)
    ids = [option.id for option in asked.options]
    right = {option.id for option in asked.options if option.correct}
    for size in range(len(ids) + 1):
        for chosen in combinations(ids, size):
            found = grade(asked, Chosen(chosen))
            assert 0 <= found.score <= 1
            assert (found.score == 1) == (set(chosen) == right) == (found.verdict is Verdict.RIGHT)
            assert (found.verdict is Verdict.WRONG) == (found.score == 0)


# ---------------------------------------------------------------- short: text


@pytest.mark.parametrize(
    "typed",
    [
        "select_related",
        "  select_related\n",
        "SELECT_Related",
        "`select_related`",
        "select_related.",
        "select_related;",
        "select_related ;",
    ],
)
def test_case_spaces_code_quotes_and_a_final_stop_do_not_matter(typed: str) -> None:
    assert grade(short_question(accept=["select_related"]), Typed(typed)) == RIGHT


@pytest.mark.parametrize(
    ("accept", "typed"),
    [
        ("docker build .", "docker build"),
        ("cd ..", "cd"),
        ("cd ..", "cd ."),
        ("git add .", "git add"),
        (";", ""),
        (".", ""),
        ("a b", "ab"),
        ("a-b", "a b"),
        ("x()", "x"),
        ("café", "cafe"),
    ],
)
def test_what_makes_another_answer_matters(accept: str, typed: str) -> None:
    assert grade(short_question(accept=[accept]), Typed(accept)) == RIGHT
    assert grade(short_question(accept=[accept]), Typed(typed)) == WRONG


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a  b", RIGHT),
        ("a\tb", RIGHT),
        ("a\u00a0b", RIGHT),
        ("don\u2019t", RIGHT),
        ("don't", RIGHT),
        ("STRASSE", RIGHT),
        ("", WRONG),
        (" ", WRONG),
        (".", WRONG),
        ("`", WRONG),
    ],
)
def test_typed_answers_are_compared_in_one_form(typed: str, expected: Grade) -> None:
    asked = short_question(accept=["a b", "don't", "straße"])
    assert grade(asked, Typed(typed)) == expected


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text("ab .;`", max_size=8))
def test_nothing_is_accepted_for_something(text: str) -> None:
    if text.replace("`", "").strip():
        assert normalise(text)


def test_a_nearly_right_answer_is_near_and_scores_nothing() -> None:
    asked = short_question(
        accept=["prefetch_related"],
        near=[{"text": "prefetch", "why": "It is its first half."}],
        wrong=[{"text": "select_related", "why": "That joins."}],
    )
    assert grade(asked, Typed("Prefetch")) == NEAR
    assert grade(asked, Typed("select_related")) == WRONG
    assert grade(asked, Typed("something")) == WRONG


# ---------------------------------------------------------------- short: numbers


def number(value: float, tolerance: float = 0, unit: str | None = None) -> ShortQuestion:
    key: dict[str, Any] = {"value": value, "tolerance": tolerance}
    return short_question(number=key | ({"unit": unit} if unit else {}))


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (200, "200"),
        (200, "+200"),
        (200, "200.0"),
        (200, "200."),
        (-3, "-3"),
        (1000, "1,000"),
        (1000, "1 000"),
        (1000, "1_000"),
        (1000, "1\u00a0000"),
        (1000, "1\u202f000"),
        (1_234_567, "1,234,567"),
        (1234.5, "1,234.5"),
        (0.5, "0.5"),
        (0.5, ".5"),
        (-0.5, "-.5"),
        (0.1 + 0.2, "0.3"),
        (7, "007"),
    ],
)
def test_a_number_may_be_written_as_people_write_it(value: float, typed: str) -> None:
    assert grade(number(value), Typed(typed)) == RIGHT


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (200, "201"),
        (200, "-200"),
        (200, "20"),
        (200, "two hundred"),
        (200, "about 200"),
        (200, "200 or 300"),
        (200, "200-300"),
        (200, "200,5"),
        (200, "2,00"),
        (200, "200e3"),
        (200, "200.5.1"),
        (1, "1,5"),
        (5, "5/6"),
        (200, ""),
        (200, "."),
        (200, "- 200"),
        (0, "-"),
    ],
)
def test_another_number_or_two_at_once_are_wrong(value: float, typed: str) -> None:
    assert grade(number(value), Typed(typed)) == WRONG


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("95", RIGHT), ("105", RIGHT), ("100", RIGHT), ("94.9", WRONG), ("105.1", WRONG)],
)
def test_a_number_is_right_up_to_its_tolerance(typed: str, expected: Grade) -> None:
    assert grade(number(100, 5), Typed(typed)) == expected


@pytest.mark.parametrize(
    ("unit", "typed", "expected"),
    [
        ("requests", "200", RIGHT),
        ("requests", "200 requests", RIGHT),
        ("requests", "200 request", RIGHT),
        ("requests", "200requests", RIGHT),
        ("requests", "200 Requests.", RIGHT),
        ("query", "200 queries", RIGHT),
        ("queries", "200 query", RIGHT),
        ("queries", "200 queries", RIGHT),
        ("ms", "200ms", RIGHT),
        ("%", "200 %", RIGHT),
        ("%", "200%", RIGHT),
        ("m2", "200 m2", RIGHT),
        ("ms", "200 s", NEAR),
        ("ms", "200 seconds", NEAR),
        ("ms", "201 ms", WRONG),
        ("ms", "200 or 300 ms", WRONG),
        (None, "200 queries", RIGHT),
        (None, "200 ms", RIGHT),
    ],
)
def test_the_unit_may_be_left_out_and_another_one_is_near(
    unit: str | None, typed: str, expected: Grade
) -> None:
    assert grade(number(200, unit=unit), Typed(typed)) == expected


def test_text_and_number_may_both_be_keys() -> None:
    asked = short_question(accept=["twice"], number={"value": 2})
    assert grade(asked, Typed("Twice")) == grade(asked, Typed("2")) == RIGHT


def test_a_foreseen_number_is_near_where_the_key_says_so() -> None:
    asked = short_question(number={"value": 10}, near=[{"text": "11", "why": "One too many."}])
    assert grade(asked, Typed("11")) == NEAR
    assert grade(asked, Typed("12")) == WRONG


@given(st.text(max_size=30))
def test_any_typed_text_is_graded(text: str) -> None:
    asked = short_question(accept=["yes"], number={"value": 1, "unit": "ms"})
    found = grade(asked, Typed(text))
    assert (found.score == 1) == (found.verdict is Verdict.RIGHT)
    assert found.score in {0, 1}


# ---------------------------------------------------------------- order


def arranged(*lines: str | tuple[str, int]) -> Arranged:
    return Arranged(tuple((line, 0) if isinstance(line, str) else line for line in lines))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("l1", "l2", "l3", "l4"), RIGHT),
        (("l1", "l2", "l4", "l3"), Grade(Verdict.PARTIAL, 0.75)),
        (("l1", "l2", "l3"), Grade(Verdict.PARTIAL, 0.75)),
        (("l2", "l3", "l4", "l1"), Grade(Verdict.PARTIAL, 0.75)),
        (("l1", "l2"), Grade(Verdict.PARTIAL, 0.5)),
        (("l1", "l2", "x1"), Grade(Verdict.WRONG, 0.25)),
        (("l4", "l3", "l2", "l1"), Grade(Verdict.WRONG, 0.25)),
        (("l1", "x1", "l2", "l3", "l4"), Grade(Verdict.PARTIAL, 0.75)),
        (("l1", "l2", "l3", "l4", "x1"), Grade(Verdict.PARTIAL, 0.75)),
        (("x1", "l1", "l2", "l3", "l4", "x2"), Grade(Verdict.PARTIAL, 0.5)),
        (("x1", "x2"), WRONG),
        ((), WRONG),
        (("l1", "l1", "l2", "l3", "l4"), Grade(Verdict.PARTIAL, 0.75)),
        (("l1", "l2", "l3", "l4", "unknown"), Grade(Verdict.PARTIAL, 0.75)),
    ],
)
def test_an_order_gives_the_share_that_is_in_order_less_the_decoys(
    lines: tuple[str, ...], expected: Grade
) -> None:
    assert grade(order_question(lines=4, decoys=2), arranged(*lines)) == expected


def order_of(*lines: dict[str, Any]) -> OrderQuestion:
    found = question(order(decoys=0) | {"lines": list(lines)})
    assert found.kind == "order"
    return found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((("def", 0), ("for", 1), ("use", 2)), RIGHT),
        ((("def", 0), ("for", 1), ("use", 1)), Grade(Verdict.PARTIAL, 2 / 3)),
        ((("def", 0), ("for", 0), ("use", 0)), Grade(Verdict.WRONG, 1 / 3)),
        ((("def", 1), ("for", 2), ("use", 3)), WRONG),
    ],
)
def test_indentation_counts(lines: tuple[tuple[str, int], ...], expected: Grade) -> None:
    asked = order_of(
        {"id": "def", "text": "def f():"},
        {"id": "for", "text": "for x in xs:", "indent": 1},
        {"id": "use", "text": "use(x)", "indent": 2},
    )
    assert grade(asked, arranged(*lines)) == expected


def test_lines_with_one_text_may_change_places() -> None:
    texts = ["begin", "end", "begin", "end"]
    asked = order_of(*({"id": f"l{n}", "text": text} for n, text in enumerate(texts)))
    assert grade(asked, arranged("l2", "l3", "l0", "l1")) == RIGHT
    assert grade(asked, arranged("l0", "l3", "l2", "l1")) == RIGHT
    assert grade(asked, arranged("l1", "l0", "l2", "l3")).verdict is Verdict.PARTIAL
    assert grade(asked, arranged("l0", "l0", "l0", "l0")).verdict is not Verdict.RIGHT


@given(st.lists(st.sampled_from(["l1", "l2", "l3", "x1"]), max_size=6))
def test_an_order_scores_one_when_and_only_when_right(lines: list[str]) -> None:
    found = grade(order_question(), arranged(*lines))
    assert 0 <= found.score <= 1
    assert (found.score == 1) == (lines == ["l1", "l2", "l3"]) == (found.verdict is Verdict.RIGHT)


# ---------------------------------------------------------------- the wrong kind of response


@pytest.mark.parametrize("parts", [choice(), choices(), short(accept=["a"]), order()])
@pytest.mark.parametrize("response", [Chosen(("a",)), Typed("a"), Arranged((("a", 0),))])
def test_a_response_of_another_kind_is_an_error(parts: dict[str, Any], response: Response) -> None:
    fits = {"choice": Chosen, "choices": Chosen, "short": Typed, "order": Arranged}
    if isinstance(response, fits[parts["kind"]]):
        assert grade(question(parts), response).score <= 1
    else:
        with pytest.raises(TypeError, match=f"no response to a {parts['kind']} question"):
            grade(question(parts), response)


# ---------------------------------------------------------------- what is said


def test_the_first_sentence_of_why_comes_first_then_what_tempted() -> None:
    options = [
        option("a", correct=True, why="It is so.\nIt stays so."),
        option("b", why="It  tempts."),
        option("c"),
    ]
    asked = choice_question(options=options)
    said = explain(asked, Chosen(("b",)))
    assert said.right == (("", "It is so. It stays so."),)
    assert first_sentence(said.right[0].why) == ("It is so.", "It stays so.")
    assert said.tempting == (("Text of b", "It tempts."),)
    assert explain(asked, Chosen(("a",))).tempting == ()


def test_every_wrong_tick_is_explained() -> None:
    said = explain(choices_question(2, 2), Chosen(("k1", "d1", "d2")))
    assert said.tempting == (("Text of d1", "Because of d1."), ("Text of d2", "Because of d2."))
    assert said.right == (("Text of k1", "Because of k1."), ("Text of k2", "Because of k2."))


def test_options_are_explained_by_their_numbers_where_they_were_shown() -> None:
    shown = ("d2", "k2", "d1", "k1")
    said = explain(choices_question(2, 2), Chosen(("k1", "d1", "d2")), shown)
    assert said.tempting == (("1", "Because of d2."), ("3", "Because of d1."))
    assert said.right == (("2", "Because of k2."), ("4", "Because of k1."))


@pytest.mark.parametrize(
    ("typed", "whys"),
    [("NEAR one.", ["Nearly."]), ("wrong one", ["Not at all."]), ("else", []), ("right", [])],
)
def test_a_foreseen_text_is_explained(typed: str, whys: list[str]) -> None:
    asked = short_question(
        accept=["right"],
        near=[{"text": "near one", "why": "Nearly."}],
        wrong=[{"text": "wrong one", "why": "Not at all."}],
    )
    assert explain(asked, Typed(typed)).tempting == tuple(("Your answer", why) for why in whys)


def test_a_kept_decoy_is_explained() -> None:
    asked = order_question(decoys=2)
    assert explain(asked, arranged("l1", "x2")).tempting == (
        ("decoy 2", "Decoy 2 does not belong."),
    )
    assert explain(asked, arranged("l1")).tempting == ()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (choice(), "Text of right"),
        (choices(), "Text of k1; Text of k2"),
        (choice(options=[option("a", text="`a` is", correct=True), option("b"), option("c")]),
         "a is"),
        (order() | {"lines": [{"id": c, "text": f"`{c}`"} for c in "abc"]}, "a\nb\nc"),
        (short(accept=["one", "1"]), "one"),
        (short(number={"value": 5, "unit": "ms"}), "5 ms"),
        (short(number={"value": 0.5}), "0.5"),
        (order() | {"lines": [{"id": c, "text": c, "indent": n} for n, c in enumerate("abc")]},
         "a\n    b\n        c"),
    ],
)  # fmt: skip
def test_the_right_answer_is_plain_text(parts: dict[str, Any], expected: str) -> None:
    assert right_answer(question(parts)) == expected


@pytest.mark.parametrize("parts", [choice(), choices(), order(decoys=2)])
def test_all_explanations_begin_with_the_right_ones(parts: dict[str, Any]) -> None:
    found = explanations(question(parts))
    rights = [answer.word == "right" for answer in found]
    assert rights == sorted(rights, reverse=True)
    assert rights[0]
    assert not rights[-1]
    assert all(answer.text and answer.why for answer in found)


def test_foreseen_texts_are_among_all_explanations() -> None:
    asked = short_question(accept=["right"], wrong=[{"text": "no", "why": "Not so."}])
    assert explanations(asked) == [
        ("right", "right", "It is so. And it stays so.", False),
        ("no", "not right", "Not so.", False),
    ]
