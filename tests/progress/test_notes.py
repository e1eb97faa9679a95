"""Notes and bookmarks: the last word counts, for each learner, whatever the topic was called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from nexus_tui.progress import exporting, importing
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
