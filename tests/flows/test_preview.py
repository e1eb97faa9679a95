"""`content preview`: a file as the learner will see it, again whenever it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.tui.preview import PreviewApp
from tests.builders import make_pack
from tests.running import settings_for, settled, shown

if TYPE_CHECKING:
    from pathlib import Path

LESSON = "## Why it matters\n\n{words}\n\n## Recall\n\nSay it again.\n"


def _app(folder: Path, name: str = "lesson.md") -> tuple[PreviewApp, Path]:
    pack = make_pack(folder / "pack")
    file = pack / "topics" / "basics" / "alpha" / name
    return PreviewApp(settings_for(folder, folder / "elsewhere"), pack, file), file


async def test_a_lesson_is_shown_and_again_when_it_is_saved(tmp_path: Path) -> None:
    app, file = _app(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "Nothing is older than alpha." in shown(pilot)
        file.write_text(LESSON.format(words="Everything is new."))
        app.look()
        await settled(pilot)

        assert "Everything is new." in shown(pilot)


async def test_what_cannot_be_read_is_said_and_the_last_text_stays(tmp_path: Path) -> None:
    app, file = _app(tmp_path, "quiz.yaml")
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "Start the quiz" in shown(pilot)
        file.write_text("questions: [")
        app.look()
        await settled(pilot)

        assert any("quiz.yaml:" in toast.message for toast in app._notifications)
        assert "Start the quiz" in shown(pilot)


async def test_nothing_is_kept_of_a_preview(tmp_path: Path) -> None:
    app, _ = _app(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
    assert not app.settings.database.path.exists()
