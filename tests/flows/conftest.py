"""One time zone, and nothing that moves by itself."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from tests.histories import Clock
from tests.looks import scenes
from tests.running import settings_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nexus_tui.settings import Settings

    SessionAt = Callable[[str], tuple[Settings, Clock]]


OBJECTIVES = {
    "refunded-newest": "design-one",
    "ticks": "predict-use",
    "how-many": "predict-use",
    "in-order": "design-one",
}


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)
    monkeypatch.setattr("nexus_tui.tui.browser.is_there", lambda: True)
    time.tzset()
    yield
    os.environ.pop("TZ", None)
    time.tzset()


@pytest.fixture(scope="session")
def scenes_made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Question → the folder in which a session stands before it, made once."""
    made = {}
    for name, objective in OBJECTIVES.items():
        made[name] = tmp_path_factory.mktemp(name)
        scenes.session_of(made[name], name, objective)
    return made


@pytest.fixture
def session_at(scenes_made: dict[str, Path], tmp_path: Path) -> SessionAt:
    """A copy of `scenes.session_of`, by the name of the question to be asked now."""

    def copied(name: str) -> tuple[Settings, Clock]:
        shutil.copytree(scenes_made[name], tmp_path, dirs_exist_ok=True)
        return settings_for(tmp_path, scenes.PACK), Clock(scenes.THURSDAY)

    return copied


@pytest.fixture
def week(tmp_path: Path) -> tuple[Settings, Clock]:
    return scenes.after_a_week(tmp_path)
