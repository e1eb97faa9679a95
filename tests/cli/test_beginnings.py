"""`content new`: what it writes is valid at once, and nothing is written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.skeletons import KINDS
from tests.builders import choice, make_pack, quiz_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_pack(tmp_path / "own")


def test_a_topic_has_all_its_files_and_can_be_read(pack: Path, command: Command) -> None:
    assert command("--content", str(pack), "content", "new", "topic", "basics", "gamma").code == 0
    content, problems = read_pack(pack)
    assert content is not None and problems == []
    gamma = next(topic for topic in content.topics if topic.topic.id == "gamma")
    assert gamma.lesson and gamma.cheatsheet and gamma.troubleshooting and gamma.questions


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_added_behind_the_others(
    kind: str, pack: Path, command: Command
) -> None:
    new = ("--content", str(pack), "content", "new", "question", "beta")
    assert command(*new, "first").code == 0
    assert command(*new, "one-more", "--kind", kind).code == 0
    content, problems = read_pack(pack)
    assert content is not None and problems == []
    first, last = content.topics[1].questions
    assert (first.id, last.id, last.kind) == ("first", "one-more", kind)


def test_the_first_question_of_a_topic_makes_its_file(pack: Path, command: Command) -> None:
    assert command("--content", str(pack), "content", "new", "question", "beta", "first").code == 0
    content, _ = read_pack(pack)
    assert content is not None
    assert [q.id for q in content.topics[1].questions] == ["first"]


def test_a_checklist_can_be_read(pack: Path, command: Command) -> None:
    new = ("content", "new", "checklist", "tidy", "--topic", "alpha")
    assert command("--content", str(pack), *new).code == 0
    content, problems = read_pack(pack)
    assert content is not None and problems == []
    assert "tidy" in [checklist.id for checklist in content.checklists]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (("topic", "no-track", "gamma"), "There is no track 'no-track': choose one of basics."),
        (("topic", "basics", "alpha"), "There is a topic 'alpha' already."),
        (("topic", "basics", "Not An Id"), "is no id"),
        (("question", "nowhere", "first"), "There is no topic 'nowhere' that can be read."),
        (("question", "alpha", "again"), "alpha has a question 'again' already."),
        (("question", "alpha", "new", "--kind", "essay"), "There is no kind 'essay'"),
        (("question", "alpha", "new"), "is not followed by a list of blocks"),
    ],
)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(
    new: tuple[str, ...], words: str, pack: Path, command: Command
) -> None:
    before = {path: path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    done = command("--content", str(pack), "content", "new", *new)
    assert done.code == 2
    assert words in done.err
    assert {path: path.read_bytes() for path in pack.rglob("*") if path.is_file()} == before


def test_a_path_shares_its_exam_out_evenly_and_can_be_read(pack: Path, command: Command) -> None:
    bank = [choice(id=f"q{n}") for n in range(12)]
    (pack / "topics/basics/alpha/quiz.yaml").write_text(quiz_file(*bank))
    (pack / "topics/basics/beta/quiz.yaml").write_text(quiz_file(*bank))
    new = ("--content", str(pack), "content", "new", "path", "all-of-it", "--track", "basics")
    assert command(*new).code == 0
    content, problems = read_pack(pack)
    assert content is not None and problems == []
    [path] = content.paths
    assert path.exam.weights == {"alpha": 50, "beta": 50}
    assert path.exam.questions == 20


def test_a_path_needs_questions_for_its_exam(pack: Path, command: Command) -> None:
    new = ("--content", str(pack), "content", "new", "path", "all-of-it", "--track")
    assert "too few questions for an exam of five" in command(*new, "basics").sentence
    assert "too few questions" in command(*new, "nowhere").sentence


def test_a_checklist_that_is_there_is_not_written_over(pack: Path, command: Command) -> None:
    new = ("--content", str(pack), "content", "new", "checklist", "tidy", "--topic", "alpha")
    assert command(*new).code == 0
    assert command(*new).code == 2
