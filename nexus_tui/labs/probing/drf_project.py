"""A project with Django REST framework, users and tokens, in an SQLite database in memory.

Its settings may come late, though the framework reads them when it is imported; and its throttles
go by the clock of `set_clock`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_tui.labs.probing import django_project, set_clock  # noqa: F401 - before throttles

django_project.set_up(
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "rest_framework",
    "rest_framework.authtoken",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    MIGRATION_MODULES=dict.fromkeys(("contenttypes", "auth", "authtoken")),
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
)

import django.core.cache.backends.locmem  # noqa: E402, F401 - warm
import rest_framework.generics  # noqa: E402 - warm
import rest_framework.response  # noqa: E402, F401 - warm
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.cache import caches  # noqa: E402
from rest_framework import authentication, permissions  # noqa: E402, F401 - warm
from rest_framework.authtoken.models import Token  # noqa: E402
from rest_framework.settings import api_settings  # noqa: E402
from rest_framework.throttling import SimpleRateThrottle  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

if TYPE_CHECKING:
    from types import ModuleType

_READ_AT_IMPORT = {
    "renderer_classes": "DEFAULT_RENDERER_CLASSES",
    "parser_classes": "DEFAULT_PARSER_CLASSES",
    "authentication_classes": "DEFAULT_AUTHENTICATION_CLASSES",
    "throttle_classes": "DEFAULT_THROTTLE_CLASSES",
    "permission_classes": "DEFAULT_PERMISSION_CLASSES",
}
_OURS = ("DATABASES", "INSTALLED_APPS", "PASSWORD_HASHERS", "SECRET_KEY")


def adopt(module: ModuleType) -> None:
    """Take the learner's settings, as if Django had started with them; no cache leaves memory.

    Call it before a view of the learner's is imported.
    """
    for name in dir(module):
        if name.isupper() and name not in (*_OURS, "CACHES"):
            setattr(settings, name, getattr(module, name))
    for name in getattr(module, "CACHES", {}):
        if name not in settings.CACHES:
            settings.CACHES[name] = {**settings.CACHES["default"], "LOCATION": name}
    caches.__dict__.pop("settings", None)
    api_settings.reload()
    SimpleRateThrottle.THROTTLE_RATES = api_settings.DEFAULT_THROTTLE_RATES
    for attribute, setting in _READ_AT_IMPORT.items():
        # The classes are looked up only now: they may lie in the learner's own modules, and those
        # import from here what is being set.
        setattr(APIView, attribute, getattr(api_settings, setting))


def user(name: str, password: str) -> str:
    """Make a user; their token."""
    made = User.objects.create_user(name, password=password)
    token: str = Token.objects.create(user=made).key
    return token


def ask(client: Any, method: str, path: str, body: Any = None, **extra: Any) -> dict[str, Any]:
    """What a request with JSON comes to: status, headers and body."""
    answer = getattr(client, method)(path, body, content_type="application/json", **extra)
    return django_project.described(answer)
