"""Runs inside the project's own interpreter: `manage.py` as it is, up to where Django takes over.

Started as `python -I django_driver.py MANAGE ANSWER SETTINGS ONLY_SETUP`; it needs nothing but
Django and writes JSON to the file ANSWER. It must run on every Python that Django runs on.
"""

from __future__ import annotations

import io
import json
import logging
import os
import runpy
import sys
import traceback
from typing import Any


def main() -> None:
    """Start `manage.py check --deploy` and answer in the place of the command."""
    manage, answer, settings, only_setup = sys.argv[1:5]
    folder = os.path.dirname(manage)  # noqa: PTH120 - runs wherever Django runs
    sys.path.insert(0, folder)
    os.chdir(folder)
    if settings:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings
    told: dict[str, Any] = {}
    try:
        from django.core import management
    except ImportError as error:
        told["django"] = str(error)
        write(answer, told)
        return

    def execute(_: object) -> None:
        told["reached"] = True
        collect(told, only_setup=bool(only_setup))
        write(answer, told)

    management.ManagementUtility.execute = execute
    sys.argv = [manage, "check", "--deploy"]
    try:
        runpy.run_path(manage, run_name="__main__")
    except BaseException as error:
        if not told.get("reached"):
            told["setup"] = said(error)
    write(answer, told)


def write(answer: str, told: dict[str, Any]) -> None:
    """Keep what is known so far."""
    with open(answer, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(told, file)


def collect(told: dict[str, Any], *, only_setup: bool) -> None:
    """Everything that is asked, each part on its own: one that fails leaves the others."""
    import django

    try:
        django.setup()
        from django.conf import settings

        _ = settings.SECRET_KEY
    except BaseException as error:
        told["setup"] = said(error)
        return
    told["loaded"] = True
    if only_setup:
        return
    module = sys.modules.get(os.environ.get("DJANGO_SETTINGS_MODULE", ""))
    told["settings"] = getattr(module, "__file__", None) or ""
    for part in (checks, migrations, openapi, facts):
        try:
            told[part.__name__] = part()
        except BaseException as error:
            told[part.__name__ + "_failed"] = said(error)


def checks() -> list[dict[str, Any]]:
    """All messages of all system checks, with those that are silenced."""
    from django.core.checks import run_checks

    return [
        {
            "id": str(message.id or ""),
            "level": message.level,
            "what": str(message.msg),
            "of": str(message.obj) if message.obj is not None else "",
            "silenced": message.is_silenced(),
        }
        for message in run_checks(include_deployment_checks=True)
    ]


def migrations() -> list[str]:
    """What makemigrations would write; nothing where models and migrations agree."""
    from django.core.management import call_command

    out, wrong = io.StringIO(), io.StringIO()
    try:
        call_command(
            "makemigrations", check=True, dry_run=True, interactive=False, stdout=out, stderr=wrong
        )
    except SystemExit as left:
        if left.code != 1:
            raise
        return out.getvalue().splitlines()
    return []


def openapi() -> list[str] | None:
    """Warnings of drf-spectacular; None where it is not installed."""
    from django.apps import apps
    from django.core.management import call_command

    if not apps.is_installed("drf_spectacular"):
        return None
    kept, sys.stderr = sys.stderr, io.StringIO()
    try:
        call_command("spectacular", validate=True, fail_on_warn=True, file=os.devnull)
    except Exception as error:
        lines = sys.stderr.getvalue().splitlines()
        warned = [line for line in lines if "Warning" in line or "Error" in line]
        return warned or [said(error)]
    finally:
        sys.stderr = kept
    return []


def facts() -> dict[str, Any]:
    """Settings that decide items; values of secrets are never among them."""
    from django.apps import apps
    from django.conf import settings
    from django.contrib.auth.hashers import get_hasher

    permissions = None
    if apps.is_installed("rest_framework"):
        from rest_framework.settings import api_settings

        permissions = [kind.__name__ for kind in api_settings.DEFAULT_PERMISSION_CLASSES]
    return {
        "cache": settings.CACHES.get("default", {}).get("BACKEND", ""),
        "hasher": get_hasher().algorithm,
        "validators": len(settings.AUTH_PASSWORD_VALIDATORS),
        "httponly": settings.SESSION_COOKIE_HTTPONLY,
        "samesite": settings.SESSION_COOKIE_SAMESITE,
        "age": settings.SESSION_COOKIE_AGE,
        "sessions": apps.is_installed("django.contrib.sessions"),
        "auth": apps.is_installed("django.contrib.auth"),
        "permissions": permissions,
        "middleware": list(settings.MIDDLEWARE),
        "engine": settings.DATABASES.get("default", {}).get("ENGINE", ""),
        "logs": logs(),
    }


def logs() -> list[list[Any]]:
    """Of each handler of the root logger: its class, whether it is a file, whether it is JSON."""
    record = logging.LogRecord("probe", logging.INFO, "probe.py", 1, "probe", None, None)
    found = []
    for handler in logging.getLogger().handlers:
        try:
            json.loads(handler.format(record))
            is_json = True
        except ValueError:
            is_json = False
        found.append([type(handler).__name__, isinstance(handler, logging.FileHandler), is_json])
    return found


def said(error: BaseException) -> str:
    """The last line of a traceback."""
    return traceback.format_exception_only(type(error), error)[-1].strip()[:300]


if __name__ == "__main__":
    main()
