"""The subject: the one process that imports the learner's code. It answers, it decides nothing.

It imports the probe of the stage with all it trusts, gives its rights away, and only then lets the
learner's code in. From there on every function of the probe can be called by the judge.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import json
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexus_tui.labs.challenges.spawning import forget_root
from nexus_tui.sandbox.family import die_with_parent
from nexus_tui.sandbox.limits import Limits, apply
from nexus_tui.sandbox.rails import Rights, restrict

if TYPE_CHECKING:
    from types import ModuleType

_FRAMES = 6
"""Of the learner's code in a traceback that is printed."""


def main() -> None:
    """Serve the judge until it hangs up."""
    die_with_parent()
    # The judge asks where the code is before it stops it.
    faulthandler.register(signal.SIGUSR1, all_threads=False)
    asked: dict[str, Any] = json.loads(sys.argv[1])
    sys.argv = ["subject"]
    channel = socket.socket(fileno=asked["channel"])
    folder = Path(asked["folder"])
    probe = load_module("probe", Path(asked["probe"]))
    forget_root()
    sys.pycache_prefix = str(folder / "tmp" / "bytecode")
    sys.dont_write_bytecode = True
    apply(Limits(**asked["limits"]))
    restrict(folder, Rights(**asked["rights"]))
    # Last: no file of the learner's takes the place of a library.
    sys.path.append(str(folder / "work"))
    serve(channel, probe, folder / "work")


def load_module(name: str, path: Path) -> ModuleType:
    """A module from a file, importable under `name`."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def serve(channel: socket.socket, probe: ModuleType, work: Path) -> None:
    """Answer each line of the channel with one line."""
    # Taken before the learner's code can replace them.
    encode = json.JSONEncoder(allow_nan=False).encode
    send, flush = channel.sendall, (sys.stdout.flush, sys.stderr.flush)
    for line in channel.makefile("rb"):
        asked = json.loads(line)
        try:
            value = getattr(probe, asked["call"])(**asked["arguments"])
            answer = encode({"id": asked["id"], "value": value})
        except BaseException as error:
            answer = encode({"id": asked["id"], "raised": _described(error, work)})
        for each in flush:
            each()
        send(answer.encode() + b"\n")


def _described(error: BaseException, work: Path) -> dict[str, Any]:
    """What was raised and where in the learner's code; printed, too, as a traceback."""
    frames = [
        traceback.FrameSummary(_short(f.filename, work), f.lineno, f.name, line=f.line)
        for f in traceback.extract_tb(error.__traceback__)
        if Path(f.filename).is_relative_to(work)
    ]
    if isinstance(error, SyntaxError) and error.filename:
        name = _short(error.filename, work)
        frames.append(traceback.FrameSummary(name, error.lineno, "", line=error.text))
    last = "".join(traceback.format_exception_only(error))
    print("Traceback:\n", *traceback.format_list(frames[-_FRAMES:]), last, sep="", file=sys.stderr)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else None
    return {"kind": type(error).__name__, "message": str(error)[:1000], "place": place}


def _short(filename: str, work: Path) -> str:
    path = Path(filename)
    return path.relative_to(work).as_posix() if path.is_relative_to(work) else filename
