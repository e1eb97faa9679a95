"""A run has a database of a Redis for itself, whoever else takes one at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_tui.labs.verify.redis_databases import Redis

if TYPE_CHECKING:
    import pytest


def test_of_two_runs_that_take_a_database_at_once_each_has_its_own(
    redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redis.connection import AbstractConnection

    one, other = Redis(redis), Redis(redis)
    send, between = AbstractConnection.send_packed_command, other.database()
    met: list[str] = []

    def sent(connection: AbstractConnection, command: Any, **more: Any) -> None:
        if "SETNAME" in str(command) and not met:
            # Connected, and nobody can see yet for which database.
            met.append("")
            met[0] = between.__enter__()
        send(connection, command, **more)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(AbstractConnection, "send_packed_command", sent)
    with one.database() as address:
        between.__exit__(None, None, None)
    one.close()
    other.close()
    assert met[0].startswith("redis")
    assert address != met[0]
