"""No test here meets a server by chance: those that want one name it."""

from __future__ import annotations

import os

import pytest

from nexus_tui.labs.verify.services import NAMES

GIVEN = {variable: os.environ.get(variable) for variable in NAMES.values()}


@pytest.fixture(autouse=True)
def no_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no server were named."""
    for variable in GIVEN:
        monkeypatch.delenv(variable, raising=False)


def _named(variable: str, monkeypatch: pytest.MonkeyPatch) -> str:
    url = GIVEN[variable]
    if not url:
        pytest.skip(f"{variable} names no server")
    monkeypatch.setenv(variable, url)
    return url


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a PostgreSQL."""
    return _named("NEXUS_POSTGRES_URL", monkeypatch)


@pytest.fixture
def redis(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a Redis."""
    return _named("NEXUS_REDIS_URL", monkeypatch)
