"""The tools of others, as they are installed here: found, passed, and unknown without them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.audit.bench import Bench, Consent, ToolError
from nexus_tui.audit.project import walk
from nexus_tui.audit.registry import AUDITORS, CHECKS
from nexus_tui.audit.tools import pip_audit
from nexus_tui.audit.tools.ruff_checks import CHECKS as RUFF_CHECKS
from tests.audit.building import build, report, states, write
from tests.audit.defects import RUFF

if TYPE_CHECKING:
    from nexus_tui.audit.verdict import Report

OURS = ("code", "configs", "traces")
STATIC = [one for one in AUDITORS if not one.asks and one.name not in OURS and one.name != "git"]
IDS = [check.id for one in STATIC for check in one.checks]
BANDIT = "import subprocess\n\n\ndef f(x):\n    subprocess.run(x, shell=True)\n"


def one(root: Path, check: str) -> tuple[str, list[str]]:
    """The state of a check, and what it found where."""
    [verdict] = report(root, check).verdicts
    return verdict.state, [f"{found.place} {found.rule}" for found in verdict.open]


def test_the_good_project_passes_every_tool(tmp_path: Path) -> None:
    found = report(build(tmp_path / "shop"), *IDS)
    assert {check: state for check, state in states(found).items() if state != "passed"} == {}
    assert len(found.verdicts) == len(IDS)


def test_each_group_of_ruff_has_a_defect_and_finds_it(tmp_path: Path) -> None:
    assert set(RUFF) == {check.id for check in RUFF_CHECKS}
    modules = {f"{check.lower()}.py": text for check, text in RUFF.items()}
    found = report(write(tmp_path / "shop", modules), *RUFF)
    assert states(found) == dict.fromkeys(sorted(RUFF), "failed")
    for verdict in found.verdicts:
        assert f"{verdict.check.lower()}.py" in {finding.path for finding in verdict.open}


@pytest.mark.parametrize(
    ("check", "path", "text", "place"),
    [
        ("bandit/high", "shop/more.py", BANDIT, "shop/more.py:5 B602"),
        ("bandit/medium", "shop/more.py", "def f(x):\n    exec(x)\n", "shop/more.py:2 B102"),
        ("bandit/low", "shop/more.py", "import random\n\nX = random.random()\n",
         "shop/more.py:3 B311"),
        ("detect-secrets/secret", "a.yaml", "password: hunter2hunter3\n", "a.yaml:1 "),
        ("hadolint/error", "Dockerfile", "FROM python:3.13\nWORKDIR app\n",
         "Dockerfile:2 DL3000"),
        ("hadolint/warning", "Dockerfile", "FROM python\n", "Dockerfile:1 DL3006"),
        ("hadolint/style", "Dockerfile",
         "FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends a=1\n",
         "Dockerfile:2 DL3009"),
        ("yamllint/yaml", "a.yaml", "a: 1\na: 2\n", "a.yaml:2 key-duplicates"),
        ("yamllint/yaml", "a.yaml", "a: yes\n", "a.yaml:1 truthy"),
        ("yamllint/yaml", "a.yaml", "a: [\n", "a.yaml:2 syntax"),
    ],
)  # fmt: skip
def test_a_defect_is_found_at_its_line(
    check: str, path: str, text: str, place: str, tmp_path: Path
) -> None:
    assert one(write(tmp_path / "shop", {path: text}), check) == ("failed", [place])


@pytest.mark.parametrize("auditor", STATIC, ids=[one.name for one in STATIC])
def test_without_its_tool_a_check_is_unknown(
    auditor: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing(_: Bench, name: str) -> str:
        raise ToolError(f"{name} is not installed")

    monkeypatch.setattr(Bench, "tool", missing)
    ids = [check.id for check in auditor.checks]  # type: ignore[attr-defined]
    for verdict in report(build(tmp_path / "shop"), *ids).verdicts:
        assert (verdict.state, verdict.absent) == ("unknown", False)
        assert verdict.reason.endswith(" is not installed")


def test_a_tool_that_prints_no_answer_is_unknown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "hadolint"
    fake.write_text("#!/bin/sh\necho oh no >&2\nexit 3\n")
    fake.chmod(0o755)
    monkeypatch.setattr(Bench, "tool", lambda _, name: str(fake))
    [verdict] = report(build(tmp_path / "shop"), "hadolint/error").verdicts
    assert verdict.reason == "hadolint ended with 3 and no answer: oh no"


def test_a_tool_that_hangs_is_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "ruff"
    fake.write_text("#!/bin/sh\nsleep 60\n")
    fake.chmod(0o755)
    monkeypatch.setattr(Bench, "tool", lambda _, name: str(fake))
    run = Bench.run

    def short(bench: Bench, *arguments: object, **options: object) -> object:
        return run(bench, *arguments, **(options | {"seconds": 0.5}))  # type: ignore[arg-type]

    monkeypatch.setattr(Bench, "run", short)
    [verdict] = report(build(tmp_path / "shop"), "ruff/F").verdicts
    assert (verdict.state, verdict.reason) == ("unknown", "ruff took longer than 0 s")


def test_after_five_minutes_nothing_more_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("nexus_tui.audit.bench.LONGEST", 0.0)
    found = report(build(tmp_path / "shop"), "ruff/F", "nexus/silent-except")
    assert {one.reason for one in found.verdicts} == {"the audit took longer than 0 s"}


def test_a_tool_inside_the_project_is_code_of_the_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = write(tmp_path / "shop", {"bin/git": f"#!/bin/sh\ntouch {tmp_path}/ran\n"})
    (root / ".git").mkdir()
    (root / "bin" / "git").chmod(0o755)
    for folders, why in (
        (str(root / "bin"), "git lies inside the project, whose code was not allowed to run"),
        ("bin", "git is not installed"),
    ):
        monkeypatch.chdir(root)
        monkeypatch.setenv("PATH", folders)
        [verdict] = report(root, "git/env-ignored").verdicts
        assert (verdict.state, verdict.reason) == ("unknown", why)
    assert not (tmp_path / "ran").exists()


def test_a_tool_finds_its_packages_where_its_environment_is(tmp_path: Path) -> None:
    venv = tmp_path / "home" / "tool"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    base = Path(sys.base_prefix) / "bin"
    (venv / "pyvenv.cfg").write_text(f"home = {base}\n")
    packages = venv / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "told.py").write_text("print('x')\n")
    with Bench(walk(write(tmp_path / "shop", {"a": ""})), Consent(), tmp_path / "work") as bench:
        folder = tmp_path / "run"
        folder.mkdir()
        ended = bench.run([venv / "bin" / "python", "-m", "told"], folder)
    assert (ended.code, ended.printed, ended.errors) == (0, "x\n", "")


def test_what_a_killed_audit_left_is_removed(tmp_path: Path) -> None:
    old, young = tmp_path / "work" / "audit-old", tmp_path / "work" / "audit-young"
    for folder in (old, young):
        folder.mkdir(parents=True)
    os.utime(old, (1, 1))
    with Bench(walk(write(tmp_path / "shop", {"a": ""})), Consent(), tmp_path / "work"):
        assert (old.exists(), young.exists()) == (False, True)


def test_a_manage_py_that_forks_and_never_ends_is_unknown_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = (
        "import django, os, time\n"
        "for _ in range(20):\n"
        "    if os.fork() == 0:\n"
        "        try:\n            os.setsid()\n        except OSError:\n            pass\n"
        "        os.execv('/bin/sleep', ['sleep', '4713'])\n"
        "open('flood', 'w').write('x' * 1000)\n"
        "time.sleep(600)\n"
    )
    run = Bench.run

    def short(bench: Bench, *arguments: object, **options: object) -> object:
        return run(bench, *arguments, **(options | {"seconds": 2.0}))  # type: ignore[arg-type]

    monkeypatch.setattr(Bench, "run", short)
    root = write(tmp_path / "shop", {"manage.py": code})
    [verdict] = report(root, "django/check", consent=Consent(code=True)).verdicts
    assert verdict.state == "unknown"
    assert verdict.reason.endswith(" took longer than 2 s")
    assert not (root / "flood").exists()
    running = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert b"sleep\x004713\x00" not in running


def test_what_a_comment_hides_without_a_reason_is_found_all_the_same(tmp_path: Path) -> None:
    text = BANDIT.replace("shell=True)", "shell=True)  # noqa\n") + "def g(x): exec(x)  # nosec\n"
    root = write(tmp_path / "shop", {"shop/more.py": text})
    assert one(root, "ruff/code")[0] == "failed"
    assert one(root, "bandit/medium")[0] == "failed"


def test_the_projects_own_configuration_does_not_lead_a_tool_anywhere(tmp_path: Path) -> None:
    hostile = (
        '[tool.ruff]\nextend = "/etc/passwd"\nexclude = ["*"]\nline-length = 100\n'
        'cache-dir = "cache"\n[tool.ruff.lint]\nselect = []\nignore = ["ALL"]\n'
        '[tool.bandit]\nskips = ["B602"]\nexclude_dirs = ["shop"]\n'
    )
    files = {
        "shop/more.py": BANDIT,
        "pyproject.toml": hostile,
        ".bandit": "[bandit]\nskips: B602\n",
        "Dockerfile": "FROM python\n",
        ".hadolint.yaml": "ignored: [DL3006]\n",
        ".yamllint": "ignore: '*'\n",
        "a.yaml": "a: 1\na: 2\n",
    }
    root = write(tmp_path / "shop", files)
    checks = ("ruff/code", "bandit/high", "hadolint/warning", "yamllint/yaml")
    found = report(root, *checks)
    assert states(found) == dict.fromkeys(sorted(checks), "failed")


def test_the_line_length_of_the_project_is_kept_to(tmp_path: Path) -> None:
    line = f'"""{"word " * 21}end."""\n'
    files = {"a.py": line, "pyproject.toml": "[tool.ruff]\nline-length = 120\n"}
    assert one(write(tmp_path / "a", files), "ruff/E")[0] == "passed"
    assert one(write(tmp_path / "b", {"a.py": line}), "ruff/E")[0] == "failed"


def test_a_password_is_not_repeated_in_the_report(tmp_path: Path) -> None:
    text = 'password = "hunter2hunter3"\n'
    found = report(write(tmp_path / "shop", {"a.py": text}), *IDS)
    assert "failed" in states(found).values()
    assert "hunter2" not in str(found)


# ---------------------------------------------------------------- pip-audit


PINNED = (
    "--index-url https://evil.example\n-r other.txt\n# note\n"
    "Django==5.2.1 ; python_version > '3.8' \\\n    --hash=sha256:abc\nrequests==2.32.5\n"
)


def told(*dependencies: dict[str, object]) -> dict[str, object]:
    """An answer of pip-audit in its JSON form."""
    return {"dependencies": list(dependencies), "fixes": []}


def test_only_names_and_versions_are_taken_from_requirements(tmp_path: Path) -> None:
    text = f"{PINNED}git+https://evil.example/x.git\nflask>=3\n"
    pins, loose = pip_audit.pinned(walk(write(tmp_path, {"requirements.txt": text})))
    assert pins == {
        ("django", "5.2.1"): ("requirements.txt", 4),
        ("requests", "2.32.5"): ("requirements.txt", 6),
    }
    assert loose == ["git+https://evil.example/x.git", "flask>=3"]


def test_a_vulnerability_is_found_at_its_pin(tmp_path: Path) -> None:
    pins, loose = pip_audit.pinned(walk(write(tmp_path, {"requirements.txt": PINNED})))
    hole = {
        "id": "PYSEC-2025-1",
        "fix_versions": ["5.2.8"],
        "aliases": ["CVE-2025-1"],
        "description": "…",
    }
    answer = told(
        {"name": "django", "version": "5.2.1", "vulns": [hole]},
        {"name": "requests", "version": "2.32.5", "vulns": []},
    )
    verdict = pip_audit.read(answer, pins, loose)
    [finding] = verdict.findings
    assert (verdict.state, finding.place) == ("failed", "requirements.txt:4")
    assert finding.what == "django 5.2.1: PYSEC-2025-1, CVE-2025-1; mended in 5.2.8"


@pytest.mark.parametrize(
    ("answer", "loose", "why"),
    [
        (told({"name": "django", "skip_reason": "not on PyPI"},
              {"name": "requests", "version": "2.32.5", "vulns": []}), [],
         "django was skipped: not on PyPI"),
        (told({"name": "django", "version": "5.2.1", "vulns": []}), [],
         "requests 2.32.5 was not answered"),
        (told({"name": "django", "version": "5.2.1", "vulns": []},
              {"name": "requests", "version": "2.32.5", "vulns": []}), ["flask"],
         "flask is not pinned"),
    ],
)  # fmt: skip
def test_what_was_skipped_is_unknown_and_never_green(
    answer: dict[str, object], loose: list[str], why: str, tmp_path: Path
) -> None:
    pins, _ = pip_audit.pinned(walk(write(tmp_path, {"requirements.txt": PINNED})))
    verdict = pip_audit.read(answer, pins, loose)
    assert (verdict.state, verdict.reason) == ("unknown", why)


def test_all_pins_without_a_vulnerability_pass(tmp_path: Path) -> None:
    pins, _ = pip_audit.pinned(walk(write(tmp_path, {"requirements.txt": PINNED})))
    answer = told(
        {"name": "Django", "version": "5.2.1", "vulns": []},
        {"name": "requests", "version": "2.32.5", "vulns": []},
    )
    assert pip_audit.read(answer, pins, []).state == "passed"


def test_without_leave_no_service_is_asked(tmp_path: Path) -> None:
    found: Report = report(build(tmp_path / "shop"), "pip-audit/known-vulnerability")
    assert found.verdicts[0].reason == "it asks a service on the network, which was not allowed"


def test_pins_reach_the_tool_and_its_answer_the_verdict(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "pip-audit"
    fake.write_text(
        "#!/bin/sh\n"
        'grep -q "^django==5.2.8$" "$2" || exit 4\n'
        '[ "$https_proxy$TOKEN" = "http://127.0.0.1:1" ] || exit 5\n'
        'echo \'{"dependencies": [{"name": "django", "version": "5.2.8", "vulns": []}]}\'\n'
    )
    fake.chmod(0o755)
    monkeypatch.setattr(Bench, "tool", lambda _, name: str(fake))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("TOKEN", "hunter2")
    root = write(tmp_path / "shop", {"requirements.txt": "django==5.2.8\n"})
    check = "pip-audit/known-vulnerability"
    assert states(report(root, check, consent=Consent(network=True))) == {check: "passed"}


def test_every_check_belongs_to_one_auditor() -> None:
    assert sum(len(one.checks) for one in AUDITORS) == len(CHECKS)
