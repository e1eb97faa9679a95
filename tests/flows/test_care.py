"""What the app says and does when the history is not well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.progress import backup
from nexus_tui.study import care
from tests.histories import Clock, answer, one, opened
from tests.running import LARGE, nexus, press, running, settings_for, shown
from tests.study.school import write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings


def _home(folder: Path, answers: int = 40) -> Settings:
    write_pack(folder / "pack")
    settings = settings_for(folder, folder / "pack")
    store = opened(settings.database.path)
    for number in range(answers):
        answer(store, f"school/sql/q{number}", objective="school/sql/explain")
    store.close()
    return settings


def _words(text: str) -> str:
    return " ".join(text.split())


async def test_a_start_after_changes_makes_a_backup_in_the_data_folder(tmp_path: Path) -> None:
    settings = _home(tmp_path)
    for _ in range(2):
        async with running(settings):
            pass
        [made] = backup.backups(care.backups_of(settings))
        assert (made.reason, made.facts >= 40) == ("start", True)
        assert made.path.is_relative_to(settings.data.path)


async def test_a_removed_history_is_said_at_the_answer_and_put_back_from_the_palette(
    tmp_path: Path,
) -> None:
    settings = _home(tmp_path, 0)
    async with running(settings, Clock(), LARGE) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        from nexus_tui.tui import opening

        await opening.start_session(nexus(pilot), "topic", "school/sql")
        await press(pilot, "1", "enter", "enter")
        kept = desk.store.counts()["answers"]
        assert kept == 1
        settings.database.path.unlink()
        await press(pilot, "1", "enter")
        said = _words(shown(pilot))
        assert "✗ not saved:" in said
        assert "was removed while Nexus was open" in said
        assert "your answer is still here" in said
        await press(pilot, "ctrl+p", *"Put the", "enter")
        await press(pilot, "enter")
        assert settings.database.path.exists()
        await press(pilot, "enter")
        assert desk.store.counts()["answers"] == kept + 1
    assert one(settings.database.path, "SELECT count(*) FROM answer") == kept + 1


async def test_a_damaged_page_is_said_on_today_and_every_place_still_opens(
    tmp_path: Path,
) -> None:
    settings = _home(tmp_path)
    path = settings.database.path
    page = one(path, "SELECT rootpage FROM sqlite_master WHERE name = 'answer'")
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    before = path.read_bytes()
    async with running(settings, Clock(), LARGE) as pilot:
        said = _words(shown(pilot))
        assert said.count("is damaged and was left as it is") == 1
        assert "nexus-tui restore" in said
        for place in "234567":
            await press(pilot, place)
    assert path.read_bytes() == before
    assert backup.backups(care.backups_of(settings)) == []


async def test_an_empty_file_is_said_and_the_app_goes_on(tmp_path: Path) -> None:
    settings = _home(tmp_path, 1)
    settings.database.path.write_bytes(b"")
    async with running(settings, Clock(), LARGE) as pilot:
        said = _words(shown(pilot))
        assert "is empty: it was cut off or never written" in said
        assert "what you answer is kept aside and put in once the history can be written" in said
    assert settings.database.path.read_bytes() == b""
