"""Databases of a PostgreSQL for runs: each run finds an empty one."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 10
"""To reach the server."""
_END_SESSIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# The server numbers its own objects below 16384.
_EMPTY = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT extname FROM pg_extension WHERE oid >= 16384 LOOP
    EXECUTE format('DROP EXTENSION %I CASCADE', name);
  END LOOP;
  FOR name IN SELECT nspname FROM pg_namespace
               WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
  CREATE SCHEMA public AUTHORIZATION pg_database_owner;
  GRANT USAGE ON SCHEMA public TO PUBLIC;
END $$
"""
_CATALOGS = """
SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
 WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND NOT relisshared
   AND attname = 'oid' AND relname NOT IN ('pg_class', 'pg_namespace')
"""
_OURS = """
SELECT oid FROM pg_class WHERE oid >= 16384
   AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\\_toast\\_temp%')
UNION ALL SELECT oid FROM pg_namespace WHERE oid >= 16384
   AND nspname <> 'public' AND nspname NOT LIKE 'pg\\_temp%' AND nspname NOT LIKE 'pg\\_toast%'
UNION ALL SELECT setdatabase FROM pg_db_role_setting WHERE setdatabase =
  (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Postgres:
    """A PostgreSQL in which databases may be created. Raises what its driver raises.

    To create and to drop a database makes the server write and wait for the disk. So what a run
    left is taken out, and the database is used again where nothing is left of it; else it is
    dropped, and nobody waits for that before `close`.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: list[str] = []
        self._lock = threading.Lock()
        self._dropping = ThreadPoolExecutor(1)
        self._drops: list[Future[None]] = []
        with self._connected(url) as connection:
            self.version = str(connection.info.server_version)
            catalogs = [row[0] for row in connection.execute(_CATALOGS)]
        one = "UNION ALL SELECT oid FROM {} WHERE oid >= 16384"
        self._ours = "\n".join([_OURS, *map(one.format, catalogs)])

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database."""
        with self._lock:
            name = self._free.pop() if self._free else ""
        if not name:
            name = f"nexus_verify_{secrets.token_hex(4)}"
            with self._connected(self._url) as connection:
                connection.execute(f"CREATE DATABASE {name}")
        try:
            yield self._address(name)
        finally:
            if self._emptied(name):
                with self._lock:
                    self._free.append(name)
            else:
                self._drops.append(self._dropping.submit(self._drop, name))

    def close(self) -> None:
        """Drop all databases that were created, and wait until that is done."""
        self._drops += [self._dropping.submit(self._drop, name) for name in self._free]
        self._free = []
        self._dropping.shutdown()
        for drop in self._drops:
            drop.result()

    def _emptied(self, name: str) -> bool:
        """Is the database as it was when it was created, after all was taken out?"""
        import psycopg

        try:
            with self._connected(self._address(name)) as connection:
                connection.execute(_END_SESSIONS)
                connection.execute(_EMPTY)
                connection.execute("SELECT pg_stat_reset()")
                return not connection.execute(self._ours).fetchall()
        except psycopg.Error:
            return False

    def _drop(self, name: str) -> None:
        with self._connected(self._url) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        return urlsplit(self._url)._replace(path=f"/{name}").geturl()

    @staticmethod
    @contextmanager
    def _connected(url: str) -> Iterator[Any]:
        import psycopg

        with psycopg.connect(url, autocommit=True, connect_timeout=_SECONDS) as connection:
            yield connection
