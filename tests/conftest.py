"""What all tests share: the examples of properties, the order, and what is done only once."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.idle import wait_exactly
from tests.once import drawings, packs, schemas, statements, strips, style_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("nexus", deadline=None, derandomize=True)
settings.load_profile("nexus")
gc.set_threshold(100_000, 20, 50)

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background: programs inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Promises first: they take longest, and no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("promise") is None)


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: looking through them for garbage took a sixth of all."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def exact_and_made_once() -> Iterator[None]:
    """Waiting is exact, and what all have in common is made once."""
    with pytest.MonkeyPatch.context() as patch:
        for make in (wait_exactly, style_sheets, strips, drawings, statements, schemas, packs):
            make(patch)
        # Screens name the command as a shell finds it, which is the same for every checkout.
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        yield
