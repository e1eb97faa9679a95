"""What a project is made with, from the names and contents of its files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEP, _MOST, _BYTES = 4, 3_000, 200_000
"""How deep is looked, at how many files at most, and how much of one is read."""
_LEFT_OUT = frozenset(
    {".git", ".hg", ".venv", "venv", "env", "node_modules", "__pycache__", ".tox", ".terraform",
     "site-packages", "dist", "build"}
)  # fmt: skip
_NAMED = (
    ("Python", re.compile(r"^(pyproject\.toml|setup\.py|setup\.cfg|Pipfile|requirements.*\.txt)$")),
    ("Docker", re.compile(r"^(.+\.)?Dockerfile(\..+)?$|^Containerfile$")),
    ("Compose", re.compile(r"^(docker-)?compose.*\.ya?ml$")),
    ("Terraform", re.compile(r"\.tf$")),
    ("nginx", re.compile(r"^nginx.*\.conf(\.template)?$")),
    ("GitLab CI", re.compile(r"^\.gitlab-ci\.yml$")),
)
_DEPENDENCIES = (
    ("Django", r"django"),
    ("Django REST framework", r"djangorestframework"),
    ("FastAPI", r"fastapi"),
    ("Flask", r"flask"),
    ("Channels", r"channels"),
    ("GraphQL", r"strawberry-graphql(?:-django)?|graphene(?:-django)?|ariadne"),
    ("Celery", r"celery"),
    ("PostgreSQL", r"psycopg2?(?:-binary)?|asyncpg"),
    ("MySQL", r"mysqlclient|pymysql"),
    ("Redis", r"redis|django-redis"),
    ("RabbitMQ", r"pika|aio-pika|amqp"),
)
_DECLARES = re.compile(r"^(pyproject\.toml|setup\.cfg|Pipfile|requirements.*\.(txt|in))$")
_WORKLOAD = re.compile(rb"^kind:\s*(Deployment|StatefulSet|CronJob|Service)\b", re.MULTILINE)


def detect(folder: Path) -> tuple[str, ...]:
    """The parts of a stack that the files of a folder show, such as `Django` and `Docker`.

    Reads names, and of few files the beginning; what cannot be read is left out. Takes as long
    as the disk does: for a thread.
    """
    found: set[str] = set()
    for path, inside in _files(folder):
        name = path.name
        found |= {part for part, named in _NAMED if named.search(name)}
        if name == "manage.py":
            found |= {"Python", "Django"}
        if inside[:2] == (".github", "workflows"):
            found.add("GitHub Actions")
        if _DECLARES.match(name) or inside[-1:] == ("requirements",):
            found |= _declared(_beginning(path))
        elif name.endswith((".yaml", ".yml")) and _WORKLOAD.search(_beginning(path)):
            found.add("Kubernetes")
    order = [part for part, _ in (*_NAMED[:1], *_DEPENDENCIES, *_NAMED[1:])]
    order += ["Kubernetes", "GitHub Actions"]
    return tuple(part for part in order if part in found)


def _files(folder: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """(file, the folders it is in), the upper ones first; no link is followed."""
    count = 0
    for top, folders, files in os.walk(folder):
        inside = Path(top).relative_to(folder).parts
        folders[:] = sorted(f for f in folders if f not in _LEFT_OUT and len(inside) < _DEEP)
        for name in sorted(files):
            count += 1
            if count > _MOST:
                return
            yield Path(top) / name, inside


def _beginning(path: Path) -> bytes:
    try:
        if not path.is_file() or path.is_symlink():
            return b""
        with path.open("rb") as file:
            return file.read(_BYTES)
    except OSError:
        return b""


def _declared(text: bytes) -> set[str]:
    words = text.decode("utf-8", "replace")
    return {
        part
        for part, names in _DEPENDENCIES
        if re.search(rf"(?im)(?:^|[\s\"'\[,])(?:{names})(?=$|[\s\"'\[\]=<>~!,;@])", words)
    }
