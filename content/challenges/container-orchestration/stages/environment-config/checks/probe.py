"""Starts the shop with the environment that the judge wants, and looks at it as a visitor does."""

import logging
import os

import django
import django.contrib.sessions.backends.signed_cookies
import django.contrib.sessions.middleware
import django.core.management.commands.check
import django.middleware.clickjacking
import django.middleware.common
import django.middleware.csrf
import django.middleware.security
import django.views.debug
import django.views.defaults  # noqa: F401 - warm
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.exceptions import ImproperlyConfigured  # noqa: F401 - warm
from django.test import Client

from nexus_tui.labs.probing.fresh import fresh


def load():
    os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
    logging.disable()


def visit(environment, visits):
    """What each of the visits shows, if the shop starts: `path`, `host`, and whether `secure`."""

    def look():
        django.setup()
        return [_page(**each) for each in visits]

    return fresh(look, environment)


def values(environment):
    """What it was told, as far as it says so."""

    def look():
        django.setup()
        return {
            "key": settings.SECRET_KEY,
            "password": settings.DATABASES["default"].get("PASSWORD"),
        }

    return fresh(look, environment)


def warnings(environment):
    """The ids of all that `check --deploy` would say, also of what is silenced."""

    def look():
        django.setup()
        found = run_checks(include_deployment_checks=True)
        return sorted({each.id for each in found if each.level >= WARNING})

    return fresh(look, environment)


def _page(path, host, secure):
    client = Client(raise_request_exception=False)
    answer = client.get(path, headers={"host": host}, secure=secure)
    text = answer.content.decode(answer.charset or "utf-8", "replace")
    return {"status": answer.status_code, "text": text[:200_000]}
