"""What all tests share: properties tried on the same examples, and style sheets parsed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("nexus", deadline=None, derandomize=True)
settings.load_profile("nexus")


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
