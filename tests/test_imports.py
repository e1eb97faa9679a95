"""Content and rules know no screen and no database."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

from nexus_tui.study.desk import Desk
from tests.looks import scenes

if TYPE_CHECKING:
    from pathlib import Path

CODE = """
import importlib, pkgutil, sys
import nexus_tui.catalog, nexus_tui.learning
names = ["nexus_tui.text", "nexus_tui.settings"]
for package in (nexus_tui.catalog, nexus_tui.learning):
    names += [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print(*names)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_catalog_and_learning_import_neither_textual_nor_sqlmodel() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60
    )
    imported, modules = (set(line.split()) for line in done.stdout.splitlines())
    assert {"nexus_tui.catalog.compiled", "nexus_tui.learning.session"} <= imported
    assert "nexus_tui" in modules
    assert not modules & {"textual", "sqlmodel", "sqlalchemy", "typer", "rich"}


def test_the_first_screen_waits_for_no_database_and_no_models() -> None:
    code = "import sys, nexus_tui.tui.app, nexus_tui.tui.today; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    modules = set(done.stdout.split())
    assert {"textual.app", "nexus_tui.tui.today"} <= modules
    assert not modules & {"sqlmodel", "sqlalchemy", "pydantic", "yaml", "plotext", "fsrs"}


def test_what_is_due_waits_for_no_models(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    Desk.open(settings, clock).close()  # compiles the content, puts the choices in force
    code = """
import pickle, sys
from nexus_tui.study.desk import Desk
from nexus_tui.study.next_steps import next_steps
desk = Desk.open(pickle.load(sys.stdin.buffer))
print(*(step.kind for step in next_steps(desk, desk.overview())))
desk.close()
print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(settings),
        capture_output=True,
        check=True,
        timeout=60,
    )
    steps, modules = done.stdout.decode().splitlines()
    assert "review" in steps.split()
    assert "sqlalchemy" in modules.split()
    assert not {"sqlmodel", "pydantic", "sqlalchemy.orm", "yaml"} & set(modules.split())
