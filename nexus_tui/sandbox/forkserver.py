"""A warm process: it imports once what is slow, and forks itself for each run.

`python -m nexus_tui.sandbox.forkserver` reads JSON lines from its input and writes one for each.
The first names a module, which has `prepare(**options)` and `run(job)`; each further one is a run:
a child, leader of a session of its own, held to its limits, calls `run` and ends as Python ends.
The server has one thread and one run at a time, so whatever else descends from it is left over.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import sys
import threading
from dataclasses import asdict
from typing import Any, NoReturn

from nexus_tui.sandbox.family import adopt_orphans, die_with_parent
from nexus_tui.sandbox.limits import Limits, apply
from nexus_tui.sandbox.watch import watch


def serve() -> None:
    """Answer until the input ends; in a child, do its run and return."""
    questions = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    adopt_orphans()
    first = json.loads(questions.readline())
    try:
        module = importlib.import_module(first["module"])
        module.prepare(**first["options"])
    except Exception as error:
        _answer(answers, {"failed": f"{type(error).__name__}: {error}"})
        return
    _forget(first["forget"])
    gc.freeze()
    _answer(answers, {"ready": True})
    for line in iter(questions.readline, ""):
        asked = json.loads(line)
        limits = Limits(**asked["limits"])
        output, print_here = os.pipe()
        errors, say_here = os.pipe()
        child = os.fork()
        if child == 0:
            for pipe in (questions, answers):
                os.close(pipe.fileno())
            os.close(output)
            os.close(errors)
            _become(asked, limits, print_here, say_here)
            _run(module, asked["job"])
        os.close(print_here)
        os.close(say_here)
        ended = watch(child, output, errors, limits, asker=questions.fileno())
        _answer(answers, asdict(ended))


def _forget(root: str) -> None:
    """What is run must not import from where the server was found, unless all may."""
    if root in sys.path:
        sys.path.remove(root)


def _answer(answers: Any, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def _become(asked: dict[str, Any], limits: Limits, output: int, errors: int) -> None:
    """Turn the child of a fork into what runs: session, pipes, folder, environment, limits."""
    os.setsid()
    die_with_parent()
    os.dup2(output, 1)
    os.dup2(errors, 2)
    os.close(output)
    os.close(errors)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    apply(limits)


def _run(module: Any, job: Any) -> NoReturn:
    """Run the job and end as Python ends, but for taking its modules apart.

    That would touch, and so copy, all that the server imported: hundreds of milliseconds.
    """
    code = 1
    try:
        module.run(job)
        code = 0
    except SystemExit as left:
        code = _code(left)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        try:
            threading._shutdown()  # type: ignore[attr-defined]  # waits for threads
            atexit._run_exitfuncs()
            for stream in (sys.stdout, sys.stderr):
                if stream is not None and not stream.closed:
                    stream.flush()
        except BaseException as error:
            sys.excepthook(type(error), error, error.__traceback__)
            code = code or 1
        os._exit(code)


def _code(left: SystemExit) -> int:
    """The exit code of `sys.exit(…)`; what is no number is printed and means 1."""
    if left.code is None or isinstance(left.code, int):
        return (left.code or 0) & 0xFF
    print(left.code, file=sys.stderr)
    return 1


if __name__ == "__main__":
    serve()
