"""`exam` and `placement`, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.histories import one

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def test_an_exam_is_answered_handed_in_listed_and_reported(command: Command) -> None:
    typed = "1\nflag\nnext\nbefore\ngo 3\n2\nlist\nnonsense\nhand in\n"
    done = command("exam", "--questions", "3", "--minutes", "9", "--topic", "sql", stdin=typed)
    assert (done.code, done.err) == (0, "")
    assert "Sql. 3 questions, 9 minutes." in done.out
    assert "That is no answer to this question." in done.out
    assert "answered" in done.out
    assert ", flagged" in done.out
    assert "Right." not in done.out
    assert "of 3 right. You would get" in done.out
    assert one(command.database, "SELECT count(*) FROM answer WHERE mode = 'exam'") == 2
    [listed] = command("exam", "--json").json["results"]
    assert (listed["asked"], listed["ended"], listed["about"]) == (3, "handed in", "Sql")
    assert listed["low"] <= listed["right"] / 3 <= listed["high"]
    assert command("exam", "--list").out.startswith(listed["exam"])
    report = command("exam", "--report", listed["exam"])
    assert report.out.startswith("# Exam of ")
    assert "## By objective" in report.out
    assert command("exam", "--report", "last").out == report.out


def test_a_report_is_written_to_a_file_and_not_over_one(command: Command) -> None:
    command("exam", "--questions", "1", stdin="hand in\n")
    target = command.folder / "exam.md"
    assert command("exam", "--report", "last", "--output", str(target)).code == 0
    assert target.read_text().startswith("# Exam of ")
    again = command("exam", "--report", "last", "--output", str(target))
    assert "exists already" in again.sentence


def test_an_exam_that_was_left_is_gone_on_with(command: Command) -> None:
    left = command("exam", "--questions", "4", "--all", stdin="1\nquit\n")
    assert "nexus-tui exam goes on" in left.out
    again = command("exam", stdin="list\nhand in\n")
    assert "Going on with the exam whose time runs." in again.out
    assert again.out.count("  answered") == 1
    assert command("exam", "--list").out.count("\n") == 1


def test_the_last_answer_is_followed_by_the_way_to_end_it(command: Command) -> None:
    done = command("exam", "--questions", "1", stdin="1\n1\n")
    assert "All are answered: hand in ends the exam." in done.out
    assert one(command.database, "SELECT count(*) FROM fact WHERE kind = 'answer'") == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--report", "zz"), "There is no exam 'zz'"),
        (("--share", "nothing=2"), "There is no track 'nothing'"),
        (("--share", "databases=x"), "the parts of a track are a number"),
        (("--topic", "sharding"), "None of these topics has questions yet"),
        (("--topic", "sqk"), "There is no topic 'sqk'. Did you mean sql?"),
    ],
)
def test_what_an_exam_cannot_be_is_said(
    command: Command, arguments: tuple[str, ...], words: str
) -> None:
    assert words in command("exam", *arguments).sentence


def test_shares_of_tracks_are_a_blueprint(command: Command) -> None:
    arguments = ("--questions", "3", "--share", "databases=1", "--share", "async=2")
    done = command("exam", *arguments, stdin="hand in\n")
    assert "Sql, Indexing, Queues. 3 questions, 20 minutes." in done.out
    [listed] = command("exam", "--json").json["results"]
    asked = [o["asked"] for o in listed["objectives"] if "queues" in o["objective"]]
    assert sum(asked) == 2


def test_nothing_ended_yet_is_said(command: Command) -> None:
    assert command("exam", "--list").out == "No exam has ended yet.\n"
    assert command("placement", "--list").out == "No placement has ended yet.\n"


def test_a_placement_asks_concludes_and_credits_nothing_to_who_knows_nothing(
    command: Command,
) -> None:
    done = command("placement", stdin="?\n" * 25)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("3 of 4 topics have questions so far;")
    assert "Of 3 topics: 0 credited, 3 new to you." in done.out
    assert "It needs " in done.out
    [listed] = command("placement", "--json").json["results"]
    assert {topic["standing"] for topic in listed["topics"]} == {"new"}
    assert done.out.count("Saved.") == listed["questions"] <= 25
    assert "3 new to you" in command("placement", "--list").out


def test_a_placement_that_was_left_is_gone_on_with(command: Command) -> None:
    left = command("placement", stdin="?\nzebra\nquit\n")
    assert "That is no answer to this question." in left.out
    assert "nexus-tui placement goes on" in left.out
    again = command("placement", stdin="")
    assert "\nQuestion 2, at most 25\n" in again.out
