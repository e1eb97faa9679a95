"""Paths at the desk: how far one is, what comes next, and the exam that closes one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml

from nexus_tui.study import exams, paths
from tests.histories import Clock, answer
from tests.study.school import open_desk, read, write_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.paths import PathState

PATH = {
    "id": "both",
    "title": "Both",
    "audience": "Whoever begins.",
    "summary": "Know both.",
    "steps": ["sql", "indexing"],
    "exam": {"questions": 8, "minutes": 10, "weights": {"sql/explain": 25, "indexing": 75}},
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    pack = write_pack(tmp_path / "pack")
    (pack / "paths").mkdir()
    (pack / "paths/both.yaml").write_text(yaml.safe_dump(PATH))
    desk = open_desk(tmp_path, Clock())
    yield desk
    desk.close()


def state(desk: Desk) -> PathState:
    [path] = paths.every_path(desk, desk.overview())
    return path


def step(desk: Desk) -> str | None:
    following = state(desk).next
    return following.id if following else None


def ask_all(desk: Desk, topic: str) -> None:
    for objective in ("explain", "decide"):
        key = f"school/{topic}/{objective}"
        answer(desk.store, f"{key}-0", objective=key)


def test_the_hours_of_a_path_count_lessons_and_the_exam(desk: Desk) -> None:
    assert state(desk).minutes == 30 + 30 + 10
    assert [level for level, _ in state(desk).levels] == ["core"]


def test_what_a_path_takes_for_known_is_required_by_it_and_not_on_it(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    (pack / "paths").mkdir()
    exam = {"questions": 5, "minutes": 10, "weights": {"indexing": 100}}
    file = pack / "paths/both.yaml"
    file.write_text(yaml.safe_dump({**PATH, "steps": ["indexing"], "exam": exam}))
    desk = open_desk(tmp_path, Clock())
    assert state(desk).before == ["school/sql"]
    desk.close()


def test_the_next_step_is_a_lesson_then_its_questions_then_the_next_topic(desk: Desk) -> None:
    assert step(desk) == "topic:school/sql"
    for section in range(3):
        read(desk.store, "sql", section)
    assert step(desk) == "quiz:school/sql"
    ask_all(desk, "sql")
    assert step(desk) == "topic:school/indexing"


def test_after_the_last_topic_comes_the_closing_exam_and_then_nothing(desk: Desk) -> None:
    for topic in ("sql", "indexing"):
        for section in range(3):
            read(desk.store, topic, section)
        ask_all(desk, topic)
    assert step(desk) == "closing:school/both"
    sitting = exams.begin(desk, paths.closing_exam(state(desk)))
    assert sitting is not None
    sitting.end("handed in")
    assert step(desk) is None
    assert paths.result(state(desk)).startswith("0 of 8 right on ")


def test_a_closing_exam_asks_what_its_blueprint_says(desk: Desk) -> None:
    wanted = paths.closing_exam(state(desk))
    sitting = exams.begin(desk, wanted)
    assert sitting is not None
    asked = Counter(item.topic for item in sitting.sheet.items)
    assert asked == {"school/sql": 2, "school/indexing": 6}
    assert {i.objective for i in sitting.sheet.items if i.topic == "school/sql"} == {
        "school/sql/explain"
    }
    assert sitting.paper.plan.about == "Closing exam: Both"
    assert sitting.paper.plan.minutes == 10


def test_an_exam_of_another_kind_closes_no_path(desk: Desk) -> None:
    sitting = exams.begin(desk, exams.usual(desk, desk.overview()))
    assert sitting is not None
    sitting.end("handed in")
    assert state(desk).exams == ()


def test_the_lines_of_a_blueprint_say_how_many_questions_they_get(desk: Desk) -> None:
    lines = state(desk).blueprint
    assert [(one.title, one.weight, one.questions) for one in lines] == [
        ("Indexing", 75, 6),
        ("Explain sql", 25, 2),
    ]
