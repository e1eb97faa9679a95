"""Python: the parts share one `__main__`, as if typed one after the other."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from nexus_tui.labs.runners.marks import end_part

NAME = "snippet"
"""The file that tracebacks name; no such file is there, so they show no source."""


def prepare() -> None:
    """Nothing is imported beforehand: a snippet finds what a bare Python has."""


def run(job: dict[str, Any], **names: object) -> None:
    """Run the parts of a job; `names` are there from the start."""
    known = begin(**names)
    for _, code in job["parts"]:
        execute(code, known)
        end_part(job["mark"])


def begin(**names: object) -> dict[str, Any]:
    """A fresh `__main__`, as a script in this folder has it; its names."""
    main = ModuleType("__main__")
    vars(main).update(names)
    sys.modules["__main__"] = main
    sys.argv = [f"{NAME}.py"]
    sys.path.insert(0, str(Path.cwd()))
    # A module that a snippet writes twice within a second must not be read from byte code.
    sys.dont_write_bytecode = True
    if "tempfile" in sys.modules:
        vars(sys.modules["tempfile"])["tempdir"] = None
    return vars(main)


def execute(code: str, names: dict[str, Any]) -> None:
    """Run code; where it fails, print its traceback and exit."""
    try:
        exec(compile(code, NAME, "exec", dont_inherit=True), names)  # noqa: S102 - trusted packs
    except SystemExit:
        raise
    except BaseException as error:
        here = error.__traceback__
        error.__traceback__ = here.tb_next if here is not None else None
        sys.excepthook(type(error), error, error.__traceback__)
        sys.exit(1)
