"""Notes and bookmarks: the last word counts, for each learner, whatever the topic was called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from nexus_tui.progress import exporting, importing, notes
from nexus_tui.progress.errors import StoreError
from nexus_tui.progress.history import ReadingRow
from nexus_tui.progress.payloads import NOTE
from tests.histories import MORNING, Clock, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.progress.store import Store

TOPIC = "nexus/indexing"


@pytest.fixture
def store() -> Iterator[Store]:
    found = opened(None)
    yield found
    found.close()


def test_the_note_written_last_is_the_note(store: Store) -> None:
    store.write_note(TOPIC, "first").result()
    store.write_note(TOPIC, "# Second\n\n[[orm]] `x` [/oops]\n").result()

    assert store.note(TOPIC) == "# Second\n\n[[orm]] `x` [/oops]\n"
    assert list(store.notes()) == [TOPIC]


def test_an_empty_note_takes_the_note_away_and_the_facts_stay(store: Store) -> None:
    store.write_note(TOPIC, "first").result()
    store.write_note(TOPIC, "").result()

    assert (store.notes(), store.note(TOPIC)) == ({}, "")
    assert store.counts()["facts"] == 2


def test_notes_come_the_one_written_last_first() -> None:
    clock = Clock()
    store = opened(None, clock)
    for topic in ("nexus/a", "nexus/b", "nexus/a"):
        clock.move(hours=1)
        store.write_note(topic, "said").result()

    assert list(store.notes()) == ["nexus/a", "nexus/b"]
    store.close()


@pytest.mark.parametrize(
    ("there", "text", "both"),
    [
        ("a\n", "b\n", "a\n\nb\n"),
        ("a", "a\nb", "a\nb"),
        ("a\nb", "b", "a\nb"),
        ("there", "here", "there\n\nhere"),
        ("", "b", "b"),
        ("a", "", "a"),
        ("# Title\n\none", "# Title\n\ntwo", "# Title\n\none\n\ntwo"),
        ("```\none\n```", "```\ntwo\n```", "```\none\n```\n\n```\ntwo\n```"),
    ],
    ids=[
        "apart",
        "in this one",
        "in that one",
        "in a word",
        "taken away there",
        "taken away here",
        "one beginning",
        "code",
    ],
)
def test_two_texts_of_a_note_stand_together_and_none_twice(
    there: str, text: str, both: str
) -> None:
    assert notes.together(there, text) == both


def test_a_note_that_is_no_longer_the_one_it_was_made_from_is_kept_with_it(store: Store) -> None:
    assert store.write_note(TOPIC, "there", "").result() == "there"
    assert store.write_note(TOPIC, "here", "").result() == "there\n\nhere"
    assert store.write_note(TOPIC, "all", "there\n\nhere").result() == "all"
    assert store.note(TOPIC) == "all"


def test_two_texts_that_are_too_long_together_are_both_left_as_they_are(store: Store) -> None:
    store.write_note(TOPIC, "x" * NOTE).result()
    with pytest.raises(StoreError, match="also written in another window"):
        store.write_note(TOPIC, "y", "").result()

    assert store.note(TOPIC) == "x" * NOTE


def test_a_note_that_is_too_long_is_refused_whole(store: Store) -> None:
    store.write_note(TOPIC, "x" * NOTE).result()
    with pytest.raises(ValidationError):
        store.write_note(TOPIC, "x" * (NOTE + 1)).result()

    assert len(store.note(TOPIC)) == NOTE


def test_a_bookmark_is_set_and_taken_off(store: Store) -> None:
    store.set_bookmark(TOPIC, "The idea", on=True).result()
    store.set_bookmark(TOPIC, "Recall", on=True).result()
    store.set_bookmark(TOPIC, "The idea", on=False).result()

    assert store.bookmarks() == [(TOPIC, "Recall")]


def test_notes_and_bookmarks_are_those_of_one_learner(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    anna = opened(path, learner="anna")
    anna.write_note(TOPIC, "mine").result()
    anna.set_bookmark(TOPIC, "Recall", on=True).result()
    anna.close()
    ben = opened(path, learner="ben")

    assert (ben.notes(), ben.note(TOPIC), ben.bookmarks()) == ({}, "", [])
    ben.close()


def test_a_note_goes_with_its_topic_to_a_new_name_and_can_be_taken_away_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "progress.db"
    before = opened(path)
    before.write_note("nexus/old", "kept").result()
    before.set_bookmark("nexus/old", "Recall", on=True).result()
    before.close()
    store = opened(path, moved={"nexus/old": "nexus/new"})
    assert (store.note("nexus/new"), store.bookmarks()) == ("kept", [("nexus/new", "Recall")])

    store.write_note("nexus/new", "").result()
    store.set_bookmark("nexus/new", "Recall", on=False).result()

    assert (store.notes(), store.note("nexus/new"), store.bookmarks()) == ({}, "", [])
    store.close()


def test_notes_and_bookmarks_go_with_an_export(store: Store, tmp_path: Path) -> None:
    text = "# Order\n\nLeft — „first“\u2028 [/oops]\n"
    store.write_note(TOPIC, text).result()
    store.set_bookmark(TOPIC, "Recall", on=True).result()
    file = tmp_path / "facts.jsonl"
    lines = exporting.facts(store, store.learner)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    other = opened(tmp_path / "other.db")

    importing.add(other, file, importing.look(file))

    other.learner = store.learner
    assert (other.note(TOPIC), other.bookmarks()) == (text, [(TOPIC, "Recall")])
    other.close()


@pytest.mark.parametrize(
    ("headings", "section"),
    [
        (["Why", "The idea", "Recall"], 1),
        (["Why", "New", "Newer", "The idea"], 3),
        (["Why", "The thought", "Recall"], 2),
        (["Why"], 0),
        ([], 0),
    ],
    ids=["as it was", "sections before it", "renamed", "shorter", "nothing left"],
)
def test_a_place_is_known_by_its_heading(headings: list[str], section: int) -> None:
    row = ReadingRow(2, 4, "The idea", MORNING.date(), 0, frozenset())

    assert row.place_in(headings) == section
