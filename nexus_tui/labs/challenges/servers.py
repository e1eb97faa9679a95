"""A place of its own on a real server for one run, removed afterwards.

PostgreSQL: a database and a role that owns it and nothing else. Redis: a database number that was
empty. RabbitMQ: names with a prefix; the queues and exchanges that the stage names are deleted.
"""

from __future__ import annotations

import contextlib
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from nexus_tui.catalog.models import Lab

_SECONDS = 10
"""To reach a server."""


class ServerError(Exception):
    """A server cannot be reached or refuses; the message says why."""


@contextmanager
def _postgres(url: str, _lab: Lab) -> Iterator[dict[str, str]]:
    import psycopg

    # Not a superuser: that one may run programs and read files of the server.
    name, password = _name(), secrets.token_hex(16)
    with _refusing(psycopg.Error):
        admin = psycopg.connect(url, autocommit=True, connect_timeout=_SECONDS)
    with admin:
        with _refusing(psycopg.Error):
            admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}' CONNECTION LIMIT 60")
        try:
            with _refusing(psycopg.Error):
                admin.execute(f"GRANT {name} TO CURRENT_USER")
                admin.execute(f"CREATE DATABASE {name} OWNER {name}")
            parts = urlsplit(url)
            host = parts.netloc.rpartition("@")[2]
            own = parts._replace(netloc=f"{name}:{password}@{host}", path=f"/{name}")
            yield {"NEXUS_POSTGRES_URL": own.geturl()}
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            admin.execute(f"DROP ROLE IF EXISTS {name}")


@contextmanager
def _redis(url: str, _lab: Lab) -> Iterator[dict[str, str]]:
    import redis

    from nexus_tui.labs.verify.redis_databases import NoDatabaseError, Redis

    with _refusing(redis.RedisError, NoDatabaseError):
        server = Redis(url)
    with contextlib.ExitStack() as stack:
        stack.callback(server.close)
        with _refusing(redis.RedisError, NoDatabaseError):
            address = stack.enter_context(server.database())
        yield {"NEXUS_REDIS_URL": address}


@contextmanager
def _rabbitmq(url: str, lab: Lab) -> Iterator[dict[str, str]]:
    import amqp

    parts, prefix = urlsplit(url), f"{_name()}_"

    def connected() -> amqp.Connection:
        connection = amqp.Connection(
            host=f"{parts.hostname}:{parts.port or 5672}",
            userid=unquote(parts.username or "guest"),
            password=unquote(parts.password or "guest"),
            virtual_host=unquote(parts.path[1:]) or "/",
            connect_timeout=_SECONDS,
        )
        connection.connect()
        return connection

    with _refusing(OSError, amqp.AMQPError):
        connected().close()
    try:
        yield {"NEXUS_RABBITMQ_URL": url, "NEXUS_PREFIX": prefix}
    finally:
        # Another one: it would not have lived through a long run without heartbeats.
        with connected() as connection:
            channel = connection.channel()
            for name in lab.names:
                channel.queue_delete(prefix + name)
                channel.exchange_delete(prefix + name)


SERVERS: dict[str, Callable[[str, Lab], AbstractContextManager[dict[str, str]]]] = {
    "postgres": _postgres,
    "redis": _redis,
    "rabbitmq": _rabbitmq,
}


def _name() -> str:
    return f"nexus_run_{secrets.token_hex(5)}"


@contextmanager
def _refusing(*errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise ServerError(" ".join(str(error).split()).rstrip(".")) from error
