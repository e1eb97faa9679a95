"""Paths: the way they go, and what is wrong with one whose names or order do not hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.catalog.reader import read_pack
from tests.builders import challenge_file, choice, make_pack, open_pack, path_file, topic_file
from tests.builders import quiz_file as quiz

if TYPE_CHECKING:
    from nexus_tui.catalog.catalog import PathView

CONTENT = Path(__file__).parents[2] / "content"
ALPHA = "topics/basics/alpha"
FIVE = quiz(*(choice(id=f"q{n}") for n in range(5)))
SLOW = challenge_file("slow", topics=["alpha"])


def files(**changes: Any) -> dict[str, str | None]:
    """A pack with the path `both`, in which `alpha` has five questions and one proof."""
    alpha = topic_file("alpha", stages={"name-it": ["slow/first"]})
    return {
        f"{ALPHA}/quiz.yaml": FIVE,
        f"{ALPHA}/topic.yaml": alpha,
        "challenges/slow/challenge.yaml": SLOW,
        "paths/both.yaml": path_file("both", **changes),
    }


def only(tmp_path: Path, **changes: Any) -> PathView:
    with open_pack(tmp_path, files(**changes)) as catalog:
        [path] = catalog.paths()
    return path


def refused(tmp_path: Path, **changes: Any) -> str:
    """What is said of a path that is left out."""
    content, problems = read_pack(make_pack(tmp_path, files(**changes)))
    assert content is not None
    assert content.paths == ()
    [problem] = problems
    assert problem.path == "paths/both.yaml"
    return problem.message


def test_a_path_goes_through_its_steps_and_is_proved_by_their_stages(tmp_path: Path) -> None:
    path = only(tmp_path)
    assert path.topics == ("tiny/alpha", "tiny/beta")
    assert path.stages == ("tiny/slow/first",)


def test_a_path_may_name_fewer_stages(tmp_path: Path) -> None:
    assert only(tmp_path, stages=[]).stages == ()


def test_a_path_through_a_track_takes_its_topics_foundation_first(tmp_path: Path) -> None:
    changed = files(steps=None, track="basics")
    changed["topics/basics/zeta/topic.yaml"] = topic_file("zeta", level="foundation")
    with open_pack(tmp_path, changed) as catalog:
        [path] = catalog.paths()
    assert path.topics == ("tiny/zeta", "tiny/alpha", "tiny/beta")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"steps": ["beta", "alpha"]}, "`beta` requires `alpha`, which comes after it"),
        ({"steps": ["alpha", "gamma"]}, "`steps` names the topic `gamma`, which the pack has not"),
        ({"steps": ["alpha", "alpha"]}, "`steps` names `alpha` 2 times"),
        ({"steps": None, "track": "none"}, "`track` names `none`, in which the pack has no topic"),
        ({"steps": None}, "a path has either `track` or `steps`"),
        ({"track": "basics"}, "a path has either `track` or `steps`"),
        ({"stages": ["slow/last"]}, "`stages` names `slow/last`, which the pack has not"),
        (
            {"steps": ["beta"], "stages": ["slow/first"], "weights": None},
            "`stages` names `slow/first`, which proves no objective of these topics",
        ),
    ],
)
def test_a_path_that_leads_nowhere_is_left_out_and_says_why(
    changes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    changed = dict(changes)
    if "weights" in changed:  # of a path without `alpha`, whose exam nobody can take
        del changed["weights"]
        content, problems = read_pack(make_pack(tmp_path, files(**changed)))
        assert content is not None and content.paths == ()
        assert said in [problem.message for problem in problems]
        return
    assert said in refused(tmp_path, **changed)


@pytest.mark.parametrize(
    ("weights", "questions", "said"),
    [
        ({"alpha": 99}, 5, "weights are per cent and sum to 100; these sum to 99"),
        ({"alpha": 90, "beta": 10}, 5, "`beta` gets no whole question of 5: 10 %"),
        ({"alpha": 100}, 6, "`weights` wants 6 questions on `alpha`, which has 5"),
        ({"gamma": 100}, 5, "`weights` names `gamma`, which is no topic or objective of the path"),
        ({"alpha": 50, "alpha/name-it": 50}, 10, "names `alpha/name-it` and its whole topic"),
    ],
)
def test_a_blueprint_that_cannot_be_asked_is_refused(
    weights: dict[str, int], questions: int, said: str, tmp_path: Path
) -> None:
    exam = {"questions": questions, "minutes": 5, "weights": weights}
    content, problems = read_pack(make_pack(tmp_path, files(exam=exam)))
    assert content is not None and content.paths == ()
    assert any(said in problem.message for problem in problems), problems


def test_an_easier_topic_after_a_harder_one_is_refused(tmp_path: Path) -> None:
    changed = files(steps=["alpha", "beta", "zeta"])
    changed["topics/basics/zeta/topic.yaml"] = topic_file("zeta", level="foundation")
    _, problems = read_pack(make_pack(tmp_path, changed))
    assert [p.message for p in problems] == [
        "`zeta` is easier than `beta` before it: foundation comes first"
    ]


def test_a_path_whose_id_is_not_its_file_is_left_out(tmp_path: Path) -> None:
    _, problems = read_pack(make_pack(tmp_path, {"paths/other.yaml": path_file("both")}))
    assert [p.message for p in problems] == ["`id` is both, but the file is other.yaml: one name"]


def test_every_track_has_a_path_and_two_go_across_tracks(tmp_path: Path) -> None:
    with open_catalog([CONTENT], tmp_path / "cache") as catalog:
        found = [path.model for path in catalog.paths()]
        tracks = [track.id for track in catalog.tracks()]
    assert [path.track for path in found if path.track] == tracks
    across = [path.id for path in found if path.track is None]
    assert across == ["backend-frontend-collaboration", "first-month-on-the-job"]
