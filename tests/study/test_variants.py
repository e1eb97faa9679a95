"""A variant is drawn anew at each showing, and the same again after undo and restart."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.revision import revision
from nexus_tui.catalog.trust import trust
from nexus_tui.catalog.variants import draw
from nexus_tui.learning.rating import Certainty
from nexus_tui.learning.responses import Typed
from tests.builders import family
from tests.histories import rows
from tests.study.school import open_desk, settings_in, write_quiz

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.sitting import Sitting

FAMILIES = [family(id=f"f{n}", objective=of) for n, of in enumerate(("explain", "decide"))]
BASE = "How many queries for 3 books?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = settings_in(tmp_path)
    write_quiz(settings.content.path, "sql", FAMILIES)
    trust(settings.content.path, settings.data.path)
    with closing(open_desk(tmp_path)) as found:
        yield found


def begun(desk: Desk) -> Sitting:
    sitting = desk.start("topic", "school/sql")
    assert sitting is not None
    return sitting


def stem(sitting: Sitting) -> str:
    asked = sitting.asked()
    assert asked is not None
    return asked.question.stem


def wrong(sitting: Sitting) -> None:
    sitting.go_on(sitting.answer(Typed("none"), Certainty.UNMARKED))


def test_each_showing_draws_a_variant_and_keeps_it_while_it_is_open(desk: Desk) -> None:
    shown = {stem(begun(desk)) for _ in range(8)}
    assert len(shown) > 3
    assert BASE not in shown
    sitting = begun(desk)
    assert stem(sitting) == stem(sitting)


def test_the_fact_holds_the_seed_that_draws_the_variant_again(desk: Desk, tmp_path: Path) -> None:
    sitting = begun(desk)
    asked = sitting.asked()
    assert asked is not None
    wrong(sitting)
    sql = "SELECT payload, revision FROM fact WHERE kind = 'answer'"
    [(payload, kept)] = rows(tmp_path / "progress.db", sql)
    base = desk.catalog.question(asked.planned.question)
    assert draw(base, json.loads(payload)["seed"]) == asked.question != base
    assert kept == revision(base)


def test_undo_and_a_restart_show_the_same_variant(desk: Desk, tmp_path: Path) -> None:
    sitting = begun(desk)
    first = stem(sitting)
    wrong(sitting)
    second = stem(sitting)
    assert sitting.undo()
    assert stem(sitting) == first
    wrong(sitting)
    with closing(open_desk(tmp_path)) as again:
        resumed = again.open_session()
        assert resumed is not None
        assert stem(resumed) == second
        assert resumed.undo()
        assert stem(resumed) == first


def test_the_answer_is_graded_by_the_variant_shown(desk: Desk) -> None:
    sitting = begun(desk)
    books = int(stem(sitting).split()[4])
    outcome = sitting.answer(Typed(f"{books}"), Certainty.UNMARKED)
    assert [reason.why for reason in outcome.explanation.tempting] == [f"One more than {books}."]
    sitting.go_on(outcome)
    books = int(stem(sitting).split()[4])
    assert sitting.answer(Typed(f"{books + 1} queries"), Certainty.UNMARKED).grade.score == 1.0


def test_a_pack_that_is_not_trusted_shows_the_base(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    write_quiz(settings.content.path, "sql", FAMILIES)
    with closing(open_desk(tmp_path)) as desk:
        sitting = begun(desk)
        assert stem(sitting) == BASE
        assert sitting.answer(Typed("4"), Certainty.UNMARKED).grade.score == 1.0
