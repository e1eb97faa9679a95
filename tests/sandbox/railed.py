"""Runs code behind guard rails, beside a parent that it may try to harm.

The parent holds a secret and has sockets of all kinds open; its child puts the rails up and
executes the code. What the code did, and how both fared, is printed.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from nexus_tui.sandbox import rails
from nexus_tui.sandbox.family import not_dumpable
from nexus_tui.sandbox.rails import Level, RailsError, Rights, restrict


def serve(outside: Path) -> dict[str, socket.socket]:
    """Sockets of the parent, which the code has no right to reach."""
    sockets = {
        "tcp": socket.socket(),
        "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "unix": socket.socket(socket.AF_UNIX),
        "abstract": socket.socket(socket.AF_UNIX),
        "datagram": socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    }
    for name in ("tcp", "udp"):
        sockets[name].bind(("127.0.0.1", 0))
    for name in ("unix", "datagram"):
        (outside / name).unlink(missing_ok=True)
        sockets[name].bind(str(outside / name))
    sockets["abstract"].bind(f"\0nexus-{os.getpid()}")
    for name in ("tcp", "unix", "abstract"):
        sockets[name].listen()
    return sockets


def attempt(asked: dict[str, Any], known: dict[str, Any]) -> str:
    """How the code ended: `done`, or the name of what it raised."""
    folder = Path(asked["folder"])
    os.chdir(folder)
    os.environ["TMPDIR"] = str(folder)
    exec(asked["before"], known)
    if asked["level"] is not None:
        held = Level(*asked["level"])
        rails.probe = lambda: held  # type: ignore[assignment]
        readable = [Path(path) for path in asked["readable"]]
        restrict(folder, Rights(**asked["rights"]), readable=readable)
    try:
        exec(asked["code"], known)
    except Exception as error:
        known["print"](repr(error))
        return type(error).__name__
    return "done"


def beside_parent(asked: dict[str, Any]) -> dict[str, Any]:
    """Run the code in a child of this process; how both fared."""
    if asked["hidden"]:
        not_dumpable()
    outside = Path(asked["outside"])
    os.environ["HOME"] = str(outside)
    memory = ctypes.create_string_buffer(b"secret")
    sockets = serve(outside)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        addresses = {name: one.getsockname() for name, one in sockets.items()}
        for one in sockets.values():
            one.close()
        printed: list[str] = []
        known = {
            "__name__": "__main__",
            "print": lambda *what: printed.append(" ".join(map(str, what))),
            "os": os,
            "socket": socket,
            "ctypes": ctypes,
            "libc": ctypes.CDLL(None, use_errno=True),
            "outside": outside,
            "addresses": addresses,
            "parent": os.getppid(),
            "memory": ctypes.addressof(memory),
        }
        ended = "rails not up"
        try:
            ended = attempt(asked, known)
        except RailsError as error:
            printed.append(str(error))
        finally:
            os.write(writing, json.dumps({"ended": ended, "printed": printed}).encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    found = json.loads(said) if said else {"ended": f"signal {-code}", "printed": []}
    return {**found, "memory": memory.value.decode()}


def main() -> None:
    """Do as each line of the input asks, in a parent of its own, and answer with one line."""
    for line in sys.stdin:
        reading, writing = os.pipe()
        parent = os.fork()
        if parent == 0:
            os.close(reading)
            os.write(writing, json.dumps(beside_parent(json.loads(line))).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            said = pipe.read()
        os.waitpid(parent, 0)
        lost = {"ended": "parent killed", "printed": [], "memory": ""}
        print(said or json.dumps(lost), flush=True)


if __name__ == "__main__":
    main()
