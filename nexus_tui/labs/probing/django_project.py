"""A Django project around the learner's apps, with an empty SQLite database in memory."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: F401 - warm
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTROL = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b", re.IGNORECASE)


def set_up(*apps: str, urls: str | None = None, **more: Any) -> None:
    """Configure Django with these apps, run their migrations, and make the other tables.

    `urls` is the module of the URL patterns; `more` are settings.
    """
    settings.configure(
        **{
            "INSTALLED_APPS": list(apps),
            "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
            "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
            "ROOT_URLCONF": urls,
            "SECRET_KEY": "a key for checks",
            "ALLOWED_HOSTS": ["*"],
            "USE_TZ": True,
            **more,
        }
    )
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that SQLite runs for Django meanwhile, but those that only begin or end."""
    connection.ensure_connection()
    found: list[str] = []
    raw = connection.connection

    def trace(statement: str) -> None:
        if not _CONTROL.match(statement):
            found.append(statement)

    raw.set_trace_callback(trace)
    try:
        yield found
    finally:
        raw.set_trace_callback(None)


def get(path: str, **headers: str) -> dict[str, Any]:
    """What a GET comes to: status, headers, JSON or text, and the number of queries it took."""
    client = Client(raise_request_exception=True)
    with statements() as ran:
        answer = client.get(path, headers=headers)
    return described(answer) | {"queries": len(ran)}


def described(answer: Any) -> dict[str, Any]:
    """An answer as plain JSON."""
    body = answer.content.decode(answer.charset or "utf-8", "replace")
    is_json = "json" in answer.headers.get("Content-Type", "")
    return {
        "status": answer.status_code,
        "headers": dict(answer.items()),
        "body": answer.json() if is_json and body else body,
    }
