"""A report says where it broke, and nothing of what a learner wrote or where they live."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from nexus_tui import crash, log
from nexus_tui.catalog.strict_yaml import read

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
SECRET = "what I answered"


def _broken(error: Exception) -> Exception:
    answer = SECRET
    try:
        raise error
    except Exception as raised:
        assert answer
        return raised


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(SECRET), "ValueError\n"),
        (KeyError(SECRET), "KeyError\n"),
        (TypeError("'NoneType' object is not callable"), "TypeError: 'NoneType' object"),
        (OSError(28, "No space left on device", f"/home/anna/{SECRET}"), "No space left on device"),
        (sqlite3.OperationalError(SECRET), "OperationalError: without a code"),
    ],
)
def test_the_words_of_an_error_are_told_only_where_they_name_code(
    error: Exception, said: str
) -> None:
    text = crash.report(_broken(error), NOW)

    assert said in text
    assert SECRET not in text and "anna" not in text


def test_the_causes_of_an_error_are_told_too() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise TypeError("no number") from cause
    except TypeError as error:
        text = crash.report(error, NOW)

    assert text.index("TypeError: no number") < text.index("KeyError")


def test_frames_are_named_by_their_package_and_not_by_where_it_is_installed() -> None:
    with pytest.raises(AttributeError) as raised:
        read(3, "x")  # type: ignore[arg-type]
    text = crash.report(raised.value, NOW)

    assert "  nexus_tui/catalog/strict_yaml.py:" in text and "  other code:" in text
    assert crash.place_of(raised.value).startswith("nexus_tui/catalog/strict_yaml.py:")
    assert str(crash._PACKAGE.parent) not in text


def test_the_newest_ten_reports_are_kept(tmp_path: Path) -> None:
    made = [crash.keep(_broken(ValueError()), tmp_path) for _ in range(12)]

    assert sorted((tmp_path / "crashes").iterdir()) == made[-10:]


def test_a_report_that_cannot_be_written_is_no_second_error(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("a file where a folder should be")

    assert crash.keep(_broken(ValueError()), tmp_path) is None


def test_the_log_is_put_aside_when_it_is_large(tmp_path: Path) -> None:
    log.write(tmp_path, "first\x1b[2J line")
    file = log.path_in(tmp_path)
    assert file.read_text().endswith(" first[2J line\n")
    file.write_text("x" * (log.LIMIT + 1))
    log.write(tmp_path, "second")

    assert file.read_text().endswith(" second\n")
    assert file.with_name("nexus.log.1").stat().st_size == log.LIMIT + 1


def test_where_no_log_can_be_written_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    log.write(tmp_path / "data", "words")

    assert [path.name for path in tmp_path.iterdir()] == ["data"]
