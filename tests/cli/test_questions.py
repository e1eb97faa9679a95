"""`quiz` and `review`, line by line: what is typed becomes rows of answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.learning.showing import show
from nexus_tui.progress.errors import DiskFull
from nexus_tui.progress.store import Store
from tests.histories import answer, one, rows
from tests.study.school import OBJECTIVES, QUESTIONS_EACH, open_desk, write_quiz

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def _question(kind: str, **more: object) -> dict[str, object]:
    return {
        "id": "the-question",
        "kind": kind,
        "objective": "explain",
        "bloom": "apply",
        "stem": "How?",
        "source": "book",
        **more,
    }


SHORT = _question(
    "short",
    short={
        "accept": ["EXPLAIN"],
        "near": [{"text": "ANALYZE", "why": "That runs it."}],
        "wrong": [{"text": "VACUUM", "why": "That cleans up."}],
    },
    why="It shows the plan. Nothing is run.",
)
CHOICES = _question(
    "choices",
    order="fixed",
    options=[
        {"id": "a", "text": "Alpha", "correct": True, "why": "Yes, alpha."},
        {"id": "b", "text": "Beta", "why": "No, not beta."},
        {"id": "c", "text": "Gamma", "correct": True, "why": "Yes, gamma."},
        {"id": "d", "text": "Delta", "why": "No, not delta."},
    ],
)
CHOICE = _question(
    "choice",
    order="fixed",
    options=[
        {"id": "a", "text": "Alpha", "correct": True, "why": "Alpha is first. It always was."},
        {"id": "b", "text": "Beta", "why": "Beta is second."},
        {"id": "c", "text": "Gamma", "why": "Gamma is third."},
    ],
)
ORDER = _question(
    "order",
    lines=[
        {"id": "one", "text": "BEGIN"},
        {"id": "two", "text": "UPDATE", "indent": 1},
        {"id": "three", "text": "COMMIT"},
    ],
    decoys=[{"id": "no", "text": "VACUUM", "why": "Vacuum is no part of it."}],
    why="A transaction begins and commits.",
)


def _answers(command: Command) -> list[tuple[Any, ...]]:
    return rows(command.database, "SELECT question, score, certainty FROM answer ORDER BY fact")


def _numbers(text: str) -> dict[str, str]:
    """Text of a choice → its number, as the last question showed them."""
    return {text: number for number, text in re.findall(r"^  (\d)  (.+)$", text, re.MULTILINE)}


# ---------------------------------------------------------------- quiz


def test_a_quiz_answered_line_by_line_is_in_the_answers(command: Command) -> None:
    done = command("quiz", "sql", stdin="1\n1\n1\n1\n1\n1\n")
    assert (done.code, done.err) == (0, "")
    assert "Done: " in done.out
    verdicts = re.findall(r"^(Right|Wrong)\.", done.out, re.MULTILINE)
    found = _answers(command)
    assert [score for _, score, _ in found] == [1.0 if v == "Right" else 0.0 for v in verdicts]
    assert {q.rsplit("/", 1)[0] for q, _, _ in found} == {"school/sql"}
    objectives = rows(command.database, "SELECT DISTINCT objective FROM answer ORDER BY 1")
    assert objectives == [(f"school/sql/{o}",) for o in sorted(OBJECTIVES)]
    assert one(command.database, "SELECT sum(asked) FROM card") == len(found)


def test_a_right_answer_says_why_and_names_the_source(command: Command) -> None:
    write_quiz(command.pack, "sql", [CHOICE])
    done = command("quiz", "sql", stdin="1\n")
    assert "Right.\nAlpha is first. It always was." in done.out
    assert "The right answer" not in done.out
    assert "(The book)" in done.out
    assert "Done: 1 of 1 right at the first try." in done.out
    assert _answers(command) == [("school/sql/the-question", 1.0, "unmarked")]


def test_a_wrong_answer_says_what_tempted_and_what_is_right(command: Command) -> None:
    write_quiz(command.pack, "sql", [CHOICE])
    done = command("quiz", "sql", stdin="2\n")
    assert "Wrong." in done.out
    assert "Beta is second." in done.out
    assert "The right answer: Alpha" in done.out
    assert _answers(command) == [("school/sql/the-question", 0.0, "unmarked")]


def test_a_sure_wrong_answer_is_explained_once_with_all_that_was_foreseen(
    command: Command,
) -> None:
    write_quiz(command.pack, "sql", [CHOICE])
    done = command("quiz", "sql", stdin="2!\n")
    assert done.out.count("Alpha is first.") == done.out.count("Beta is second.") == 1
    assert "right: Alpha. Alpha is first." in done.out


def test_a_wrong_option_is_explained_by_its_number(command: Command) -> None:
    write_quiz(command.pack, "sql", [CHOICE])
    assert "\n2: Beta is second.\n" in command("quiz", "sql", stdin="2\n").out


def test_who_quits_is_told_that_all_is_saved(command: Command) -> None:
    write_quiz(command.pack, "sql", [CHOICE])
    done = command("quiz", "sql", stdin="quit\n")
    assert "Stopped. Every answer you confirmed is saved." in done.out


@pytest.mark.parametrize(
    ("typed", "said"), [("1!", "sure"), ("1 !", "sure"), ("1?", "guessed"), ("1", "unmarked")]
)
def test_a_mark_behind_the_number_says_how_sure_it_was(
    command: Command, typed: str, said: str
) -> None:
    write_quiz(command.pack, "sql", [CHOICE])
    command("quiz", "sql", stdin=f"{typed}\n")
    assert _answers(command) == [("school/sql/the-question", 1.0, said)]


@pytest.mark.parametrize(
    ("typed", "score", "word"),
    [
        ("explain", 1.0, "Right."),
        ("`EXPLAIN`.", 1.0, "Right."),
        ("analyze", 0.0, "Nearly right."),
        ("vacuum", 0.0, "Wrong."),
        ("näher", 0.0, "Wrong."),
    ],
)
def test_a_short_answer_is_typed(command: Command, typed: str, score: float, word: str) -> None:
    write_quiz(command.pack, "sql", [SHORT])
    done = command("quiz", "sql", stdin=f"{typed}\n")
    assert word in done.out
    assert _answers(command) == [("school/sql/the-question", score, "unmarked")]


@pytest.mark.parametrize(
    ("typed", "score", "word"),
    [
        ("1 3", 1.0, "Right."),
        ("3,1", 1.0, "Right."),
        ("1", 0.5, "Partly right."),
        ("2 4", 0.0, "Wrong."),
    ],
)
def test_several_choices_are_given_as_numbers(
    command: Command, typed: str, score: float, word: str
) -> None:
    write_quiz(command.pack, "sql", [CHOICES])
    done = command("quiz", "sql", stdin=f"{typed}\n")
    assert word in done.out
    assert _answers(command) == [("school/sql/the-question", score, "unmarked")]


def test_lines_are_put_in_order_with_their_indent_and_without_what_does_not_belong(
    command: Command,
) -> None:
    write_quiz(command.pack, "sql", [ORDER])
    looked = command("quiz", "sql", stdin="quit\n")
    assert set(_numbers(looked.out)) == {"BEGIN", "UPDATE", "COMMIT", "VACUUM"}
    desk = open_desk(command.folder)
    question = desk.catalog.question("school/sql/the-question")
    desk.close()
    # The showing is drawn from the id of the session, which is the time.
    command.monkeypatch.setattr("nexus_tui.study.desk.time.time_ns", lambda: 1)
    ids = show(question, "1/school/sql/the-question/0").ids
    place = {key: ids.index(key) + 1 for key in ids}
    typed = f"{place['one']} {place['two']}+1 {place['three']}"
    done = command("quiz", "sql", stdin=f"{typed}\n")
    assert "Right.\nA transaction begins and commits." in done.out
    assert _answers(command) == [("school/sql/the-question", 1.0, "unmarked")]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        "4",
        "one",
        "1 2",
        "1 1",
        "-1",
        "1+",
        "²",
        pytest.param("9" * 5000, id="long"),
        "undo!",
    ],
)
def test_what_is_no_answer_is_asked_again_and_not_recorded(command: Command, typed: str) -> None:
    write_quiz(command.pack, "sql", [CHOICE])
    done = command("quiz", "sql", stdin=f"{typed}\n1\n")
    if typed == "1+":  # an indent means nothing here
        assert "Right." in done.out
    else:
        assert "That is no answer to this question." in done.out
    assert (done.code, done.err) == (0, "")
    assert _answers(command) == [("school/sql/the-question", 1.0, "unmarked")]


def test_bytes_that_are_no_text_are_a_wrong_answer_and_no_crash(command: Command) -> None:
    write_quiz(command.pack, "sql", [SHORT])
    done = command("quiz", "sql", stdin=b"\xff\xfe\n")
    assert (done.code, done.err) == (0, "")
    assert _answers(command) == [("school/sql/the-question", 0.0, "unmarked")]


def test_undo_takes_the_answer_back_and_asks_again(command: Command) -> None:
    done = command("quiz", "sql", stdin="undo\n1\nundo\nquit\n")
    assert "There is nothing to take back." in done.out
    assert "Taken back." in done.out
    assert done.out.count("Question 1 of 2") == 3
    assert _answers(command) == []
    assert one(command.database, "SELECT count(*) FROM fact WHERE kind = 'undo'") == 1


def test_skip_asks_another_one_first_and_leaves_no_answer(command: Command) -> None:
    done = command("quiz", "sql", stdin="skip\nskip\nquit\n")
    stems = re.findall(r"^Is (\S+) so\?$", done.out, re.MULTILINE)
    assert stems[0] == stems[2] != stems[1]
    assert _answers(command) == []


def test_the_end_of_input_stops_and_keeps_what_was_confirmed(command: Command) -> None:
    done = command("quiz", "sql", stdin="1\n")
    assert (done.code, done.err) == (0, "")
    assert done.out.rstrip().endswith("Stopped. Every answer you confirmed is saved.")
    assert len(_answers(command)) == 1


def test_a_quiz_without_a_topic_asks_what_is_new(command: Command) -> None:
    assert command("quiz", "--json").json["mode"] == "learn"
    done = command("quiz", stdin="1\nquit\n")
    assert "Question 1 of 4" in done.out
    assert len(_answers(command)) == 1


def test_a_topic_without_questions_says_so(command: Command) -> None:
    done = command("quiz", "sharding")
    assert (done.code, done.out) == (0, "There is no question to ask here yet.\n")


def test_a_quiz_as_json_lists_what_would_be_asked_and_writes_nothing(command: Command) -> None:
    found = command("quiz", "school/sql", "--json").json
    assert found["mode"] == "topic"
    assert sorted(r["objective"] for r in found["results"]) == [
        f"school/sql/{o}" for o in sorted(OBJECTIVES)
    ]
    assert set(found["results"][0]) == {"question", "objective", "topic", "why"}
    assert one(command.database, "SELECT count(*) FROM fact") == 0
    assert command("quiz", "sharding", "--json").json == {"mode": "topic", "results": []}


def test_to_list_a_review_does_not_end_the_session_that_was_left(command: Command) -> None:
    command("quiz", "sql", stdin="1\nquit\n")
    command("review", "--json")
    command("quiz", "queues", "--json")
    desk = open_desk(command.folder)
    assert desk.open_session() is not None
    desk.close()


# ---------------------------------------------------------------- review


def _answered_long_ago(command: Command) -> None:
    desk = open_desk(command.folder, lambda: datetime.now(UTC) - timedelta(days=100))
    for objective in OBJECTIVES:
        answer(desk.store, f"school/sql/{objective}-0", objective=f"school/sql/{objective}")
    desk.close()


def test_nothing_due_is_said_in_words_and_as_an_empty_list(command: Command) -> None:
    done = command("review")
    assert (done.code, done.out) == (0, "Nothing is due.\n")
    assert command("review", "--json").json == {"mode": "review", "results": []}


def test_a_review_asks_what_is_due_and_then_nothing_is(command: Command) -> None:
    _answered_long_ago(command)
    due = command("review", "--json").json["results"]
    assert {(r["objective"], r["why"]) for r in due} == {
        (f"school/sql/{o}", "due") for o in OBJECTIVES
    }
    typed = "1\n2\n3\n" * QUESTIONS_EACH
    done = command("review", stdin=typed)
    assert "Done: " in done.out
    assert rows(command.database, "SELECT DISTINCT mode FROM answer ORDER BY 1") == [
        ("review",),
        ("topic",),
    ]
    assert command("review", "--json").json["results"] == []


def test_an_answer_that_cannot_be_saved_stops_with_a_sentence(command: Command) -> None:
    command("quiz", "sql", stdin="quit\n")

    def full(*_: object) -> object:
        raise DiskFull("The disk is full: make room, then answer again. Nothing was lost.")

    command.monkeypatch.setattr(Store, "answer", full)
    done = command("quiz", "sql", stdin="1\n1\n")
    assert done.code == 2
    assert done.err == (
        "nexus-tui: The answer was not saved: The disk is full: make room, then answer again. "
        "Nothing was lost.\n"
    )
