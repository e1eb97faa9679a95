"""Packs from their folders: what is broken is named and left out, the rest is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.catalog import strict_yaml
from nexus_tui.catalog.questions import KINDS
from nexus_tui.catalog.reader import read_pack
from tests.builders import (
    LESSON,
    as_yaml,
    challenge_file,
    checklist_file,
    choice,
    make_pack,
    option,
    order,
    pack_file,
    quiz_file,
    short,
    topic_file,
)

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.reader import PackContent

ALPHA = "topics/basics/alpha"
BETA = "topics/basics/beta"


def read(root: Path) -> tuple[PackContent, list[str]]:
    """A pack that can be read, and its problems as they are printed."""
    content, problems = read_pack(root)
    assert content is not None
    return content, [str(problem) for problem in problems]


def topics(content: PackContent) -> list[str]:
    return [topic.topic.id for topic in content.topics]


def test_a_sound_pack_is_read_whole_and_without_problems(tmp_path: Path) -> None:
    root = make_pack(
        tmp_path,
        {
            "checklists/style.yaml": checklist_file("style"),
            "challenges/slow/challenge.yaml": challenge_file("slow"),
            "docs/guide.md": "# The guide\n\nRead it.\n",
            "resources/learning-materials/programme.md": "# Programme\n\n- One bullet\n",
            "examples/shop/README.md": "No title here.\n",
            "moved.yaml": as_yaml({"moved": [{"old": "gamma", "new": "alpha"}]}),
        },
    )
    content, problems = read(root)
    assert problems == []
    assert topics(content) == ["alpha", "beta"]
    alpha, beta = content.topics
    assert [section.heading for section in alpha.lesson.sections] == [  # type: ignore[union-attr]
        "Why it matters",
        "What goes wrong",
        "Recall",
    ]
    assert alpha.cheatsheet is not None
    assert alpha.troubleshooting is not None
    assert [q.id for q in alpha.questions] == ["a-choice", "again", "once-more"]
    assert (beta.lesson, beta.questions) == (None, ())
    assert [c.id for c in content.checklists] == ["style"]
    assert [c.id for c in content.challenges] == ["slow"]
    assert [(d.kind, d.title) for d in content.documents] == [
        ("docs", "The guide"),
        ("programme", "Programme"),
        ("examples", "Readme"),
    ]
    assert content.moved == (("gamma", "alpha"),)


def test_without_a_readable_pack_yaml_there_is_no_pack(tmp_path: Path) -> None:
    content, problems = read_pack(tmp_path)
    assert content is None
    assert [str(p) for p in problems] == ["pack.yaml:1:1: is missing [structure]"]


# ---------------------------------------------------------------- one broken topic


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("topic.yaml", None, "topic.yaml:1:1: is missing [structure]"),
        ("topic.yaml", "", "topic.yaml:1:1: the file is empty [yaml]"),
        ("topic.yaml", "[" * 100_000, "nest"),
        ("topic.yaml", "- a\n- b\n", "topic.yaml:1:1: the file: expected a mapping"),
        (
            "topic.yaml",
            topic_file("alpha", colour="red"),
            "unknown key `colour` in the file [structure]",
        ),
        (
            "topic.yaml",
            topic_file("alhpa"),
            "topic.yaml:1:1: `id` is alhpa, but the folder is alpha: one name [structure]",
        ),
        ("topic.yaml", topic_file("alpha", minutes="10"), "`minutes`: expected a whole number"),
        ("topic.yaml", topic_file("alpha", level="hard"), "`level`: expected 'foundation', 'core'"),
        ("topic.yaml", topic_file("alpha", title=["x"]), "`title`: expected text, found ['x']"),
        ("topic.yaml", topic_file("alpha", requires="beta"), "`requires`: expected a list"),
        (
            "topic.yaml",
            topic_file("alpha", requires=["B!"]),
            "`requires[1]`: 'B!' has not the form",
        ),
        ("topic.yaml", topic_file("alpha", objectives=[]), "`objectives`: tuple should have at"),
        (
            "topic.yaml",
            topic_file("alpha", objectives=[{"id": "x"}]),
            "`objectives[1]` needs `text` [structure]",
        ),
        (
            "topic.yaml",
            topic_file("alpha", sources=[{"id": "s", "title": "S", "url": "file:///x"}]),
            "`sources[1].url`: 'file:///x' has not the form",
        ),
        ("quiz.yaml", "questions: []", "`questions`: tuple should have at least 1 item"),
        ("quiz.yaml", "a: 1\na: 2\n", "quiz.yaml:2:1: the key `a` stands twice [yaml]"),
    ],
)
def test_one_broken_topic_is_named_and_leaves_the_rest_readable(
    file: str, text: str | None, problem: str, tmp_path: Path
) -> None:
    root = make_pack(tmp_path, {f"{ALPHA}/{file}": text, f"{BETA}/topic.yaml": topic_file("beta")})
    content, problems = read(root)
    assert topics(content) == ["beta"]
    assert any(found.startswith(f"{ALPHA}/{file}:") and problem in found for found in problems)


def test_every_mistake_of_a_file_is_named_at_its_line_and_column(tmp_path: Path) -> None:
    text = "id: alpha\ntitle: 5\nlevel: core\nminutes: 3\nsummary: too short\nsurprise: 1\n"
    root = make_pack(tmp_path, {f"{ALPHA}/topic.yaml": text})
    _, problems = read(root)
    mine = [p.removeprefix(f"{ALPHA}/topic.yaml:") for p in problems if ALPHA in p]
    assert mine == [
        "1:1: the file needs `objectives` [structure]",
        "1:1: the file needs `sources` [structure]",
        "2:1: `title`: expected text, found 5 [structure]",
        "4:1: `minutes`: input should be greater than or equal to 5 [structure]",
        "5:1: `summary`: string should have at least 20 characters [structure]",
        "6:1: unknown key `surprise` in the file [structure]",
    ]


def broken_question(parts: dict[str, Any], root: Path) -> str:
    """The problems of a quiz whose third question is `parts`."""
    make_pack(root, {f"{ALPHA}/quiz.yaml": quiz_file(choice(), choice(id="again"), parts)})
    _, problems = read(root)
    return "\n".join(p for p in problems if "quiz.yaml" in p)


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        (
            choice(kind="riddle"),
            f"`questions[3]` needs `kind`: {', '.join(KINDS[:-1])} or estimate",
        ),
        (choice(hint="x"), "unknown key `hint` in `questions[3]`"),
        (
            choice(options=[option("a"), option("b"), option("c")]),
            "`questions[3]`: a choice has exactly one correct option, this one has 0",
        ),
        (
            choice(options=[option("a", correct=True), option("b", correct=True), option("c")]),
            "`questions[3]`: a choice has exactly one correct option, this one has 2",
        ),
        (
            choice(kind="choices"),
            "`questions[3]`: choices have at least two correct options and not all; this one",
        ),
        (
            choice(options=[option("a", correct=True), option("b")]),
            "`questions[3].options`: tuple should have at least 3 items",
        ),
        (
            choice(options=[option("a", correct=True), option("b"), {"id": "c", "text": "C"}]),
            "`questions[3].options[3]` needs `why`",
        ),
        (
            choice(options=[{**option("a"), "correct": "true"}, option("b"), option("c")]),
            "`questions[3].options[1].correct`: expected true or false, found 'true'",
        ),
        (short(), "`questions[3].short`: needs `accept` or `number`, else no answer is right"),
        (order(lines=2), "`questions[3].lines`: tuple should have at least 3 items"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named_by_its_place_in_the_file(
    parts: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    assert problem in broken_question(parts, tmp_path)


# ---------------------------------------------------------------- files


def test_a_link_that_leaves_the_pack_is_refused(tmp_path: Path) -> None:
    root = make_pack(tmp_path / "pack", {f"{ALPHA}/lesson.md": None})
    secret = tmp_path / "secret.md"
    secret.write_text("## Why it matters\n\nA secret.\n")
    (root / ALPHA / "lesson.md").symlink_to(secret)
    content, problems = read(root)
    assert content.topics[0].lesson is None
    assert problems == [
        f"{ALPHA}/lesson.md:1:1: leads out of the pack: links may not leave its folder [structure]"
    ]


def test_a_linked_folder_that_leaves_the_pack_is_refused(tmp_path: Path) -> None:
    make_pack(tmp_path / "other")
    root = make_pack(tmp_path / "pack")
    (root / "topics/basics/gamma").symlink_to(tmp_path / "other" / ALPHA)
    (root / "checklists").mkdir()
    (root / "checklists/x.yaml").symlink_to(tmp_path / "other/pack.yaml")
    (root / "docs").symlink_to(tmp_path / "other" / ALPHA)
    content, problems = read(root)
    assert topics(content) == ["alpha", "beta"]
    assert (content.checklists, content.documents) == ((), ())
    assert len(problems) >= 2
    assert all("leads out of the pack" in problem for problem in problems)


def test_a_link_inside_the_pack_is_followed(tmp_path: Path) -> None:
    root = make_pack(tmp_path)
    (root / BETA / "lesson.md").symlink_to(root / ALPHA / "lesson.md")
    content, problems = read(root)
    assert problems == []
    assert content.topics[1].lesson is not None


def test_links_that_lead_to_each_other_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    root = make_pack(tmp_path, {f"{ALPHA}/lesson.md": None})
    (root / ALPHA / "lesson.md").symlink_to(root / ALPHA / "other.md")
    (root / ALPHA / "other.md").symlink_to(root / ALPHA / "lesson.md")
    content, problems = read(root)
    assert topics(content) == ["alpha", "beta"]
    (problem,) = problems
    assert problem.startswith(f"{ALPHA}/lesson.md:1:1: cannot be read")


def test_a_broken_link_is_a_missing_file(tmp_path: Path) -> None:
    root = make_pack(tmp_path, {f"{BETA}/topic.yaml": None})
    (root / BETA).mkdir()
    (root / BETA / "topic.yaml").symlink_to(root / "nowhere.yaml")
    content, problems = read(root)
    assert topics(content) == ["alpha"]
    assert problems == [f"{BETA}/topic.yaml:1:1: is missing [structure]"]


def test_a_folder_or_a_pipe_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    root = make_pack(tmp_path, {f"{ALPHA}/lesson.md": None, f"{ALPHA}/cheatsheet.md": None})
    (root / ALPHA / "lesson.md").mkdir()
    os.mkfifo(root / ALPHA / "cheatsheet.md")
    content, problems = read(root)
    assert (content.topics[0].lesson, content.topics[0].cheatsheet) == (None, None)
    assert problems == [
        f"{ALPHA}/cheatsheet.md:1:1: is no file [structure]",
        f"{ALPHA}/lesson.md:1:1: is no file [structure]",
    ]


def test_a_file_that_is_not_utf8_is_refused_where_it_stops_being(tmp_path: Path) -> None:
    root = make_pack(tmp_path)
    (root / ALPHA / "lesson.md").write_bytes("one\né, ".encode() + b"caf\xe9\n")
    (root / BETA / "topic.yaml").write_bytes(b"id: beta\ntitle: caf\xe9\n")
    content, problems = read(root)
    assert topics(content) == ["alpha"]
    assert content.topics[0].lesson is None
    assert problems == [
        f"{ALPHA}/lesson.md:2:7: is not UTF-8 from here on [structure]",
        f"{BETA}/topic.yaml:2:11: is not UTF-8 from here on [structure]",
    ]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    root = make_pack(tmp_path)
    for name in ("lesson.md", "topic.yaml"):
        path = root / ALPHA / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    content, problems = read(root)
    assert problems == []
    lesson = content.topics[0].lesson
    assert lesson is not None
    assert lesson.source == LESSON


@pytest.mark.parametrize("name", ["lesson.md", "quiz.yaml"])
def test_a_file_over_the_size_limit_is_not_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_pack(tmp_path)
    (root / ALPHA / name).write_text("x" * 5_001)
    monkeypatch.setattr(strict_yaml, "MAX_BYTES", 5_000)
    _, problems = read(root)
    assert f"{ALPHA}/{name}:1:1: is over 5,000 bytes; split it [structure]" in problems


def test_file_names_are_shown_without_control_characters(tmp_path: Path) -> None:
    root = make_pack(tmp_path)
    (root / "topics" / "\x1b[31mred").mkdir()
    (root / "docs").mkdir()
    with open(os.fsencode(root / "docs") + b"/caf\xe9.md", "w") as file:  # noqa: PTH123
        file.write("A latin name.\n")
    content, problems = read(root)
    assert problems == [
        "topics/\\x1b[31mred:1:1: is no track that pack.yaml names [structure]",
    ]
    assert [d.text.path for d in content.documents] == ["docs/caf\\udce9.md"]


# ---------------------------------------------------------------- tracks, ids, order


def test_a_track_without_a_folder_and_a_folder_without_a_track_are_named(tmp_path: Path) -> None:
    tracks = [
        {"id": "basics", "title": "Basics", "summary": "Here."},
        {"id": "absent", "title": "Absent", "summary": "Not here."},
    ]
    root = make_pack(tmp_path, {"pack.yaml": pack_file(tracks=tracks), "topics/odd/x.md": "x"})
    content, problems = read(root)
    assert topics(content) == ["alpha", "beta"]
    assert problems == [
        "topics/absent:1:1: is missing: pack.yaml names the track `absent` [structure]",
        "topics/odd:1:1: is no track that pack.yaml names [structure]",
    ]


@pytest.mark.parametrize(
    ("path", "name"), [("checklists/x.yaml", "x.yaml"), ("challenges/x/challenge.yaml", "x")]
)
def test_a_checklist_or_challenge_is_named_like_its_file(
    path: str, name: str, tmp_path: Path
) -> None:
    text = checklist_file("y") if name.endswith("yaml") else challenge_file("y")
    content, problems = read(make_pack(tmp_path, {path: text}))
    (problem,) = problems
    assert problem.startswith(f"{path}:1:1: `id` is y, but the ")
    assert f" is {name}: one name" in problem
    assert (content.checklists, content.challenges) == ((), ())


def test_an_empty_text_is_no_text(tmp_path: Path) -> None:
    content, problems = read(make_pack(tmp_path, {f"{ALPHA}/lesson.md": " \n\n"}))
    assert problems == []
    assert content.topics[0].lesson is None


# ---------------------------------------------------------------- untrusted text

HOSTILE = "[/oops] [bold \x1b[31mred\x1b]0;title\x07 \x9b2J"
HARMLESS = "[/oops] [bold [31mred]0;title 2J"


def test_a_lesson_comes_out_literal_and_without_control_characters(tmp_path: Path) -> None:
    text = f"## {HOSTILE}\n\n{HOSTILE}\r\nend\n"
    content, _ = read(
        make_pack(tmp_path, {f"{ALPHA}/lesson.md": text, "docs/d.md": f"# {HOSTILE}\nx"})
    )
    lesson = content.topics[0].lesson
    assert lesson is not None
    (section,) = lesson.sections
    assert (section.heading, section.body) == (HARMLESS, f"{HARMLESS}\nend")
    assert content.documents[0].title == HARMLESS


def test_escapes_written_in_yaml_are_cleaned_too(tmp_path: Path) -> None:
    quiz = quiz_file(choice(stem="STEM", options=[
        option("right", correct=True, text="TEXT", why="WHY"), option("left"), option("middle"),
    ]), short(accept=["TEXT"]), order())  # fmt: skip
    escaped = (
        '"' + HOSTILE.replace("\x1b", "\\e").replace("\x07", "\\a").replace("\x9b", "\\x9b") + '"'
    )
    for word in ("STEM", "TEXT", "WHY"):
        quiz = quiz.replace(f'"{word}"', escaped)
    assert "\x1b" not in quiz
    content, problems = read(make_pack(tmp_path, {f"{ALPHA}/quiz.yaml": quiz}))
    assert problems == []
    asked, typed, _ = content.topics[0].questions
    assert asked.kind == "choice"
    assert typed.kind == "short"
    assert asked.stem == HARMLESS
    assert (asked.options[0].text, asked.options[0].why) == (HARMLESS, HARMLESS)
    assert typed.short.accept == (HARMLESS,)


def test_problems_never_carry_control_characters(tmp_path: Path) -> None:
    texts = [
        '"surprise\\e[31m": 1\n',
        'id: "\\e[31m"\n',
        'level: "\\e[31m"\n',
        '"a\\e": 1\n"a\\e": 2\n',
    ]
    for number, text in enumerate(texts):
        root = make_pack(tmp_path / str(number), {f"{ALPHA}/topic.yaml": text})
        _, problems = read(root)
        assert problems
        assert "\x1b" not in "".join(problems)
