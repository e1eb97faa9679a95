"""Django's own checks, in the project's environment, on a copy of it, behind the guard rails."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexus_tui.audit import django_project
from nexus_tui.audit.bench import ToolError
from nexus_tui.audit.checks.code import PYTHON
from nexus_tui.audit.tools.django_checks import CHECKS, DEPLOY
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided, unknown
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nexus_tui.audit.bench import Bench

READS = re.compile(PYTHON.pattern)
_DRIVER = Path(__file__).with_name("django_driver.py")
_WARNING = 30
_SECRET = 6
"""Characters from which a variable may be a secret."""
_ALSO = {"W010": "W012", "W011": "W012", "W025": "W009"}
"""Ids of Django that say the same of another case."""
_BEHIND = {
    "W001": ("W004", "W005", "W006", "W008", "W021", "W022"),
    "W002": ("W019",),
    "W003": ("W016",),
    "W004": ("W005", "W021"),
}
"""What Django does not look at where this is found."""
_SLOW = ("pbkdf2", "argon2", "scrypt", "bcrypt")
_LOCAL_CACHES = ("LocMemCache", "DummyCache", "FileBasedCache")
_TWO_WEEKS = 14 * 24 * 3600
_CHANGE = re.compile(r"^\s+(?:[+~-] |- )(.*)$")
_REFUSALS = ("KeyError", "ImproperlyConfigured", "UndefinedValueError", "ValidationError")


def look(bench: Bench) -> list[Verdict]:
    """Ask everything in one process; a second one tries the settings without secrets."""
    found = django_project.find(bench.project, bench.consent)
    if found is None:
        return [absent(check.id, "there is no manage.py of Django") for check in CHECKS]
    with bench.folder() as folder:
        copy = folder / "project"
        django_project.copy(bench.project, copy)
        told = _ask(bench, found, folder, copy, bench.consent.environment)
        secrets = _without_secrets(bench, found, folder, copy, told)
        if told.get("settings"):
            told["settings"] = _from(copy, told["settings"])
    if "loaded" not in told:
        others = [unknown(check.id, _refused(told, found)) for check in CHECKS]
        return [secrets if one.check == secrets.check else one for one in others]
    return [*_deploy(told), *_commands(told), *_facts(told), secrets]


def _ask(
    bench: Bench,
    found: django_project.DjangoProject,
    folder: Path,
    copy: Path,
    environment: Mapping[str, str],
    *,
    only_setup: bool = False,
) -> dict[str, Any]:
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    settings, only = bench.consent.settings or "", "only setup" if only_setup else ""
    python = Path(os.path.abspath(found.python))  # noqa: PTH100 - a link of a venv must stay one
    arguments = [str(part) for part in (_DRIVER, copy / found.manage, answer, settings, only)]
    command = [str(python), "-I", *arguments]
    home = [python.parent.parent, python.resolve().parent.parent, _DRIVER.parent]
    ended = bench.run(command, folder, readable=home, environment=environment)
    try:
        text = answer.read_text(encoding="utf-8")
        for value in environment.values():
            # An error may repeat what it was given.
            if len(value) >= _SECRET:
                text = text.replace(json.dumps(value)[1:-1], "…")
        told: dict[str, Any] = json.loads(text)
    except (OSError, ValueError):
        said = clean_line(ended.errors.strip().split("\n")[-1])[:120]
        raise ToolError(f"manage.py ended with {ended.code} and no answer: {said}") from None
    return told


def _from(copy: Path, path: str) -> str:
    """A path of the copy, from the root; nothing where it is elsewhere."""
    full = Path(os.path.realpath(path))
    root = Path(os.path.realpath(copy))
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else ""


def _refused(told: dict[str, Any], found: django_project.DjangoProject) -> str:
    if "django" in told:
        whose = "the project's interpreter" if found.own else "our own interpreter"
        return f"{whose} cannot import Django: name the right one with --python"
    if "setup" in told:
        return f"the settings do not load: {clean_line(told['setup'])}; --env gives variables"
    return "manage.py ended before Django began"


def _without_secrets(
    bench: Bench,
    found: django_project.DjangoProject,
    folder: Path,
    copy: Path,
    told: dict[str, Any],
) -> Verdict:
    check = "django/secrets"
    dotenv = list(bench.project.find(django_project.DOTENV))
    if dotenv or bench.consent.environment:
        for path in dotenv:
            (copy / path).unlink(missing_ok=True)
        told = _ask(bench, found, folder, copy, {}, only_setup=True)
    if "loaded" in told:
        where = _from(copy, told.get("settings", ""))
        return decided(check, [Finding("the settings load in an empty environment", where)])
    error = told.get("setup", "")
    if error.partition(":")[0].rpartition(".")[2] in _REFUSALS:
        return decided(check, ())
    return unknown(check, _refused(told, found))


def _deploy(told: dict[str, Any]) -> Iterator[Verdict]:
    if "checks" not in told:
        why = f"the checks did not run: {clean_line(told.get('checks_failed', ''))}"
        yield from (unknown(check.id, why) for check in (*DEPLOY, CHECKS[len(DEPLOY)]))
        return
    ours: dict[str, list[Finding]] = {check.id: [] for check in DEPLOY}
    silenced, others = set[str](), list[Finding]()
    for message in told["checks"]:
        number = message["id"].removeprefix("security.")
        name = f"django/{_ALSO.get(number, number)}"
        known = message["id"].startswith("security.") and name in ours
        if message["silenced"]:
            silenced.add(name if known else "django/check")
            continue
        subject = f"{message['of']}: " if message["of"] else ""
        finding = Finding(f"{subject}{message['what']}", told["settings"], 0, message["id"])
        if known:
            ours[name].append(finding)
        elif message["level"] >= _WARNING:
            others.append(finding)
    hidden = {
        f"django/{behind}": first
        for first, every in _BEHIND.items()
        if ours[f"django/{first}"]
        for behind in every
    }
    for check, findings in {**ours, "django/check": others}.items():
        if findings:
            yield decided(check, findings)
        elif check in silenced:
            yield unknown(check, "SILENCED_SYSTEM_CHECKS hides what was found")
        elif check in hidden:
            yield unknown(check, f"Django does not look at it where it finds {hidden[check]}")
        else:
            yield decided(check, ())


def _commands(told: dict[str, Any]) -> Iterator[Verdict]:
    check = "django/migrations"
    if "migrations" in told:
        changes = [found[1] for line in told["migrations"] if (found := _CHANGE.match(line))]
        lines = changes or [line.strip() for line in told["migrations"] if line.strip()]
        yield decided(check, [Finding(f"makemigrations would write: {one}") for one in lines])
    else:
        why = clean_line(told.get("migrations_failed", ""))
        yield unknown(check, f"makemigrations did not run: {why}")
    check, warned = "django/openapi", told.get("openapi")
    if "openapi" not in told:
        yield unknown(check, f"spectacular did not run: {clean_line(told['openapi_failed'])}")
    elif warned is None:
        yield absent(check, "drf-spectacular is not installed")
    else:
        yield decided(check, [Finding(one) for one in warned])


def _facts(told: dict[str, Any]) -> Iterator[Verdict]:
    names = ("cache", "hasher", "validators", "session", "login", "logs", "database")
    if "facts" not in told:
        why = f"the settings could not be read: {clean_line(told.get('facts_failed', ''))}"
        yield from (unknown(f"django/{name}", why) for name in names)
        return
    facts, where = told["facts"], told["settings"]

    def verdict(name: str, wrong: str | None) -> Verdict:
        return decided(f"django/{name}", [Finding(wrong, where)] if wrong else ())

    cache = facts["cache"].rpartition(".")[2]
    local = cache in _LOCAL_CACHES
    yield verdict(
        "cache", f"the default cache is {cache}: each process has its own" if local else None
    )
    if facts["auth"]:
        fast = not facts["hasher"].startswith(_SLOW)
        yield verdict("hasher", f"passwords are hashed by {facts['hasher']}" if fast else None)
        few = facts["validators"] < 4
        yield verdict("validators", f"{facts['validators']} of 4 validators" if few else None)
    else:
        yield absent("django/hasher", "django.contrib.auth is not installed")
        yield absent("django/validators", "django.contrib.auth is not installed")
    if facts["sessions"]:
        yield verdict("session", _session(facts))
    else:
        yield absent("django/session", "django.contrib.sessions is not installed")
    yield _login(facts, where)
    yield verdict("logs", _logs(facts["logs"]))
    sqlite = facts["engine"].endswith((".sqlite3", ".spatialite"))
    yield verdict("database", f"the engine is {facts['engine']}" if sqlite else None)


def _session(facts: dict[str, Any]) -> str | None:
    if not facts["httponly"]:
        return "SESSION_COOKIE_HTTPONLY is off"
    if facts["samesite"] not in ("Lax", "Strict"):
        return f"SESSION_COOKIE_SAMESITE is {facts['samesite']}"
    if facts["age"] > _TWO_WEEKS:
        return f"SESSION_COOKIE_AGE is {facts['age'] // 86400} days"
    return None


def _login(facts: dict[str, Any], where: str) -> Verdict:
    check, permissions = "django/login", facts["permissions"]
    by_middleware = any(name.endswith("LoginRequiredMiddleware") for name in facts["middleware"])
    if permissions is None and not by_middleware:
        return absent(check, "neither REST framework nor LoginRequiredMiddleware is used")
    if permissions is not None and (not permissions or "AllowAny" in permissions):
        said = ", ".join(permissions) or "empty"
        return decided(check, [Finding(f"DEFAULT_PERMISSION_CLASSES is {said}", where)])
    return decided(check, ())


def _logs(handlers: list[list[Any]]) -> str | None:
    if not handlers:
        return "the root logger has no handler"
    for kind, is_file, is_json in handlers:
        if is_file:
            return f"{kind} writes into a file"
        if not is_json:
            return f"{kind} writes plain text"
    return None
