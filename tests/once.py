"""What hundreds of apps and histories in one process have in common is made once, or cheaply.

Each is what it would be without this; only the second one is not worked out again.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual._compositor import Compositor

from nexus_tui.catalog import compiled
from nexus_tui.progress import opening

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest
    from sqlalchemy import Engine
    from sqlalchemy.engine import Dialect

ROOT = Path(__file__).resolve().parent.parent
DRAWN = Compositor.render_update


def style_sheets(patch: pytest.MonkeyPatch) -> None:
    """Textual keeps parsed rules per app; all apps here have the same style sheets."""
    from textual.css.stylesheet import Stylesheet

    known: dict[Any, Any] = {}
    own = Stylesheet._parse_rules

    def parse(self: Stylesheet, *args: Any, **named: Any) -> Any:
        key = (args, frozenset(named.items()), frozenset(self._variables.items()))
        if key not in known:
            known[key] = own(self, *args, **named)
        return known[key]

    patch.setattr(Stylesheet, "_parse_rules", parse)


def strips(patch: pytest.MonkeyPatch) -> None:
    """Textual makes seven caches for each strip it draws, most of them never used: plain ones."""
    patch.setattr("textual.strip.FIFOCache", lambda maxsize: {})


def drawings(patch: pytest.MonkeyPatch) -> None:
    """Nobody sees what is drawn between two keys: a screen is drawn when a test looks at it.

    Where drawing itself is to break nothing, `DRAWN` is put back.
    """

    def render_update(self: Compositor, full: bool = False, **named: Any) -> Any:
        return DRAWN(self, full, **named) if full else None

    patch.setattr(Compositor, "render_update", render_update)


def statements(patch: pytest.MonkeyPatch) -> None:
    """SQLAlchemy keeps compiled statements per database; all here are the same SQLite."""
    from sqlalchemy.sql.elements import ClauseElement

    known: dict[Any, Any] = {}
    dialects: dict[type[Dialect], Dialect] = {}
    own = ClauseElement._compile_w_cache

    def compiled_once(self: ClauseElement, dialect: Dialect, **named: Any) -> Any:
        same = dialects.setdefault(type(dialect), dialect)
        return own(self, same, **named | {"compiled_cache": known})

    patch.setattr(ClauseElement, "_compile_w_cache", compiled_once)


def schemas(patch: pytest.MonkeyPatch) -> None:
    """The tables of a new history are copied from the first one."""
    own = opening.make_schema
    known = sqlite3.connect(":memory:", check_same_thread=False)

    def make_schema(engine: Engine) -> None:
        made = bool(known.execute("PRAGMA user_version").fetchone()[0])
        if not made:
            own(engine)
        raw = engine.raw_connection()
        try:
            new = raw.driver_connection
            assert isinstance(new, sqlite3.Connection)
            known.backup(new) if made else new.backup(known)
        finally:
            raw.close()

    patch.setattr(opening, "make_schema", make_schema)


def packs(patch: pytest.MonkeyPatch) -> None:
    """The index of a pack of the checkout is copied as long as its files are the same."""
    own = compiled.compile_packs
    known: dict[Any, sqlite3.Connection] = {}

    def compile_packs(
        roots: Iterable[Path], connection: sqlite3.Connection, mark: str = ""
    ) -> None:
        key = (tuple(roots), mark)
        if not mark or not all(root.is_relative_to(ROOT) for root in key[0]):
            own(key[0], connection, mark)
        elif key in known:
            known[key].backup(connection)
        else:
            own(key[0], connection, mark)
            known[key] = sqlite3.connect(":memory:", check_same_thread=False)
            connection.backup(known[key])

    patch.setattr(compiled, "compile_packs", compile_packs)
