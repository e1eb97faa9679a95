"""The compiled index: made once, made anew when something changes, and never in the way."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog import compiled
from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.catalog.revision import revision
from tests.builders import (
    challenge_file,
    checklist_file,
    choice,
    make_pack,
    open_pack,
    option,
    pack_file,
    quiz_file,
    topic_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENT = Path(__file__).resolve().parents[2] / "content"
ALPHA = "topics/basics/alpha"


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever packs are compiled."""
    done: list[int] = []
    real = compiled.compile_packs

    def counted(roots: Iterable[Path], connection: sqlite3.Connection, mark: str = "") -> None:
        done.append(1)
        real(roots, connection, mark)

    monkeypatch.setattr(compiled, "compile_packs", counted)
    return done


def keys(root: Path, cache: Path) -> list[str]:
    with open_catalog([root], cache) as catalog:
        assert catalog.notices == ()
        return [topic.key for topic in catalog.topics()]


# ---------------------------------------------------------------- once, and anew


def test_the_index_is_compiled_once_and_used_again(tmp_path: Path, compilings: list[int]) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    assert keys(root, cache) == keys(root, cache) == ["tiny/alpha", "tiny/beta"]
    assert len(compilings) == 1
    assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"{ALPHA}/topic.yaml", topic_file("alpha", title="Other")),
        (f"{ALPHA}/lesson.md", "## Another\n"),
        (f"{ALPHA}/quiz.yaml", None),
        ("topics/basics/gamma/topic.yaml", topic_file("gamma")),
        ("docs/new.md", "# New\n"),
        ("checklists/new.yaml", checklist_file("new")),
        ("challenges/new/challenge.yaml", challenge_file("new")),
    ],
)
def test_a_changed_new_or_removed_file_makes_a_new_index(
    name: str, text: str | None, tmp_path: Path, compilings: list[int]
) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    keys(root, cache)
    path = root / name
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    keys(root, cache)
    assert len(compilings) == 2
    assert len(list(cache.iterdir())) == 1


def test_a_file_changed_in_place_is_noticed_by_its_time(
    tmp_path: Path, compilings: list[int]
) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    path = root / ALPHA / "topic.yaml"
    keys(root, cache)
    size = path.stat().st_size
    path.write_text(path.read_text().replace("Alpha", "Aleph"))
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    assert path.stat().st_size == size
    with open_catalog([root], cache) as catalog:
        assert catalog.topics()[0].title == "Aleph"
    assert len(compilings) == 2


def test_another_version_of_the_program_makes_a_new_index(
    tmp_path: Path, compilings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    keys(root, cache)
    monkeypatch.setattr(compiled, "__version__", "99.0")
    keys(root, cache)
    monkeypatch.setattr(compiled, "FORMAT", 99)
    keys(root, cache)
    assert len(compilings) == 3


def test_what_is_no_content_makes_no_new_index(tmp_path: Path, compilings: list[int]) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    keys(root, cache)
    (root / "__pycache__").mkdir()
    (root / "__pycache__" / "x.md").write_text("x")
    (root / "notes.txt").write_text("x")
    keys(root, cache)
    assert len(compilings) == 1


@pytest.mark.parametrize("name", ["checks", "solution", "starter", "mutants"])
def test_a_topic_may_be_named_like_a_part_of_a_challenge(
    name: str, tmp_path: Path, compilings: list[int]
) -> None:
    files: dict[str, str | None] = {f"topics/basics/{name}/topic.yaml": topic_file(name)}
    root, cache = make_pack(tmp_path / "pack", files), tmp_path / "cache"
    keys(root, cache)
    (root / f"topics/basics/{name}/topic.yaml").write_text(topic_file(name, title="Renewed"))
    keys(root, cache)
    assert len(compilings) == 2


def test_other_packs_have_another_index(tmp_path: Path, compilings: list[int]) -> None:
    one, cache = make_pack(tmp_path / "one"), tmp_path / "cache"
    two = make_pack(tmp_path / "two", {"pack.yaml": pack_file(id="other")})
    assert keys(one, cache) == ["tiny/alpha", "tiny/beta"]
    assert keys(two, cache) == ["other/alpha", "other/beta"]
    assert keys(one, cache) == ["tiny/alpha", "tiny/beta"]
    assert len(compilings) == 2


# ---------------------------------------------------------------- where the cache is no help


def test_a_cache_that_cannot_be_written_gives_a_notice_and_all_works(tmp_path: Path) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    cache.write_text("a file, where the folder should be")
    with open_catalog([root], cache) as catalog:
        assert [topic.key for topic in catalog.topics()] == ["tiny/alpha", "tiny/beta"]
        assert catalog.question("tiny/alpha/again").id == "again"
        (notice,) = catalog.notices
    assert str(cache) in notice
    assert cache.read_text() == "a file, where the folder should be"


def test_an_index_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    keys(root, cache)
    (target,) = cache.iterdir()
    target.unlink()
    target.mkdir()
    with open_catalog([root], cache) as catalog:
        assert len(catalog.topics()) == 2
        assert len(catalog.notices) == 1
    assert list(cache.iterdir()) == [target]


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, None])
def test_a_damaged_index_is_made_anew(
    damage: bytes | None, tmp_path: Path, compilings: list[int]
) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    keys(root, cache)
    (target,) = cache.iterdir()
    whole = target.read_bytes()
    target.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert keys(root, cache) == ["tiny/alpha", "tiny/beta"]
    assert len(compilings) == 2
    assert keys(root, cache) == ["tiny/alpha", "tiny/beta"]
    assert len(compilings) == 2


def test_a_database_of_something_else_is_made_anew(tmp_path: Path) -> None:
    root, cache = make_pack(tmp_path / "pack"), tmp_path / "cache"
    keys(root, cache)
    (target,) = cache.iterdir()
    target.unlink()
    with sqlite3.connect(target) as connection:
        connection.execute("CREATE TABLE meta (fingerprint)")
    connection.close()
    assert keys(root, cache) == ["tiny/alpha", "tiny/beta"]


def test_the_cache_folder_may_be_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compilings: list[int]
) -> None:
    from pathlib import Path as ThePath

    root = make_pack(tmp_path / "pack")
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert len(keys(root, ThePath("cache #1?"))) == 2
    assert len(compilings) == 1


# ---------------------------------------------------------------- what is in it


def test_a_pack_that_is_not_there_is_an_error_for_the_caller(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        open_catalog([tmp_path / "nowhere"], tmp_path / "cache")


def test_problems_are_kept_in_the_index(tmp_path: Path) -> None:
    root = make_pack(tmp_path / "pack", {f"{ALPHA}/topic.yaml": "a: [1"})
    cache = tmp_path / "cache"
    with open_catalog([root], cache) as first, open_catalog([root], cache) as second:
        assert [topic.id for topic in second.topics()] == ["beta"]
        assert first.problems == second.problems
        assert f"{ALPHA}/topic.yaml" in {problem.path for problem in second.problems}


def test_a_broken_pack_leaves_the_others_readable(tmp_path: Path) -> None:
    good = make_pack(tmp_path / "good")
    bad = make_pack(tmp_path / "bad", {"pack.yaml": "- nothing\n"})
    with open_catalog([bad, good], tmp_path / "cache") as catalog:
        assert [topic.key for topic in catalog.topics()] == ["tiny/alpha", "tiny/beta"]
        assert [problem.path for problem in catalog.problems] == ["pack.yaml"]


def test_a_second_pack_with_one_id_is_named_and_left_out(tmp_path: Path) -> None:
    one = make_pack(tmp_path / "one")
    two = make_pack(tmp_path / "two", {f"{ALPHA}/topic.yaml": topic_file("alpha", title="Two")})
    with open_catalog([one, two], tmp_path / "cache") as catalog:
        assert [topic.title for topic in catalog.topics()] == ["Alpha", "Beta"]
        (problem,) = catalog.problems
    assert str(two) in problem.message
    assert f"the pack in {one} has the id `tiny` too" in problem.message


def test_packs_come_one_after_the_other(tmp_path: Path) -> None:
    more = {
        "topics/basics/aardvark/topic.yaml": topic_file("aardvark"),
        "checklists/c.yaml": checklist_file("c"),
        "challenges/c/challenge.yaml": challenge_file("c"),
        "docs/d.md": "# D\n\nx\n",
    }
    one = make_pack(tmp_path / "one", {"pack.yaml": pack_file(id="zulu"), **more})
    two = make_pack(tmp_path / "two", {"pack.yaml": pack_file(id="able"), **more})
    with open_catalog([one, two], tmp_path / "cache") as catalog:
        for found in (
            [track.pack for track in catalog.tracks()],
            [topic.pack for topic in catalog.topics()],
            [view.key.split("/")[0] for view in catalog.checklists()],
            [view.key.split("/")[0] for view in catalog.challenges()],
            [view.key.split("/")[0] for view in catalog.documents()],
        ):
            half = len(found) // 2
            assert found == ["zulu"] * half + ["able"] * half
            assert half


def test_topics_stand_by_track_and_after_what_they_require(tmp_path: Path) -> None:
    tracks = [{"id": name, "title": "T", "summary": "S"} for name in ("second", "basics")]
    catalog = open_pack(
        tmp_path,
        {
            "pack.yaml": pack_file(tracks=tracks),
            "topics/second/aaa/topic.yaml": topic_file("aaa", requires=["zzz", "alpha"]),
            "topics/second/zzz/topic.yaml": topic_file("zzz"),
        },
    )
    with catalog:
        assert [topic.id for topic in catalog.topics()] == ["zzz", "aaa", "alpha", "beta"]
        assert [track.id for track in catalog.tracks()] == ["second", "basics"]


def test_rows_and_models_say_the_same(tmp_path: Path) -> None:
    changes = {"requires": ["alpha"], "confusable": ["alpha"], "minutes": 25, "level": "advanced"}
    files: dict[str, str | None] = {"topics/basics/beta/topic.yaml": topic_file("beta", **changes)}
    with open_pack(tmp_path, files) as catalog:
        alpha, beta = catalog.topics()
        assert (alpha.key, alpha.pack, alpha.id, alpha.track) == (
            "tiny/alpha",
            "tiny",
            "alpha",
            "basics",
        )
        assert alpha.objectives == (("tiny/alpha/name-it", "Name the alpha"),)
        assert alpha.question_count == 3
        assert (alpha.has_lesson, alpha.has_cheatsheet, alpha.has_troubleshooting) == (1, 1, 1)
        assert (beta.has_lesson, beta.has_cheatsheet, beta.has_troubleshooting) == (0, 0, 0)
        assert (beta.requires, beta.confusable) == (("tiny/alpha",), ("tiny/alpha",))
        view = catalog.topic("tiny/beta")
        assert (view.topic.minutes, view.topic.level) == (beta.minutes, beta.level)
        assert (view.lesson, view.cheatsheet, view.troubleshooting) == (None, None, None)
        lesson = catalog.topic("tiny/alpha").lesson
        assert lesson is not None
        assert [part.heading for part in lesson.sections] == [
            "Why it matters",
            "What goes wrong",
            "Recall",
        ]
        assert catalog.questions_of("tiny/alpha/name-it") == [
            "tiny/alpha/a-choice",
            "tiny/alpha/again",
            "tiny/alpha/once-more",
        ]
        assert catalog.question_keys() == set(catalog.questions_of("tiny/alpha/name-it"))


def test_the_index_knows_the_revision_of_every_question(tmp_path: Path) -> None:
    with open_catalog([CONTENT], tmp_path) as catalog:
        revisions = catalog.revisions()
        assert revisions.keys() == catalog.question_keys()
        for key in sorted(revisions)[::10]:
            assert revisions[key] == revision(catalog.question(key))


def test_a_document_is_read_by_its_key(tmp_path: Path) -> None:
    with open_pack(tmp_path, {"docs/guide.md": "# The guide\n\n## One\n\ntext\n"}) as catalog:
        (listed,) = catalog.documents()
        read = catalog.document(listed.key)
    assert (listed.key, listed.title, listed.sections) == ("tiny/docs/guide.md", "The guide", ())
    assert read.sections == (("One", "text"),)


@pytest.mark.parametrize("what", ["topic", "question", "document"])
def test_an_unknown_key_is_named(what: str, tmp_path: Path) -> None:
    with (
        open_pack(tmp_path) as catalog,
        pytest.raises(KeyError, match=f"there is no {what} tiny/nothing"),
    ):
        getattr(catalog, what)("tiny/nothing")


def test_moves_are_full_keys(tmp_path: Path) -> None:
    moved = '{"moved": [{"old": "gamma/q", "new": "alpha/again"}]}'
    with open_pack(tmp_path, {"moved.yaml": moved}) as catalog:
        assert catalog.moved() == {"tiny/gamma/q": "tiny/alpha/again"}


@pytest.mark.parametrize("text", ["[/oops]", "[bold", "[red]x[/red]", "a\\[b]", "{{x}} %s $x"])
def test_markup_in_content_comes_out_of_the_index_literally(text: str, tmp_path: Path) -> None:
    options = [option("a", correct=True, text=text), option("b", why=text), option("c")]
    files: dict[str, str | None] = {
        f"{ALPHA}/quiz.yaml": quiz_file(choice(stem=text, options=options)),
        f"{ALPHA}/lesson.md": f"## {text}\n\n{text}\n",
    }
    with open_pack(tmp_path, files) as catalog:
        assert catalog.problems == []
        question = catalog.question("tiny/alpha/a-choice")
        assert question.kind == "choice"
        assert (question.stem, question.options[0].text, question.options[1].why) == (text,) * 3
        lesson = catalog.topic("tiny/alpha").lesson
        assert lesson is not None
        assert lesson.sections == ((text, text),)


def test_a_file_name_that_is_no_text_harms_nothing(tmp_path: Path) -> None:
    root = make_pack(tmp_path / "pack", {"docs/good.md": "# Good\n\nx\n"})
    with open(os.fsencode(root / "docs") + b"/caf\xe9.md", "w") as file:  # noqa: PTH123
        file.write("# Latin\n\nx\n")
    with open_catalog([root], tmp_path / "cache") as catalog:
        assert catalog.notices == ()
        assert [document.title for document in catalog.documents()] == ["Latin", "Good"]
        for document in catalog.documents():
            assert catalog.document(document.key).title == document.title
