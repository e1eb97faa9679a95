"""The bookshop's settings in a container: what differs comes from the environment.

SECRET_KEY         signs sessions and tokens
ALLOWED_HOSTS      names the service answers to, with commas between them
POSTGRES_HOST      name of the database service; POSTGRES_PASSWORD is its password
REDIS_URL          for example redis://cache:6379/0

One that is missing or empty ends the start with its name. Each may be given as a file
instead: SECRET_KEY_FILE=/run/secrets/secret-key. DEBUG is on only for "true".
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bookshop.settings import *  # noqa: F403 - the settings that are the same everywhere


def required(name: str) -> str:
    """Return what a variable, or the file it names, says; or say what is missing."""
    value = os.environ.get(name, "")
    if not value and (file := os.environ.get(f"{name}_FILE")):
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error.strerror}: {file}") from error
    if not value:
        raise ImproperlyConfigured(f"set the environment variable {name}")
    return value


DEBUG = os.environ.get("DEBUG") == "true"
SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = [*required("ALLOWED_HOSTS").split(","), "127.0.0.1"]
ROOT_URLCONF = "container.urls"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": required("POSTGRES_HOST"),
        "PORT": os.environ.get("POSTGRES_PORT", "5432"),
        "NAME": os.environ.get("POSTGRES_DB", "bookshop"),
        "USER": os.environ.get("POSTGRES_USER", "bookshop"),
        "PASSWORD": required("POSTGRES_PASSWORD"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3},
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": required("REDIS_URL"),
    }
}
