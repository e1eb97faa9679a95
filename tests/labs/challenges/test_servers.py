"""Real servers: a run has a place of its own there, and nothing of it is left."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from nexus_tui.labs.challenges import needs
from nexus_tui.labs.challenges.needs import Unavailable, missing, needed
from tests.labs.challenges import toys

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Lab

POSTGRES, REDIS, RABBITMQ = (
    os.environ.get(f"NEXUS_{name}_URL", "") for name in ("POSTGRES", "REDIS", "RABBITMQ")
)
NOBODY_THERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def lab(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Lab:
    named = {"POSTGRES": POSTGRES, "REDIS": REDIS, "RABBITMQ": RABBITMQ}
    for name, address in named.items():
        monkeypatch.setenv(f"NEXUS_{name}_URL", address)
    return toys.stage(tmp_path_factory.mktemp("stage")).lab


@pytest.mark.skipif(not POSTGRES, reason="NEXUS_POSTGRES_URL names no server")
def test_postgres_gives_a_database_whose_owner_is_no_superuser_and_takes_both_back(
    lab: Lab,
) -> None:
    import psycopg

    with needed(lab.model_copy(update={"needs": ("postgres",)}), {}) as found:
        own = found["NEXUS_POSTGRES_URL"]
        with psycopg.connect(own) as connection:
            connection.execute("CREATE TABLE t (id int)")
            role, power = connection.execute(
                "SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone() or ("", True)
    assert role.startswith("nexus_run_")
    assert power is False
    with psycopg.connect(POSTGRES) as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE datname = %s"
            " UNION SELECT rolname FROM pg_roles WHERE rolname = %s",
            (role, role),
        ).fetchall()
    assert left == []


@pytest.mark.skipif(not REDIS, reason="NEXUS_REDIS_URL names no server")
def test_redis_gives_an_empty_database_and_empties_it(lab: Lab) -> None:
    import redis

    with needed(lab.model_copy(update={"needs": ("redis",)}), {}) as found:
        with redis.Redis.from_url(found["NEXUS_REDIS_URL"]) as client:
            assert client.dbsize() == 0
            client.set("mine", 1)
        address = found["NEXUS_REDIS_URL"]
    with redis.Redis.from_url(address) as client:
        assert client.exists("mine") == 0


@pytest.mark.skipif(not RABBITMQ, reason="NEXUS_RABBITMQ_URL names no server")
def test_rabbitmq_gives_a_prefix_and_deletes_the_names_of_the_stage(lab: Lab) -> None:
    from amqp import NotFound
    from kombu.connection import Connection

    stage = lab.model_copy(update={"needs": ("rabbitmq",), "names": ("work",)})
    with needed(stage, {}) as found:
        name = f"{found['NEXUS_PREFIX']}work"
        with Connection(found["NEXUS_RABBITMQ_URL"]) as connection:  # type: ignore[no-untyped-call]
            connection.channel().queue_declare(queue=name, durable=True, auto_delete=False)
    with Connection(RABBITMQ) as connection, pytest.raises(NotFound):  # type: ignore[no-untyped-call]
        connection.channel().queue_declare(queue=name, passive=True)


def test_a_server_that_does_not_answer_is_said_with_its_variable(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXUS_REDIS_URL", NOBODY_THERE)
    stage = lab.model_copy(update={"needs": ("redis",)})
    with pytest.raises(Unavailable, match="NEXUS_REDIS_URL cannot be used"), needed(stage, {}):
        pytest.fail("there is no server")


def test_a_server_on_this_machine_is_offered_and_only_used_once_it_is_allowed(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEXUS_REDIS_URL", raising=False)
    stage = lab.model_copy(update={"needs": ("redis",)})
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        monkeypatch.setitem(needs._USUAL, "redis", address)
        why = missing(stage, {})
        assert why is not None and "nexus-tui challenge allow redis" in why
        assert missing(stage, {"redis": address}) is None
    monkeypatch.setitem(needs._USUAL, "redis", NOBODY_THERE)
    assert "allow" not in (missing(stage, {}) or "")
