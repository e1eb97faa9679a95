"""What all tests share: the examples of properties, the order, and what is done only once."""

from __future__ import annotations

import gc
import signal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.idle import wait_exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("nexus", deadline=None, derandomize=True)
settings.load_profile("nexus")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background: programs inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Promises first: they take longest, and no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("promise") is None)


gc.set_threshold(100_000, 20, 50)


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: looking through them for garbage took a sixth of all."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def style_sheets_parsed_once() -> Iterator[None]:
    """Textual keeps parsed rules per app; hundreds of apps here have the same style sheets."""
    from textual.css.stylesheet import Stylesheet

    known: dict[Any, Any] = {}
    own = Stylesheet._parse_rules

    def parse(self: Stylesheet, *args: Any, **named: Any) -> Any:
        key = (args, frozenset(named.items()), frozenset(self._variables.items()))
        if key not in known:
            known[key] = own(self, *args, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse)
        yield


@pytest.fixture(autouse=True, scope="session")
def pilots_wait_exactly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        wait_exactly(patch)
        yield
