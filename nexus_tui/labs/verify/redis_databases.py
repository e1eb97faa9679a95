"""Databases of a Redis for runs: each run finds an empty one, and nobody's keys are touched."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 10
"""To reach the server."""


class NoDatabaseError(Exception):
    """Every database holds keys or is in use."""


class Redis:
    """A Redis of which only empty databases are used. Raises what its client raises."""

    def __init__(self, url: str) -> None:
        import redis

        self._url = url
        self._free: list[tuple[str, Any]] = []
        self._lock = threading.Lock()
        with redis.Redis.from_url(url, socket_connect_timeout=_SECONDS) as client:
            self.version = str(client.info("server")["redis_version"])
            self._count = int(client.config_get("databases")["databases"])

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database that nobody else has; it is emptied afterwards."""
        with self._lock:
            address, client = self._free.pop() if self._free else self._claim()
        try:
            yield address
        finally:
            client.flushdb()
            with self._lock:
                self._free.append((address, client))

    def close(self) -> None:
        """Give the databases back."""
        for _, client in self._free:
            client.close()

    def _claim(self) -> tuple[str, Any]:
        """Take a database by giving the connection a name, which ends with the connection.

        The name is given and the others are looked for in one step: of two, one sees the other.
        Raises NoDatabaseError.
        """
        import redis

        for number in reversed(range(self._count)):
            address = urlsplit(self._url)._replace(path=f"/{number}").geturl()
            name = f"nexus-verify-{number}"
            client = redis.Redis.from_url(
                address, single_connection_client=True, decode_responses=True
            )
            with client.pipeline(transaction=True) as step:
                step.client_setname(name)
                step.client_list()
                _, connections = step.execute()
            holders = sum(each["name"] == name for each in connections)
            if holders == 1 and client.dbsize() == 0:
                return address, client
            client.close()
        raise NoDatabaseError("every database holds keys or is in use: empty one")
