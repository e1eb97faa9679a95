"""Pictures (SVG) and dumps (text) of screens, kept beside the tests."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syrupy.assertion import SnapshotAssertion


class Picture(SingleFileSnapshotExtension):
    """One SVG file a picture."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT


class Dump(SingleFileSnapshotExtension):
    """One text file a screen: easy to read in a diff."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


def pytest_configure(config: pytest.Config) -> None:
    """Pictures are made on the oldest Python that is supported, so that they agree."""
    if config.option.update_snapshots and sys.version_info[:2] != (3, 11):
        raise pytest.UsageError("Snapshots are updated with Python 3.11 only.")


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One time zone, and nothing that moves by itself."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)
    time.tzset()
    yield
    os.environ.pop("TZ", None)
    time.tzset()


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)


@pytest.fixture
def dump(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Dump)
