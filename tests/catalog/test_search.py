"""Search: what is typed is words and no syntax, and no answer is ever given away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.catalog.search import corrected, search
from tests.builders import (
    challenge_file,
    checklist_file,
    choice,
    choices,
    open_pack,
    option,
    order,
    quiz_file,
    short,
    topic_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.catalog import Catalog

ALPHA = "topics/basics/alpha"
BETA = "topics/basics/beta"
SECRETS = [
    "xylophone", "zeppelin", "quicksilver", "rutabaga", "wolfram", "kumquat", "jabberwock",
    "pomegranate",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    questions = [
        choice(
            stem="Which planets have marmalade?",
            options=[
                option("a", correct=True, text="xylophone", why="zeppelin"),
                option("b", text="xylophone twice", why="zeppelin twice"),
                option("c"),
            ],
        ),
        choices() | {"options": [*choices()["options"][:3], option("z", text="quicksilver")]},
        short(accept=["rutabaga"], wrong=[{"text": "wolfram", "why": "kumquat"}])
        | {"why": "It is rutabaga.", "verify": "assert kumquat"},
        order(decoys=0)
        | {
            "lines": [{"id": f"l{n}", "text": f"jabberwock {n}"} for n in range(3)],
            "decoys": [{"id": "d", "text": "wolfram", "why": "kumquat"}],
        },
    ]
    lesson = (
        "## Why it matters\n\nA café uses `select_related` and c++ in print().\n\n"
        "## What goes wrong\n\nThe x-ray of [a link](https://example.org/hidden) is not of use: "
        "tame a yak, a yak, a yak.\n\n"
        "## Recall\n\nThe end of indexing.\n\n"
        "## Answers\n\nIndexing needs a pomegranate.\n"
    )
    opened = open_pack(
        tmp_path_factory.mktemp("search"),
        {
            f"{ALPHA}/quiz.yaml": quiz_file(*questions),
            f"{ALPHA}/lesson.md": lesson,
            f"{ALPHA}/cheatsheet.md": "Ask the oracle.\n",
            f"{ALPHA}/troubleshooting.md": "When the volcano erupts, run.\n",
            f"{BETA}/topic.yaml": topic_file("beta", title="Indexing"),
            "checklists/safe.yaml": checklist_file("safe", bullet="Lock the wardrobe"),
            "challenges/slow/challenge.yaml": challenge_file("slow", story="A glacier moved."),
            "docs/taming.md": "# Taming a yak\n\nSit still.\n\n## Later\n\nGo on.\n",
            "docs/sea.md": (
                "# Sea\n\n## Where `walrus` ends\n\nTwo lines\nof prose, and code:\n\n"
                "```python\nimport walrus\nwalrus.feed()\n```\n"
            ),
            "docs/guide.md": "# Guide\n\n## Part\n\nFeed the hippopotamus.\n",
            "resources/learning-materials/programme.md": "# All\n\n- Indexing the hippopotamus\n",
        },
    )
    with opened:
        assert opened.problems == []
        yield opened


def found(catalog: Catalog, text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.key) for hit in search(catalog, text)]


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("Name the beta", "topic", "tiny/beta"),
        ("café", "lesson", "tiny/alpha"),
        ("CAFE", "lesson", "tiny/alpha"),
        ("oracle", "cheatsheet", "tiny/alpha"),
        ("volcano", "troubleshooting", "tiny/alpha"),
        ("wardrobe", "checklist", "tiny/safe"),
        ("glacier", "challenge", "tiny/slow"),
        ("feed hippopotamus", "document", "tiny/docs/guide.md"),
        ("marmalade", "question", "tiny/alpha/a-choice"),
    ],
)
def test_every_kind_of_content_is_found_by_its_own_words(
    text: str, kind: str, key: str, catalog: Catalog
) -> None:
    assert found(catalog, text)[0] == (kind, key)


@pytest.mark.parametrize("text", ["select_related", "select", "c++", "print()", "x-ray", "x-r"])
def test_words_with_signs_are_found(text: str, catalog: Catalog) -> None:
    assert ("lesson", "tiny/alpha") in found(catalog, text)


@pytest.mark.parametrize(
    "text", ["café", '"café"', "café*", "-café", "(café)", "café)", "^café", "body:café"]
)
def test_signs_of_the_query_language_have_no_meaning(text: str, catalog: Catalog) -> None:
    assert ("lesson", "tiny/alpha") in found(catalog, text)


@pytest.mark.parametrize(
    "text", ["", " ", '"', '""', "*", "-", "()", "++", "'", "\x00", "\n", "→", "…"]
)
def test_what_has_no_words_finds_nothing(text: str, catalog: Catalog) -> None:
    assert search(catalog, text) == []


@pytest.mark.parametrize("text", ["the", "of the", "a", "is not of"])
def test_only_stop_words_are_words_too(text: str, catalog: Catalog) -> None:
    assert search(catalog, text)


@pytest.mark.parametrize(
    "text",
    ["x AND OR", "NEAR(a b)", "NOT x", "a OR", "title: x", "{a b}: c", "'; DROP TABLE x", "x\x00y"],
)
def test_hostile_input_is_only_words(text: str, catalog: Catalog) -> None:
    assert all(hit.kind and hit.title for hit in search(catalog, text))
    assert found(catalog, "oracle") == [("cheatsheet", "tiny/alpha")]


@pytest.mark.parametrize("joint", [" ", "-", "'", "."])
def test_a_whole_page_of_words_can_be_searched(joint: str, catalog: Catalog) -> None:
    words = joint.join(f"word{n}" for n in range(5_000))
    assert search(catalog, words) == []
    assert ("cheatsheet", "tiny/alpha") in found(catalog, f"oracle {words}")


@given(st.text(max_size=60))
def test_any_text_can_be_searched(catalog: Catalog, text: str) -> None:
    hits = search(catalog, text)
    assert [hit.score for hit in hits if hit.score <= 0] == []


@pytest.mark.parametrize("secret", SECRETS)
def test_an_answer_is_never_found(secret: str, catalog: Catalog) -> None:
    assert search(catalog, secret) == []
    assert search(catalog, secret[:5]) == []
    everything = [hit for word in ("which", "planet", secret) for hit in search(catalog, word)]
    assert everything
    for hit in everything:
        assert secret not in f"{hit.title} {hit.heading} {hit.snippet}"


def test_the_last_word_may_be_unfinished(catalog: Catalog) -> None:
    assert found(catalog, "feed hippo")[0] == ("document", "tiny/docs/guide.md")
    assert ("document", "tiny/docs/guide.md") not in found(catalog, "hippo oracle")


def test_the_words_of_a_question_do_not_count_where_others_are_there(catalog: Catalog) -> None:
    assert found(catalog, "how do I feed the hippopotamus?") == found(catalog, "feed hippopotamus")
    assert found(catalog, "which")[0] == ("question", "tiny/alpha/a-choice")


def test_a_guide_named_by_the_words_comes_before_what_only_has_them(catalog: Catalog) -> None:
    first, *others = search(catalog, "how to tame a yak")
    assert (first.key, first.section) == ("tiny/docs/taming.md", 0)
    assert ("lesson", "tiny/alpha") in [(hit.kind, hit.key) for hit in others]


def test_a_snippet_tells_lines_apart_that_no_sign_ends(catalog: Catalog) -> None:
    (hit,) = [hit for hit in search(catalog, "walrus") if hit.kind == "document"]
    assert hit.snippet.endswith("Two lines of prose, and code: import walrus · walrus.feed()")
    assert hit.heading == "Where walrus ends"


def test_hits_with_all_words_come_before_those_with_any(catalog: Catalog) -> None:
    hits = found(catalog, "indexing hippopotamus")
    assert hits[0] == ("programme", "tiny/resources/learning-materials/programme.md")
    assert ("document", "tiny/docs/guide.md") in hits[1:]
    assert ("topic", "tiny/beta") in hits[1:]
    assert len(set(hits)) == len(hits)


def test_the_topic_comes_first_and_the_programme_last(catalog: Catalog) -> None:
    kinds = [kind for kind, _ in found(catalog, "indexing")]
    assert kinds == ["topic", "lesson", "programme"]


def test_a_hit_names_its_section_and_shows_its_words(catalog: Catalog) -> None:
    (hit,) = search(catalog, "x-ray")
    assert (hit.section, hit.title, hit.heading) == (1, "Alpha", "What goes wrong")
    assert "x-ray of a link is" in hit.snippet
    assert "\n" not in hit.snippet


def test_no_more_hits_than_asked_for(catalog: Catalog) -> None:
    assert len(search(catalog, "the", limit=2)) == 2
    assert len(search(catalog, "the oracle volcano", limit=1)) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hippopotmus", "hippopotamus"),
        ("feed hippoptamus", "feed hippopotamus"),
        ("Oracel", "oracle"),
        ("vulcano (now)", "volcano (now)"),
        ("hippo", "hippo"),
        ("oracle", "oracle"),
        ("zz qq", "zz qq"),
        ("", ""),
        ("[/ax]", "[/ax]"),
    ],
)
def test_a_mistyped_word_becomes_the_one_that_was_meant(
    typed: str, meant: str, catalog: Catalog
) -> None:
    assert corrected(catalog, typed) == meant


def test_a_word_that_is_known_elsewhere_is_not_corrected(catalog: Catalog) -> None:
    assert corrected(catalog, "vulcano", {"vulcano"}.__contains__) == "vulcano"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_correction_never_leads_to_an_answer(secret: str, catalog: Catalog) -> None:
    assert corrected(catalog, secret[1:]) != secret
    assert corrected(catalog, secret[:-1]) != secret


def test_what_was_looked_for_is_marked_in_the_snippet(catalog: Catalog) -> None:
    (hit,) = search(catalog, "feed hippo")[:1]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Feed", "hippopotamus"]
    assert hit.snippet.isprintable()


def test_an_item_of_a_checklist_is_found_by_itself(catalog: Catalog) -> None:
    hit = next(hit for hit in search(catalog, "it is so") if hit.kind == "checklist")
    assert (hit.key, hit.section, hit.heading) == ("tiny/safe", 1, "It is so")
