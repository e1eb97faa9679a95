"""A placement finds what is known within 25 questions, and claims no more than answers say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_tui.learning.placement import (
    KNOWN,
    MOST,
    MOST_OF_ONE,
    NEW,
    Field,
    Given,
    Standing,
    Topic,
    guess_of,
)
from tests import builders

EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True)


def field(requires: list[list[int]], questions: int = 9) -> Field:
    """Topics t0, t1, …; each requires some of those before it, and what those require."""
    closed: list[set[int]] = []
    for own in requires:
        closed.append(set(own).union(*(closed[n] for n in own)))
    return Field(
        [
            Topic(f"t{n}", frozenset(f"t{k}" for k in below), questions)
            for n, below in enumerate(closed)
        ]
    )


def _requirements(sizes: st.SearchStrategy[int], most: int) -> st.SearchStrategy[list[list[int]]]:
    def below(size: int) -> st.SearchStrategy[list[list[int]]]:
        each = [
            st.lists(st.integers(0, n - 1), max_size=most, unique=True) if n else st.just([])
            for n in range(size)
        ]
        return st.tuples(*each).map(list)

    return sizes.flatmap(below)


small = _requirements(st.integers(1, 7), 1)
large = _requirements(st.integers(8, 30), 3)


def sit(found: Field, known: set[str], seed: str = "s") -> list[Given]:
    """The answers of someone who knows just these topics, and never slips or guesses."""
    answers: list[Given] = []
    while (topic := found.next_topic(answers, seed)) is not None:
        answers.append(Given(topic, right=topic in known))
    return answers


def standings(found: Field, answers: list[Given]) -> dict[str, Standing]:
    return {c.topic: c.standing for c in found.conclude(answers)}


# ---------------------------------------------------------------- placed so


@EXAMPLES
@given(small)
def test_who_knows_nothing_is_placed_so(requires: list[list[int]]) -> None:
    found = field(requires)
    answers = sit(found, set())
    assert len(answers) <= MOST
    assert set(standings(found, answers).values()) == {Standing.NEW}


@EXAMPLES
@given(small)
def test_who_knows_all_is_placed_so(requires: list[list[int]]) -> None:
    found = field(requires)
    answers = sit(found, set(found.topics))
    assert len(answers) <= MOST
    assert set(standings(found, answers).values()) == {Standing.KNOWN}


@EXAMPLES
@given(small)
def test_who_knows_half_is_placed_so(requires: list[list[int]]) -> None:
    found = field(requires)
    known = {f"t{n}" for n in range((len(requires) + 1) // 2)}
    answers = sit(found, known)
    assert len(answers) <= MOST
    placed = standings(found, answers)
    assert {key for key, how in placed.items() if how is Standing.KNOWN} == known
    assert {key for key, how in placed.items() if how is Standing.NEW} == set(placed) - known


@EXAMPLES
@given(large, st.integers(0, 30))
def test_of_many_topics_nothing_false_is_concluded_and_what_was_not_settled_is_open(
    requires: list[list[int]], half: int
) -> None:
    found = field(requires)
    known = {f"t{n}" for n in range(min(half, len(requires)))}
    answers = sit(found, known)
    assert len(answers) <= MOST
    for key, how in standings(found, answers).items():
        assert how is Standing.OPEN or (how is Standing.KNOWN) == (key in known)


@EXAMPLES
@given(large, st.lists(st.booleans(), min_size=MOST + 5, max_size=MOST + 5))
def test_never_more_than_25_questions_whatever_is_answered(
    requires: list[list[int]], right: list[bool]
) -> None:
    found = field(requires)
    answers: list[Given] = []
    while (topic := found.next_topic(answers, "s")) is not None:
        answers.append(Given(topic, right=right[len(answers)]))
    assert len(answers) <= MOST
    asked = [given.topic for given in answers]
    assert all(asked.count(topic) <= MOST_OF_ONE for topic in asked)


def test_it_stops_early_once_all_is_settled() -> None:
    found = field([[], [0], [1]])
    assert len(sit(found, set(found.topics))) < 6


def test_it_stops_where_there_is_no_question_left() -> None:
    found = field([[], []], questions=1)
    answers = sit(found, {"t0"})
    assert len(answers) == 2
    assert Standing.OPEN in standings(found, answers).values()


def test_without_topics_there_is_nothing_to_ask() -> None:
    assert Field([]).next_topic([], "s") is None
    assert Field([]).conclude([]) == ()


def test_the_same_seed_asks_the_same_and_between_equals_the_seed_decides() -> None:
    found = field([[], [], [], []])
    assert sit(found, {"t0"}, "x") == sit(found, {"t0"}, "x")
    assert len({found.next_topic([], str(seed)) for seed in range(20)}) > 1


# ---------------------------------------------------------------- evidence


def test_right_on_a_harder_topic_speaks_for_what_it_requires() -> None:
    found = field([[], [0], []])
    before, after = found.start(), found.chances([Given("t1", right=True)])
    assert after["t0"] > before["t0"]
    assert after["t2"] == before["t2"]


def test_wrong_on_an_easier_topic_speaks_against_what_requires_it() -> None:
    found = field([[], [0], [1]])
    before, after = found.start(), found.chances([Given("t0", right=False)])
    assert after["t2"] < before["t2"] / 2


def test_two_topics_that_share_a_requirement_move_together() -> None:
    found = field([[], [0], [0]])
    before, after = found.start(), found.chances([Given("t1", right=True)])
    assert before["t2"] < after["t2"] < after["t1"] <= after["t0"]


def test_a_chain_follows_bayes_rule_exactly() -> None:
    """All states of a chain written out: none, the first, both."""
    found = field([[], [0]])
    p0, p1 = found.start()["t0"], found.start()["t1"]
    states = {frozenset(): 1 - p0, frozenset({"t0"}): p0 - p1, frozenset({"t0", "t1"}): p1}
    answers = [Given("t1", True, 0.25), Given("t0", False, 0.5), Given("t1", True, 0.1)]
    for one in answers:
        for state in states:
            right = 0.9 if one.topic in state else one.guess
            states[state] *= right if one.right else 1 - right
    whole = sum(states.values())
    chances = found.chances(answers)
    for key in ("t0", "t1"):
        exact = sum(p for state, p in states.items() if key in state) / whole
        assert abs(chances[key] - exact) < 1e-12


@EXAMPLES
@given(large, st.lists(st.tuples(st.integers(0, 29), st.booleans()), max_size=25))
def test_chances_stay_chances_and_nothing_is_likelier_than_what_it_requires(
    requires: list[list[int]], said: list[tuple[int, bool]]
) -> None:
    found = field(requires)
    answers = [Given(f"t{n % len(requires)}", right) for n, right in said]
    chances = found.chances(answers)
    for key, topic in found.topics.items():
        assert 0 <= chances[key] <= 1
        assert all(chances[key] <= chances[below] for below in topic.requires)


def test_a_right_guess_says_less_where_guessing_is_easy() -> None:
    found = field([[]])
    typed = found.chances([Given("t0", right=True, guess=0.05)])
    chosen = found.chances([Given("t0", right=True, guess=0.5)])
    assert typed["t0"] > chosen["t0"] > found.start()["t0"]


def test_one_wrong_answer_settles_nothing_and_one_right_answer_settles_no_root() -> None:
    found = field([[]])
    assert found.chances([Given("t0", right=False)])["t0"] > NEW
    assert found.chances([Given("t0", right=True)])["t0"] < KNOWN


def test_a_conclusion_names_what_speaks_for_it_and_against_it() -> None:
    found = field([[], [0], [1]])
    low, middle, high = found.conclude([Given("t1", right=True), Given("t0", right=False)])
    assert (low.right, low.asked, low.above, low.below) == (0, 1, ("t1",), ())
    assert (middle.right, middle.asked, middle.above) == (1, 1, ())
    assert (high.below, high.asked) == (("t0",), 0)


def test_what_was_missed_before_or_here_is_not_known_by_way_of_others() -> None:
    found = field([[], [0], [1]])
    sure = [Given("t2", right=True, guess=0.05)] * 3
    assert set(standings(found, sure).values()) == {Standing.KNOWN}
    placed = {c.topic: c.standing for c in found.conclude(sure, missed={"t0"})}
    assert placed["t0"] is Standing.OPEN and placed["t1"] is Standing.KNOWN
    assert found.next_topic(sure, "s", missed={"t0"}) == "t0", "it is asked about instead"
    itself = [*sure, Given("t0", right=True)]
    assert {c.standing for c in found.conclude(itself, missed={"t0"})} == {Standing.KNOWN}
    here = standings(found, [*sure, Given("t0", right=False)])
    assert here["t0"] is not Standing.KNOWN


@EXAMPLES
@given(large, st.lists(st.tuples(st.integers(0, 29), st.booleans()), max_size=25))
def test_what_is_new_was_mostly_missed_or_requires_something_that_is_new(
    requires: list[list[int]], said: list[tuple[int, bool]]
) -> None:
    found = field(requires)
    concluded = found.conclude([Given(f"t{n % len(requires)}", right) for n, right in said])
    new = {c.topic for c in concluded if c.standing is Standing.NEW}
    assert all(
        2 * c.right < c.asked or new.intersection(c.below) for c in concluded if c.topic in new
    )


def test_guessing_is_rated_by_kind() -> None:
    kinds = {
        "choice": builders.choice(),
        "choices": builders.choices(),
        "short": builders.short(accept=["x"]),
        "line": builders.faulty(),
    }
    guesses = {name: guess_of(builders.question(parts)) for name, parts in kinds.items()}
    assert guesses == {"choice": 1 / 3, "choices": 0.10, "short": 0.05, "line": 0.25}
