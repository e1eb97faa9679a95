"""A fresh start of the learner's code, as often as asked: each time in a process of its own."""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def fresh(do: Callable[[], Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """What `do` comes to in a copy of this process that has these variables too.

    `value` is what it returned, as JSON, or `raised` has the `kind` and the `message` of what it
    raised; that is printed. The copy has the modules of this process: what is imported in it, the
    next one imports anew.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            os.environ.update(environment)
            with os.fdopen(writing, "w", encoding="utf-8") as out:
                json.dump(_tried(do), out)
            sys.stdout.flush()
            sys.stderr.flush()
            code = 0
        finally:
            # Nothing of the process that was copied may go on here.
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if not said:
        code = os.waitstatus_to_exitcode(status)
        return {"raised": {"kind": "Ended", "message": f"the process ended with {code}"}}
    found: dict[str, Any] = json.loads(said)
    return found


def _tried(do: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"value": do()}
    except BaseException as error:  # an exit is one way to refuse to start
        print("".join(traceback.format_exception_only(error)), end="", file=sys.stderr)
        return {"raised": {"kind": type(error).__name__, "message": str(error)}}
