"""What a process of an audit becomes: a tool, or one of our own families of checks.

Whatever it is, it reads the project and writes in the folder of its run alone, and it has no
network, where the system can hold it to that.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from nexus_tui.audit.bench import NO_RAILS, NO_START
from nexus_tui.audit.exports.jsons import verdict_as_json
from nexus_tui.audit.project import Project
from nexus_tui.sandbox.rails import RailsError, Rights, restrict


def prepare() -> None:
    """Nothing is slow."""


def run(job: dict[str, Any]) -> None:
    """Do what `Bench` asks for."""
    own = importlib.import_module(job["module"]) if "module" in job else None
    if job["rails"]:
        try:
            readable = [Path(path) for path in job["readable"]]
            restrict(Path.cwd(), Rights(subprocess=True), readable=readable)
        except RailsError as error:
            print(error, file=sys.stderr)
            sys.exit(NO_RAILS)
    if own is None:
        command = job["command"]
        try:
            os.chdir(job["where"])
            os.execve(command[0], command, dict(os.environ))  # noqa: S606 - the audit names it
        except OSError as error:
            print(error, file=sys.stderr)
            sys.exit(NO_START)
    project = Project(Path(job["root"]), tuple(job["files"]))
    verdicts = [verdict_as_json(verdict) for verdict in own.look(project)]
    print(json.dumps({"verdicts": verdicts, "skipped": project.skipped}))
