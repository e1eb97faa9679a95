"""Django: the bookshop of the examples, with an empty database in memory."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

from nexus_tui.labs.runners import http_file, python
from nexus_tui.labs.runners.marks import end_part

if TYPE_CHECKING:
    from collections.abc import Sequence

ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "bookshop.settings", "BOOKSHOP_DATABASE": ":memory:"}


def prepare(project: str, warm: Sequence[str] = ()) -> None:
    """Set the project up, make its tables, and import the modules `warm`.

    A database in memory has neither file nor lock, so a fork has a copy of its own.
    """
    sys.path.insert(0, project)
    sys.dont_write_bytecode = True
    os.environ.update(ENVIRONMENT)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    for name in warm:
        importlib.import_module(name)


def run(job: dict[str, Any]) -> None:
    """Run the parts of a job: Python, and requests of the same process."""
    os.environ.update(ENVIRONMENT)
    names = python.begin()
    for language, code in job["parts"]:
        if language == "http":
            http_file.send(code)
        else:
            python.execute(code, names)
        end_part(job["mark"])
