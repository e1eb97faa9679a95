"""Each example passes its own tests, in a copy, in a process with limits."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "content/examples"
UNITTEST = ("-m", "unittest")
TESTS = {
    "django-projects/bookshop": ("manage.py", "test"),
    "api-samples/rest": UNITTEST,
    "api-samples/graphql": UNITTEST,
    "api-samples/webhooks": UNITTEST,
    "api-samples/websocket": UNITTEST,
    "docker-configurations": UNITTEST,
}
"""Folder → the arguments of Python that run its tests."""
SECONDS = 120
LIMITED = f"""
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Limits of processor time and of the size of a file, then the tests."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("examples") / "examples"
    shutil.copytree(EXAMPLES, target, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite3"))
    return target


def test_every_folder_with_tests_is_run() -> None:
    found = {file.parent for file in EXAMPLES.rglob("test*.py")}
    run = {EXAMPLES / name for name in TESTS}
    assert {f for f in found if not any(f.is_relative_to(r) for r in run)} == set()


@pytest.mark.parametrize("name", TESTS)
def test_an_example_passes_its_own_tests(name: str, copied: Path) -> None:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    url = os.environ.get("NEXUS_POSTGRES_URL")
    if url:
        kept["POSTGRES_URL"] = url
    process = subprocess.Popen(
        [sys.executable, "-c", LIMITED, *TESTS[name]],
        cwd=copied / name,
        env=kept,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a server that a test left behind
    assert process.returncode == 0, said[-4000:]
    assert "\nOK" in said
    if url:
        assert "skipped" not in said


def test_every_example_has_a_readme_that_leads_to_topics() -> None:
    for name in TESTS:
        text = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
        assert "[[" in text, name
        assert "## Break it" in text, name
