"""The film of the README: frames of the app in one SVG that any page can show."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.looks import scenes
from tests.looks.recording import Film
from tests.running import press, running

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings
    from tests.histories import Clock

_SVG = "{http://www.w3.org/2000/svg}"


def _a_week(folder: Path) -> tuple[Settings, Clock]:
    folder.mkdir()
    return scenes.after_a_week(folder)


async def _filmed(folder: Path) -> str:
    settings, clock = _a_week(folder)
    async with running(settings, clock) as pilot:
        film = Film(80, pilot.app.theme_variables["nx-page"], "#888888")
        film.take(pilot, 2, "Today")
        await press(pilot, "j")
        film.take(pilot, 1, "j & a step <down>")
        await press(pilot, "2")
        film.take(pilot, 1, "2: the topics")
    return film.svg("A film")


async def test_a_film_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    assert await _filmed(tmp_path / "one") == await _filmed(tmp_path / "other")


async def test_a_film_holds_its_frames_in_order_and_each_row_once(tmp_path: Path) -> None:
    film = ET.fromstring(await _filmed(tmp_path / "one"))  # well-formed
    assert film.findtext(f"{_SVG}desc") == "Today; j & a step <down>; 2: the topics"
    rows = [ET.tostring(row) for row in film.iterfind(f"{_SVG}defs/{_SVG}g")]
    used = film.findall(f".//{_SVG}use")
    assert len(rows) == len({row.split(b">", 1)[1] for row in rows}) < len(used)
    assert len(film.findall(f".//{_SVG}text[@class='said']")) == 3


async def test_who_wants_no_motion_sees_the_first_frame(tmp_path: Path) -> None:
    said = await _filmed(tmp_path / "one")
    assert "@keyframes film{0.00%{transform:translateY(-0px)}50.00%{" in said
    assert "@media (prefers-reduced-motion:reduce){#film{animation:none}}" in said
