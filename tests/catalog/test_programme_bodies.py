"""Every line of the programme is treated in the body of something, not only in its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from nexus_tui.catalog.reader import read_pack
from tests.catalog.test_programme import CONTENT, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^\|.*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SENTENCE = re.compile(r"\w[)\"'*_`]*[.!?](?=\s|$)")
_SENTENCES, _WORDS = 2, 30
"""Of prose, without tables and code, that a section about a line has at least."""


class Treated(NamedTuple):
    """Where a line is treated: a place, its section, and what has to be said there."""

    place: str
    section: str
    says: tuple[str, ...]


def table() -> dict[str, list[Treated]]:
    """`programme.yaml`: line → where it is treated.

    A place is a topic (its lesson), a document by its path, a stage (its brief) or
    `checklists/<id>`, whose sections are its items.
    """
    text = (CONTENT.parent / "tests/catalog/programme.yaml").read_text(encoding="utf-8")
    return {
        line: [Treated(p["place"], p.get("section", ""), tuple(p["says"])) for p in places]
        for line, places in yaml.safe_load(text).items()
    }


TABLE = table()


@pytest.fixture(scope="module")
def bodies() -> Mapping[tuple[str, str], str]:
    """(place, section) → its text, of all that the pack has to read."""
    content, _ = read_pack(CONTENT)
    assert content is not None
    found: dict[tuple[str, str], str] = {}
    for topic in content.topics:
        for section in topic.lesson.sections if topic.lesson else ():
            found[topic.topic.id, section.heading] = section.body
    for document in content.documents:
        for section in document.text.sections:
            found[document.text.path, section.heading] = section.body
    for checklist in content.checklists:
        for item in checklist.items:
            place = (f"checklists/{checklist.id}", item.id)
            found[place] = f"{item.text}. {item.why} {item.how}"
    for brief in (CONTENT / "challenges").glob("*/stages/*/brief.md"):
        name = f"{brief.parents[2].name}/{brief.parent.name}"
        found[name, ""] = brief.read_text(encoding="utf-8")
    return found


def plain(text: str) -> str:
    """Words alone: no addresses, no marks, no breaks of lines, no capitals."""
    return " ".join(re.sub(r"[`*]", "", _LINK.sub(r"\1", text)).lower().split())


def test_the_table_names_every_line_of_the_programme_and_no_other() -> None:
    assert list(TABLE) == lines()


@pytest.mark.parametrize("line", TABLE)
def test_a_line_of_the_programme_is_treated_in_a_body(
    line: str, bodies: Mapping[tuple[str, str], str]
) -> None:
    assert TABLE[line]
    for place, section, says in TABLE[line]:
        body = bodies[place, section]
        assert says
        assert [phrase for phrase in says if plain(phrase) not in plain(body)] == []
        prose = _TABLE.sub("", _FENCE.sub("", body))
        assert len(_SENTENCE.findall(prose)) >= _SENTENCES, (place, section)
        assert len(prose.split()) >= _WORDS, (place, section)
