"""`[[topic-id]]` becomes a link by the topic's title; code stays as it is."""

from __future__ import annotations

import pytest

from nexus_tui.catalog.links import addresses, linked, named, titled
from nexus_tui.catalog.markdown import Section

TITLES = {"indexing": "Indexes", "redis-core": "Redis"}


def body(text: str) -> str:
    return linked([Section("", text, 1)], "nexus", TITLES)[0].body


def test_in_words_an_id_is_its_title_and_code_and_the_unknown_stay() -> None:
    titles = {f"nexus/{key}": title for key, title in TITLES.items()}
    text = "See [[indexing]], `[[indexing]]` and [[no-such]]."

    assert titled(text, "nexus/sql", titles) == "See Indexes, `[[indexing]]` and [[no-such]]."
    assert titled(text, "other/sql", titles) == text


def test_an_id_becomes_a_link_by_its_title() -> None:
    assert body("See [[indexing]], too.") == "See [Indexes](topic:nexus/indexing), too."


@pytest.mark.parametrize(
    "text",
    [
        "`[[indexing]]` in code",
        "```python\nrows = [[indexing]]\n```",
        "~~~\n[[indexing]]\n~~~",
        "[[no-such-topic]]",
        "[ [indexing] ]",
    ],
)
def test_code_and_what_names_no_topic_stay_as_they_are(text: str) -> None:
    assert body(text) == text


def test_a_link_after_code_is_found() -> None:
    text = "```sql\nSELECT 1\n```\nthen [[redis-core]]"
    assert body(text).endswith("then [Redis](topic:nexus/redis-core)")


def test_the_topics_that_a_text_names_are_listed_once_in_order() -> None:
    text = body("[[redis-core]], [[indexing]] and [[redis-core]]")
    assert named(text) == ["nexus/redis-core", "nexus/indexing"]


def test_the_links_of_a_text_are_found_outside_code_each_once() -> None:
    text = (
        "Read [the `plan`\n again](https://a.example/x_(y)), [it](https://a.example/x_(y)) and\n"
        "[Beta](topic:tiny/beta), not `[code](https://b.example)`, nor [file](file:///etc).\n"
        "See <https://c.example>.\n\n```\n[fence](https://d.example)\n```\n"
    )
    assert addresses(text) == [
        ("the plan again", "https://a.example/x_(y)"),
        ("Beta", "topic:tiny/beta"),
        ("https://c.example", "https://c.example"),
    ]
