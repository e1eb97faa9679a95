"""Names that lead nowhere, stand twice or go round: each is named, the rest goes on."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.references import find_cycle
from tests.builders import (
    challenge_file,
    checklist_file,
    choice,
    make_pack,
    option,
    order,
    quiz_file,
    short,
    topic_file,
)

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.reader import PackContent

ALPHA = "topics/basics/alpha"


def read(root: Path, files: dict[str, str | None]) -> tuple[PackContent, list[str]]:
    content, problems = read_pack(make_pack(root, files))
    assert content is not None
    return content, [str(problem) for problem in problems]


def with_topics(root: Path, requires: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """Ids and problems of a pack with these topics and their prerequisites."""
    files: dict[str, str | None] = {
        f"topics/basics/{name}/topic.yaml": topic_file(name, requires=needed)
        for name, needed in requires.items()
    }
    content, problems = read(root, files)
    return [topic.topic.id for topic in content.topics], problems


# ---------------------------------------------------------------- prerequisites


def test_a_cycle_of_prerequisites_is_named_and_its_topics_are_left_out(tmp_path: Path) -> None:
    ids, problems = with_topics(
        tmp_path, {"gamma": ["delta"], "delta": ["epsilon"], "epsilon": ["gamma"]}
    )
    assert ids == ["alpha", "beta"]
    assert problems == [
        (
            "topics/basics/delta/topic.yaml:1:1: `requires` goes round in a circle: "
            "delta → epsilon → gamma → delta [structure]"
        )
    ]


def test_two_cycles_are_both_named_and_left_out(tmp_path: Path) -> None:
    ids, problems = with_topics(
        tmp_path, {"gamma": ["delta"], "delta": ["gamma"], "one": ["two"], "two": ["one"]}
    )
    assert ids == ["alpha", "beta"]
    assert [p.partition(": ")[2] for p in problems] == [
        "`requires` goes round in a circle: delta → gamma → delta [structure]",
        "`requires` goes round in a circle: one → two → one [structure]",
    ]


def test_a_topic_that_requires_itself_is_a_cycle(tmp_path: Path) -> None:
    ids, problems = with_topics(tmp_path, {"gamma": ["gamma"]})
    assert ids == ["alpha", "beta"]
    assert "in a circle: gamma → gamma" in problems[0]


def test_what_requires_a_topic_on_a_cycle_stays(tmp_path: Path) -> None:
    ids, _ = with_topics(tmp_path, {"gamma": ["gamma"], "delta": ["gamma"]})
    assert ids == ["alpha", "beta", "delta"]


names = st.sampled_from("abcdef")


@given(st.dictionaries(names, st.lists(names, max_size=3).map(tuple)))
def test_a_cycle_is_found_where_and_only_where_there_is_one(
    requires: dict[str, tuple[str, ...]],
) -> None:
    left = dict(requires)
    while free := [name for name, needed in left.items() if not set(needed) & set(left)]:
        for name in free:
            del left[name]
    cycle = find_cycle(requires)
    assert bool(cycle) == bool(left)
    if cycle:
        assert cycle[0] == cycle[-1]
        assert len(set(cycle)) == len(cycle) - 1
        for name, needed in itertools.pairwise(cycle):
            assert needed in requires[name]


@pytest.mark.parametrize("key", ["requires", "confusable"])
def test_an_unknown_topic_is_named_and_the_topic_stays(key: str, tmp_path: Path) -> None:
    changes = {key: ["nowhere"]}
    content, problems = read(
        tmp_path, {"topics/basics/beta/topic.yaml": topic_file("beta", **changes)}
    )
    assert [topic.topic.id for topic in content.topics] == ["alpha", "beta"]
    assert problems == [
        (
            f"topics/basics/beta/topic.yaml:1:1: `{key}` names the topic `nowhere`, "
            "which the pack has not [structure]"
        )
    ]


def test_stages_of_an_unknown_objective_are_named(tmp_path: Path) -> None:
    text = topic_file("beta", stages={"not-mine": ["x/y"]})
    _, problems = read(tmp_path, {"topics/basics/beta/topic.yaml": text})
    assert "`stages` names the objective `not-mine`, which the topic has not" in problems[0]


# ---------------------------------------------------------------- questions


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (choice(objective="nothing"), "objective `nothing`"),
        (choice(source="hearsay"), "source `hearsay`"),
        (
            choice(
                options=[option("a", correct=True), option("b", misconception="m"), option("c")]
            ),
            "misconception `m`",
        ),
        (
            short(accept=["a"], near=[{"text": "b", "why": "w", "misconception": "m"}]),
            "misconception `m`",
        ),
        (
            short(accept=["a"], wrong=[{"text": "b", "why": "w", "misconception": "m"}]),
            "misconception `m`",
        ),
        (
            order(decoys=1)
            | {"decoys": [{"id": "d", "text": "t", "why": "w", "misconception": "m"}]},
            "misconception `m`",
        ),
    ],
)
def test_a_question_that_names_what_its_topic_has_not_is_left_out(
    broken: dict[str, Any], what: str, tmp_path: Path
) -> None:
    broken = broken | {"id": "broken"}
    quiz = quiz_file(choice(), broken)
    content, problems = read(tmp_path, {f"{ALPHA}/quiz.yaml": quiz})
    assert [q.id for q in content.topics[0].questions] == ["a-choice"]
    assert problems == [
        (
            f"{ALPHA}/quiz.yaml:1:1: question `broken` names the {what}, "
            "which topic.yaml has not [structure]"
        )
    ]


def test_known_misconceptions_are_fine(tmp_path: Path) -> None:
    options = [option("a", correct=True), option("b", misconception="mixed-up"), option("c")]
    content, problems = read(tmp_path, {f"{ALPHA}/quiz.yaml": quiz_file(choice(options=options))})
    assert problems == []
    assert len(content.topics[0].questions) == 1


# ---------------------------------------------------------------- ids that stand twice


def test_a_second_question_with_one_id_is_named_and_left_out(tmp_path: Path) -> None:
    quiz = quiz_file(choice(stem="The first?"), choice(stem="The second?"))
    content, problems = read(tmp_path, {f"{ALPHA}/quiz.yaml": quiz})
    assert [q.stem for q in content.topics[0].questions] == ["The first?"]
    assert problems == [
        (
            f"{ALPHA}/quiz.yaml:1:1: the question id `a-choice` stands 2 times; "
            "ids are unique [structure]"
        )
    ]


def test_a_topic_in_two_tracks_is_named_and_kept_once(tmp_path: Path) -> None:
    track = {"title": "T", "summary": "S"}
    tracks = [{"id": "basics", **track}, {"id": "more", **track}]
    from tests.builders import pack_file

    content, problems = read(
        tmp_path,
        {
            "pack.yaml": pack_file(tracks=tracks),
            "topics/more/alpha/topic.yaml": topic_file("alpha"),
        },
    )
    assert [(t.track, t.topic.id) for t in content.topics] == [
        ("basics", "alpha"),
        ("basics", "beta"),
    ]
    assert problems == [
        (
            "topics/more/alpha/topic.yaml:1:1: the id `alpha` stands in the track `basics` too "
            "[structure]"
        )
    ]


@pytest.mark.parametrize(
    ("key", "what"),
    [("objectives", "objective"), ("misconceptions", "misconception"), ("sources", "source")],
)
def test_an_id_that_stands_twice_in_a_topic_is_named(key: str, what: str, tmp_path: Path) -> None:
    item = {"id": "twin", "text": "T"}
    if key == "sources":
        item = {"id": "twin", "title": "T", "url": "https://example.org", "as_of": "1"}
    text = topic_file("beta", **{key: [item, item]})
    _, problems = read(tmp_path, {"topics/basics/beta/topic.yaml": text})
    assert problems == [
        (
            f"topics/basics/beta/topic.yaml:1:1: the {what} id `twin` stands 2 times; "
            "ids are unique [structure]"
        )
    ]


@pytest.mark.parametrize(
    ("parts", "twin"),
    [
        (choice(options=[option("a", correct=True), option("b"), option("b")]), "b"),
        (order(decoys=0) | {"decoys": [{"id": "l1", "text": "t", "why": "w"}]}, "l1"),
    ],
)
def test_an_option_or_line_id_that_stands_twice_is_named(
    parts: dict[str, Any], twin: str, tmp_path: Path
) -> None:
    _, problems = read(tmp_path, {f"{ALPHA}/quiz.yaml": quiz_file(parts)})
    assert problems == [
        (
            f"{ALPHA}/quiz.yaml:1:1: the option of `{parts['id']}` id `{twin}` stands 2 times; "
            "ids are unique [structure]"
        )
    ]


# ---------------------------------------------------------------- checklists and challenges


def test_a_checklist_item_about_an_unknown_topic_is_named(tmp_path: Path) -> None:
    text = checklist_file("safe", item={"topic": "nowhere"})
    _, problems = read(tmp_path, {"checklists/safe.yaml": text})
    assert problems == [
        "checklists/safe.yaml:1:1: item `item` names the topic `nowhere`, unknown here [structure]"
    ]


def test_a_checklist_item_may_name_the_stage_that_trains_it(tmp_path: Path) -> None:
    text = checklist_file("safe", item={"stage": "slow/first"})
    files: dict[str, str | None] = {
        "challenges/slow/challenge.yaml": challenge_file("slow"),
        "checklists/safe.yaml": text,
    }
    content, problems = read(tmp_path, files)
    assert (content.checklists[0].items[0].stage, problems) == ("slow/first", [])


@pytest.mark.parametrize("stage", ["slow/second", "nowhere/first", "slow"])
def test_a_checklist_item_about_an_unknown_stage_is_named(tmp_path: Path, stage: str) -> None:
    files: dict[str, str | None] = {
        "challenges/slow/challenge.yaml": challenge_file("slow"),
        "checklists/safe.yaml": checklist_file("safe", item={"stage": stage}),
    }
    _, problems = read(tmp_path, files)
    where = "checklists/safe.yaml:1:1"
    assert problems == [f"{where}: item `item` names the stage `{stage}`, unknown here [structure]"]


def test_a_challenge_of_unknown_topics_or_objectives_is_named(tmp_path: Path) -> None:
    text = challenge_file("slow", topics=["alpha", "nowhere"], stage={"objectives": ["alpha/no"]})
    _, problems = read(tmp_path, {"challenges/slow/challenge.yaml": text})
    where = "challenges/slow/challenge.yaml:1:1"
    assert problems == [
        f"{where}: `topics` names the topic `nowhere`, unknown here [structure]",
        f"{where}: stage `first` names the objective `alpha/no`, unknown [structure]",
    ]
