"""Writing a setting: everything else stays, all or nothing, one step."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from nexus_tui.settings import SettingsError
from nexus_tui.settings_file import write

if TYPE_CHECKING:
    from pathlib import Path

OLD = """\
# mine
theme = "nexus-light"   # bright

[review]
# how much
retention = 0.9  # as ever
colour = "green"

[other]
retention = 1
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_a_missing_file_is_made_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    write(file, {"retention": "0.95"})
    assert tomllib.loads(file.read_text()) == {"review": {"retention": 0.95}}
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_comments_order_and_unknown_keys_stay(file: Path) -> None:
    file.write_text(OLD)
    write(file, {"retention": "0.85", "due_limit": "20"})
    assert file.read_text() == OLD.replace("0.9  # as", "0.85  # as").replace(
        'colour = "green"\n', 'colour = "green"\ndue_limit = 20\n'
    )


def test_a_file_without_the_table_gets_it_at_its_end(file: Path) -> None:
    file.write_text('theme = "nexus-dark"')
    write(file, {"easy_days": '["sat"]'})
    assert file.read_text() == 'theme = "nexus-dark"\n\n[review]\neasy_days = ["sat"]\n'


@pytest.mark.parametrize(
    "text",
    [
        "review = {retention = 0.9}\n",
        "review.retention = 0.9\n",
        "[review]\neasy_days = [\n  'sat',\n]\n",
        'note = """\n[review]\n"""\n',
    ],
)
def test_what_cannot_be_edited_safely_is_left_untouched(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError, match="Nothing was changed"):
        write(file, {"retention": "0.85", "easy_days": '["sun"]'})
    assert file.read_text() == text
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_broken_file_is_refused_and_stays(file: Path) -> None:
    file.write_text("retention = = 1")
    with pytest.raises(SettingsError, match=r"cannot be written: .* Nothing was changed\.$"):
        write(file, {"retention": "0.85"})
    assert file.read_text() == "retention = = 1"


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path, file: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(OLD)
    real.chmod(0o640)
    file.symlink_to(real)
    write(file, {"retention": "0.85"})
    assert file.is_symlink()
    assert "0.85" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "x"\n'),
        ("ascii = true\n", 'ascii = true\ntheme = "x"\n'),
        ('theme = "y"  # mine\n\n[review]\n', 'theme = "x"  # mine\n\n[review]\n'),
        ("# head\n\n[review]\na = 1\n", '# head\ntheme = "x"\n\n[review]\na = 1\n'),
        ("[review]\ntheme = 1\n", 'theme = "x"\n\n[review]\ntheme = 1\n'),
    ],
)
def test_a_key_above_all_tables_is_set_there(before: str, after: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(before)
    write(file, {"theme": '"x"'}, table="")

    assert file.read_text() == after
