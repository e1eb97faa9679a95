"""Which files are which, and YAML as their programs read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from nexus_tui.catalog.strict_yaml import MAX_NODES, Document, YamlProblem
from nexus_tui.catalog.strict_yaml import read as read_strictly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.audit.project import Project

DOCKERFILE = re.compile(
    r"(^|/)((Dockerfile|Containerfile)(\.[\w-]+)?|[\w.-]+\.(Dockerfile|Containerfile))$"
)
COMPOSE = re.compile(r"(^|/)(docker-)?compose([.-][\w.-]+)?\.ya?ml$")
WORKFLOW = re.compile(r"(^|/)\.github/workflows/[^/]+\.ya?ml$")
CONFIGS = re.compile(
    "|".join(one.pattern for one in (DOCKERFILE, COMPOSE, WORKFLOW)) + r"|(^|/)\.dockerignore$"
)
SECRET = re.compile(
    r"(^|_)(secret(_key)?|token|passw(or)?d|credentials?|private_?key|signing_?key|api_?key"
    r"|access_?key)$",
    re.IGNORECASE,
)
"""Names of variables that hold a secret."""


@dataclass(frozen=True)
class Yaml:
    """A file that is a mapping at its top."""

    path: str
    value: dict[str, Any]
    document: Document | None
    """None: it was read without places."""

    def line(self, *path: str | int) -> int:
        """Where the value at this path stands; 0: it is not known."""
        return self.document.place(path)[0] if self.document is not None else 0


def read(project: Project, pattern: re.Pattern[str]) -> tuple[list[Yaml], str]:
    """The files whose path matches, and why one of them could not be read."""
    found, why = list[Yaml](), ""
    for path, text in project.texts(pattern):
        try:
            found.append(_read(path, text))
        except (ValueError, yaml.YAMLError, RecursionError) as error:
            first = str(getattr(error, "problem", None) or error).split("\n")[0]
            why = why or f"{path} is no YAML mapping that can be read: {first[:100]}"
    return found, why


def documents(project: Project, pattern: re.Pattern[str]) -> Iterator[tuple[str, Any]]:
    """Path and value of each document of the files that can be read."""
    for path, text in project.texts(pattern):
        try:
            for value in yaml.load_all(text, Loader=_Loader):
                yield path, value
        except (ValueError, yaml.YAMLError, RecursionError):
            continue


def _read(path: str, text: str) -> Yaml:
    document: Document | None = None
    try:
        document = read_strictly(text, path)
        value = document.value
    except YamlProblem:
        # Anchors, merge keys and old words are allowed in files that are not ours.
        value = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
        if not _fits(value):
            raise ValueError(f"its aliases stand for more than {MAX_NODES:,} values") from None
    if not isinstance(value, dict):
        raise ValueError("keys with values are wanted at its top")
    return Yaml(path, value, document)


def _fits(value: Any) -> bool:
    """Whether it is small also with a copy in the place of each alias, as schemas see it."""
    waiting, count = [value], 0
    while waiting and count <= MAX_NODES:
        one = waiting.pop()
        count += 1
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
    return count <= MAX_NODES


class _Loader(yaml.SafeLoader):
    """YAML 1.2: `on` and `no` are words, `22:22` is text, a date is text."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(~|null|Null|NULL|)$", ("~", "n", "N", "")),
    ("int", r"^[-+]?(0|[1-9][0-9]{0,15})$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]{0,15}\.[0-9]{1,15}$", "-+.0123456789"),
    ("merge", r"^<<$", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), list(_first))
