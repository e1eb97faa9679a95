"""Django's checks, run in small real projects; nothing of them is touched."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_tui.audit.auditing import Consent, what_would_run
from nexus_tui.audit.tools.django_checks import CHECKS, DEPLOY
from nexus_tui.sandbox.rails import probe
from tests.audit.building import (
    RUN,
    SECRETS,
    build,
    removed,
    replaced,
    report,
    states,
    write,
    written,
)

IDS = tuple(check.id for check in CHECKS)
SETTINGS = "config/settings.py"
FRESH = {"W004", "W008", "W009", "W012", "W016", "W018", "W020"}


def tree(root: Path) -> dict[str, tuple[int, int]]:
    """Every entry of a folder, with its size and date."""
    return {
        str(path.relative_to(root)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in root.rglob("*")
    }


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `django-admin startproject` makes."""
    root = tmp_path_factory.mktemp("fresh") / "shop"
    root.mkdir()
    command = [sys.executable, "-m", "django", "startproject", "shop", str(root)]
    subprocess.run(command, check=True, timeout=60)
    return root


def test_a_fresh_project_has_what_djangos_own_check_names_and_nothing_is_written(
    fresh: Path,
) -> None:
    before = tree(fresh)
    found = report(fresh, consent=Consent(code=True))
    deploy = {check.id for check in DEPLOY} | {"django/check"}
    named = {
        finding.rule.removeprefix("security.")
        for verdict in found.verdicts
        if verdict.check in deploy
        for finding in verdict.findings
    }
    assert named == FRESH
    assert tree(fresh) == before
    assert not list(fresh.parent.glob("*-work/*"))


def test_the_good_project_passes_all_that_it_has(tmp_path: Path) -> None:
    found = report(build(tmp_path / "shop"), *IDS, consent=RUN)
    assert {one.check: one.reason for one in found.verdicts if one.state != "passed"} == {}
    assert SECRETS["SECRET_KEY"] not in str(found)


def test_without_leave_nothing_of_the_project_runs(tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"manage.py": "import django\nopen('ran', 'w')\n"})
    found = report(root, *IDS)
    assert {one.reason for one in found.verdicts} == {
        "it runs the project's code, which was not allowed"
    }
    assert not (root / "ran").exists()


BAD = """
SECURE_HSTS_SECONDS = 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
SECURE_SSL_REDIRECT = False
SECURE_CONTENT_TYPE_NOSNIFF = False
SECURE_REFERRER_POLICY = None
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = False
CSRF_COOKIE_SECURE = False
X_FRAME_OPTIONS = "SAMEORIGIN"
DEBUG = True
ALLOWED_HOSTS = []
SECRET_KEY = "short"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"]}
LOGGING = {}
STATICFILES_DIRS = "not a list"
"""


def test_each_setting_that_is_wrong_is_found(tmp_path: Path) -> None:
    root = build(
        tmp_path / "shop",
        replaced(SETTINGS, 'os.environ["SECRET_KEY"]', 'os.environ.get("SECRET_KEY", "")'),
        replaced("shop/models.py", "max_length=200", "max_length=300"),
        replaced(
            "shop/views.py",
            "    serializer_class = BookSerializer\n",
            "",
        ),
        replaced(SETTINGS, '"shop",\n]', '"shop", "django.contrib.staticfiles",\n]'),
    )
    with (root / SETTINGS).open("a") as file:
        file.write(BAD)
    found = report(root, *IDS, consent=RUN)
    hidden = {"django/W001", "django/W002", "django/W003", "django/W004"}
    assert {c: s for c, s in states(found).items() if c not in hidden} == {
        check: "failed" for check in sorted(IDS) if check not in hidden
    }
    [migrations] = [one for one in found.verdicts if one.check == "django/migrations"]
    assert "title" in migrations.findings[0].what
    [hsts] = [one for one in found.verdicts if one.check == "django/W008"]
    assert hsts.findings[0].path == SETTINGS


def test_what_django_does_not_look_at_is_unknown(tmp_path: Path) -> None:
    root = build(
        tmp_path / "shop",
        replaced(SETTINGS, '    "django.middleware.security.SecurityMiddleware",\n', ""),
        replaced(SETTINGS, '    "django.middleware.csrf.CsrfViewMiddleware",\n', ""),
        replaced(SETTINGS, '    "django.middleware.clickjacking.XFrameOptionsMiddleware",\n', ""),
    )
    found = states(report(root, *IDS, consent=RUN))
    assert [found[f"django/W00{n}"] for n in (1, 2, 3)] == ["failed"] * 3
    for number in ("W004", "W005", "W006", "W008", "W016", "W019", "W021", "W022"):
        assert found[f"django/{number}"] == "unknown"


OTHER = """
from config.settings import *
DEBUG = True
SECURE_HSTS_SECONDS = 0
SECURE_SSL_REDIRECT = False
SILENCED_SYSTEM_CHECKS = ["security.W008"]
"""


def test_the_settings_of_production_can_be_named_and_what_they_hide_is_not_green(
    tmp_path: Path,
) -> None:
    root = build(tmp_path / "shop", written("config/other.py", OTHER))
    found = report(root, *IDS, consent=replace(RUN, settings="config.other"))
    by_check = states(found)
    assert by_check["django/W018"] == by_check["django/W004"] == "failed"
    assert by_check["django/W005"] == "unknown"
    silenced = found.of(["django/W008"])
    assert (silenced.state, silenced.reason) == (
        "unknown",
        "SILENCED_SYSTEM_CHECKS hides what was found",
    )


def test_settings_that_lack_their_secret_say_so_and_that_itself_passes(tmp_path: Path) -> None:
    root = build(tmp_path / "shop")
    found = report(root, *IDS, consent=Consent(code=True))
    assert states(found)["django/secrets"] == "passed"
    [check] = [one for one in found.verdicts if one.check == "django/check"]
    assert check.reason == "the settings do not load: KeyError: 'SECRET_KEY'; --env gives variables"


def test_a_value_that_an_error_repeats_is_not_in_the_report(tmp_path: Path) -> None:
    edit = replaced(SETTINGS, "DEBUG = False", 'raise ValueError(os.environ["SECRET_KEY"])')
    [verdict] = report(build(tmp_path / "shop", edit), "django/check", consent=RUN).verdicts
    assert verdict.reason == "the settings do not load: ValueError: …; --env gives variables"


def test_an_interpreter_without_django_is_named(tmp_path: Path) -> None:
    root = build(tmp_path / "shop")
    consent = replace(RUN, python=Path("/usr/bin/python3").resolve())
    subprocess.run(
        [str(consent.python), "-I", "-c", "import sys; sys.exit(0)"], check=True, timeout=30
    )
    [verdict] = report(root, "django/check", consent=consent).verdicts
    if verdict.state == "unknown":
        assert "--python" in verdict.reason


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import django, sys\nsys.exit(3)\n", "SystemExit: 3"),
        ("import django\nraise RuntimeError('\\x1b[31mno')\n", "RuntimeError: [31mno"),
        ("import django, os\nos.kill(os.getpid(), 9)\n", "ended by signal 9"),
        ("import django\n", "manage.py ended before Django began"),
    ],
)
def test_a_manage_py_that_never_reaches_django_is_unknown(
    code: str, why: str, tmp_path: Path
) -> None:
    [verdict] = report(
        write(tmp_path / "shop", {"manage.py": code}), "django/check", consent=RUN
    ).verdicts
    assert verdict.state == "unknown"
    assert why in verdict.reason


def test_code_of_the_project_can_write_neither_into_it_nor_beside_it(tmp_path: Path) -> None:
    root, beside = tmp_path / "shop", tmp_path / "beside"
    # A copy is what it finds itself in; that it writes by full paths is for the rails to stop.
    places = ["BASE_DIR / 'ran'"]
    if probe().landlock:
        places += [repr(str(root / "ran")), repr(str(beside))]
    code = (
        f"DEBUG = False\nfor _path in ({', '.join(places)},):\n"
        "    try:\n        open(_path, 'w')\n    except OSError:\n        pass\n"
    )
    build(root, replaced(SETTINGS, "DEBUG = False", code))
    before = tree(root)
    assert states(report(root, "django/W018", consent=RUN)) == {"django/W018": "passed"}
    assert tree(root) == before
    assert not beside.exists()


def test_what_the_project_starts_does_not_outlive_the_audit(tmp_path: Path) -> None:
    root = build(
        tmp_path / "shop",
        replaced(
            SETTINGS,
            "DEBUG = False",
            "DEBUG = False\nimport subprocess\n"
            "subprocess.Popen(['/bin/sleep', '4711'], start_new_session=False)\n",
        ),
    )
    report(root, "django/W018", consent=RUN)
    running = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert b"/bin/sleep\x004711\x00" not in running


def test_before_it_is_asked_what_would_run_is_said(tmp_path: Path) -> None:
    first, second = what_would_run(build(tmp_path / "shop"), Consent(python=Path("/opt/python")))
    assert first == ("manage.py, its settings and its apps are imported by /opt/python, in a copy.")
    assert second.startswith(("This code cannot", "Only limits"))
    assert what_would_run(write(tmp_path / "other", {"a.txt": "x"})) == []


def test_the_virtual_environment_of_the_project_is_its_interpreter(tmp_path: Path) -> None:
    root = build(tmp_path / "shop")
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (root / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    assert str(python) in what_would_run(root)[0]


def test_a_project_without_django_is_nothing_to_look_at(tmp_path: Path) -> None:
    root = build(tmp_path / "shop", removed("manage.py"))
    assert all(one.absent for one in report(root, *IDS, consent=RUN).verdicts)
    assert all(one.absent for one in report(root, *IDS).verdicts), "nothing could be allowed"
