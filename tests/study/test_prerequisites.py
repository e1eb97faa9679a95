"""The map of a topic: its lines, its order, and where it ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.study.prerequisites import Branch, mapped

SCHOOL: dict[str, tuple[str, ...]] = {
    "sql": (),
    "python": (),
    "postgres": ("sql",),
    "indexing": ("postgres",),
    "orm": ("python", "postgres"),
    "plans": ("indexing",),
    "sharding": ("indexing", "orm"),
    "caching": ("plans", "orm"),
}


def drawn(topic: str, depth: int = 9, requires: dict[str, tuple[str, ...]] = SCHOOL) -> str:
    """The map as text: lines, names, `=` where a topic stands again, `+n` what is left."""
    return "\n".join(
        f"{b.stem}{b.key}{' =' if b.again else ''}{f' +{b.more}' if b.more else ''}"
        for b in mapped(topic, requires, depth)
    )


def test_what_a_topic_rests_on_stands_above_it_and_what_rests_on_it_below() -> None:
    assert drawn("indexing") == (
        "   ┌─ sql\n┌─ postgres\nindexing\n├─ plans\n│  └─ caching\n└─ sharding"
    )


def test_a_topic_reached_on_two_ways_is_followed_once_where_it_is_nearest() -> None:
    assert drawn("caching") == (
        "      ┌─ sql\n"
        "   ┌─ postgres\n"
        "   ├─ python\n"
        "┌─ orm\n"
        "│     ┌─ postgres =\n"
        "│  ┌─ indexing\n"
        "├─ plans\n"
        "caching"
    )


def test_what_is_farther_is_counted() -> None:
    assert drawn("sql", 2) == "sql\n└─ postgres\n   ├─ indexing +2\n   └─ orm +2"


def test_a_topic_alone_is_a_map_too() -> None:
    assert mapped("one", {"one": ("gone",)}, 2) == [Branch("one", "", 0)]


def test_a_circle_ends_where_it_meets_itself() -> None:
    assert drawn("a", requires={"a": ("b",), "b": ("a",)}) == "   ┌─ a =\n┌─ b\na\n└─ b\n   └─ a ="


keys = st.sampled_from("abcdefg")


@given(st.dictionaries(keys, st.lists(keys, max_size=3, unique=True).map(tuple)), keys)
def test_every_topic_that_is_reached_is_drawn_out_once(
    requires: dict[str, tuple[str, ...]], topic: str
) -> None:
    requires.setdefault(topic, ())
    branches = mapped(topic, requires, 99)
    for sign in (-1, 1):
        side = [b for b in branches if b.step * sign > 0]
        out = [b.key for b in side if not b.again]
        assert len(out) == len(set(out))
        assert {b.key for b in side} <= {*out, topic}
    assert [b for b in branches if b.step == 0] == [Branch(topic, "", 0)]
    assert not any(b.more for b in branches)
