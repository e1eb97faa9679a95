"""Search over content and notes: notes come first, and count as words that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress.errors import StoreError
from nexus_tui.study.finding import find
from tests.study.school import open_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _note(desk: Desk, text: str, topic: str = "school/indexing") -> None:
    desk.store.write_note(topic, text).result()


def test_a_note_with_all_the_words_comes_first_and_shows_them(desk: Desk) -> None:
    _note(desk, "# Mine\n\nAn **index** on `placed` is like a zebra crossing.")
    (hit, *_) = desk.search("zebra ind").hits

    assert (hit.kind, hit.key, hit.title) == ("note", "school/indexing", "Indexing")
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["index", "zebra"]
    assert desk.search("zebra giraffe").hits == []


def test_no_more_is_found_than_asked_for_and_it_says_that_there_is_more(desk: Desk) -> None:
    _note(desk, "An index.")
    found = find(desk.catalog, desk.store, "index", 2)

    assert [hit.kind for hit in found.hits] == ["note", "topic"]
    assert found.more and not desk.search("zebra").more


def test_a_note_is_found_and_shown_with_the_titles_that_it_links_to(desk: Desk) -> None:
    title = desk.catalog.titles()["school/sql"]
    _note(desk, "A zebra, see [[sql]].")
    [hit] = desk.search("zebra").hits

    assert hit.snippet == f"A zebra, see {title}."


def test_a_long_note_is_shown_around_what_was_found(desk: Desk) -> None:
    _note(desk, f"{'before ' * 90}the zebra stands {'after ' * 90}")
    (hit,) = desk.search("zebra").hits

    assert hit.snippet.startswith("…before") and hit.snippet.endswith("after…")
    assert len(hit.snippet) < 160
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["zebra"]


def test_the_words_of_notes_are_not_corrected_and_others_are(desk: Desk) -> None:
    assert desk.search("indexnig").shown_for == "indexing"
    _note(desk, "indexnig")
    found = desk.search("indexnig")

    assert found.shown_for is None
    assert [hit.kind for hit in found.hits] == ["note"]


def test_a_note_of_a_topic_that_is_gone_is_not_found(desk: Desk) -> None:
    _note(desk, "zebra", "school/gone")

    assert desk.search("zebra").hits == []


def test_where_the_notes_cannot_be_read_content_is_still_searched(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise StoreError("a damaged page")

    monkeypatch.setattr(desk.store, "notes", broken)
    assert desk.search("indexing").hits
