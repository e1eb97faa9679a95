"""Real servers for snippets, named by environment variables; each run has a database of its own."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from nexus_tui.labs.verify.postgres import Postgres
from nexus_tui.labs.verify.redis_databases import NoDatabaseError, Redis

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_Server = TypeVar("_Server", Postgres, Redis)

NAMES = {
    "postgres": "NEXUS_POSTGRES_URL",
    "redis": "NEXUS_REDIS_URL",
    "rabbitmq": "NEXUS_RABBITMQ_URL",
}
"""The environment variable that names each server."""
_CLIENTS = {"postgres": "psycopg", "redis": "redis"}
"""The package that speaks to each server here."""


class ServiceError(Exception):
    """A server that a variable names cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Services:
    """The servers that there are."""

    postgres: Postgres | None = None
    redis: Redis | None = None
    rabbitmq: str | None = None

    def missing(self, wanted: Collection[str]) -> str | None:
        """Why one of the servers in `wanted` is not there; None where all are."""
        for name, variable in NAMES.items():
            if name in wanted and getattr(self, name) is None:
                if os.environ.get(variable):
                    return f"{_CLIENTS[name]} is not installed: install the labs"
                return f"{variable} names no server"
        return None

    def version(self, name: str) -> str:
        """The version of a server, where it tells."""
        return str(getattr(getattr(self, name), "version", ""))

    @contextmanager
    def given(self, wanted: Collection[str]) -> Iterator[dict[str, str]]:
        """Environment variables that name the servers `wanted`, with databases of their own.

        Raises ServiceError.
        """
        with ExitStack() as stack:
            found = {}
            if self.postgres is not None and "postgres" in wanted:
                stack.enter_context(_refusing("postgres"))
                found[NAMES["postgres"]] = stack.enter_context(self.postgres.database())
            if self.redis is not None and "redis" in wanted:
                stack.enter_context(_refusing("redis"))
                found[NAMES["redis"]] = stack.enter_context(self.redis.database())
            if self.rabbitmq is not None and "rabbitmq" in wanted:
                found[NAMES["rabbitmq"]] = self.rabbitmq
            yield found


@contextmanager
def named_services(wanted: Collection[str]) -> Iterator[Services]:
    """The servers in `wanted` that the environment names. Raises ServiceError."""
    url = {
        name: os.environ.get(variable) or None
        for name, variable in NAMES.items()
        if name in wanted and (name not in _CLIENTS or find_spec(_CLIENTS[name]))
    }
    with ExitStack() as stack:
        postgres = _open(stack, "postgres", Postgres, url.get("postgres"))
        redis = _open(stack, "redis", Redis, url.get("redis"))
        yield Services(postgres, redis, url.get("rabbitmq"))


def _open(
    stack: ExitStack, name: str, kind: Callable[[str], _Server], url: str | None
) -> _Server | None:
    if url is None:
        return None
    stack.enter_context(_refusing(name))
    server = kind(url)
    stack.callback(server.close)
    return server


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Say of any error of a server's client which server it is and what to do."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, _errors()):
            raise
        why = " ".join(str(error).split()).rstrip(".")
        raise ServiceError(
            f"The server that {NAMES[name]} names cannot be used: {why}. Mend that, or unset the "
            "variable: what needs the server is left out then."
        ) from error


def _errors() -> tuple[type[Exception], ...]:
    found: list[type[Exception]] = [NoDatabaseError, ValueError]
    if find_spec("psycopg"):
        import psycopg

        found.append(psycopg.Error)
    if find_spec("redis"):
        import redis

        found.append(redis.RedisError)
    return tuple(found)
