"""Which module runs what, and what has to be there for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Runner:
    """A module of `nexus_tui.labs.runners`."""

    name: str
    packages: tuple[str, ...] = ()
    services: frozenset[str] = field(default_factory=frozenset)
    """Servers that it needs."""

    warm: tuple[str, ...] = ()
    """Modules that it imports beforehand, for all of its runs."""

    @property
    def module(self) -> str:
        return f"nexus_tui.labs.runners.{self.name}"

    @property
    def missing(self) -> str | None:
        """The first package that it needs and that is not installed."""
        return next((name for name in self.packages if find_spec(name) is None), None)


_DJANGO = ("django", "rest_framework")
_REST = tuple(
    f"rest_framework.{name}"
    for name in ("filters", "generics", "pagination", "routers", "test", "throttling", "viewsets")
)
_BOOKSHOP = Runner("bookshop", _DJANGO, warm=(*_REST, "bookshop.urls"))
_BARE_BOOKSHOP = Runner("bookshop", _DJANGO)
_POSTGRES = Runner("postgres", ("psycopg",), frozenset({"postgres"}))
REDIS = Runner("redis_client", ("redis", "fakeredis"))
"""Runs on a Redis in the process, and on a real one too where there is one."""

RUNNERS = {
    ("sql", "postgres"): _POSTGRES,
    ("python", "postgres"): _POSTGRES,
    ("sh", ""): Runner("shell"),
    ("python", "django"): _BOOKSHOP,
    ("http", ""): _BOOKSHOP,
    ("python", "redis"): REDIS,
    ("python", ""): Runner("python"),
    ("sql", "sqlite"): Runner("sql"),
}
"""By language and `run=`; the slowest first, for they are begun first."""


def runner_for(kind: tuple[str, str], code: Iterable[str]) -> Runner | None:
    """What runs `code` of a kind, given as language and `run=`; None where nothing does."""
    found = RUNNERS.get(kind)
    # REST framework reads settings when it is imported: who changes them imports it afterwards.
    if found == _BOOKSHOP and any("settings" in part for part in code):
        return _BARE_BOOKSHOP
    return found
