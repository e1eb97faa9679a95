"""What a stage needs beyond Python: packages, and servers of its own for one run."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nexus_tui.command import command
from nexus_tui.labs.challenges.servers import SERVERS, ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nexus_tui.catalog.models import Lab

VARIABLES = {name: f"NEXUS_{name.upper()}_URL" for name in SERVERS}
"""The environment variable that names each server."""
_USUAL = {
    "postgres": "postgresql://postgres@127.0.0.1:5432/postgres",
    "redis": "redis://127.0.0.1:6379/0",
    "rabbitmq": "amqp://guest:guest@127.0.0.1:5672/",
}
"""Where a server of this kind listens on one's own machine, unless told otherwise."""
_SAID = {"postgres": "PostgreSQL", "redis": "Redis", "rabbitmq": "RabbitMQ"}


class Unavailable(Exception):
    """Something that the stage needs is not here; the message says what to install or set."""


def missing(lab: Lab, servers: Mapping[str, str]) -> str | None:
    """What the stage needs and this machine has not, in one sentence; None: it can be checked."""
    packages = [name for name in lab.needs if name not in SERVERS]
    absent = [name for name in packages if find_spec(name.replace("-", "_")) is None]
    if absent:
        return (
            f"This stage runs your code with {', '.join(absent)}, which is not installed: "
            "install the labs with `uv tool install 'nexus-tui[labs]'`, or `make run`."
        )
    for name in lab.needs:
        if name in SERVERS and not _address(name, servers):
            return (
                f"This stage runs on a real {_SAID[name]}, in a place of its own there that is "
                f"removed afterwards: set {VARIABLES[name]} to its address{_found(name)}."
            )
    return None


@contextmanager
def needed(lab: Lab, servers: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Variables that name the servers the stage needs, each with a place of its own.

    Raises Unavailable.
    """
    if why := missing(lab, servers):
        raise Unavailable(why)
    with ExitStack() as stack:
        found: dict[str, str] = {}
        for name in lab.needs:
            if name in SERVERS:
                try:
                    place = SERVERS[name](_address(name, servers), lab)
                    found |= stack.enter_context(place)
                except ServerError as error:
                    raise Unavailable(
                        f"The {_SAID[name]} at {VARIABLES[name]} cannot be used: {error}."
                    ) from error
        yield found


def found(name: str) -> str | None:
    """The usual address of a server on this machine, where one answers."""
    address = _USUAL[name]
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port), timeout=0.3).close()
    except OSError:
        return None
    return address


def _found(name: str) -> str:
    if found(name) is None:
        return ""
    allow = f"{command()} challenge allow {name}"
    return f", or let stages use the one on this machine with `{allow}`"


def _address(name: str, servers: Mapping[str, str]) -> str:
    return os.environ.get(VARIABLES[name]) or servers.get(name, "")
