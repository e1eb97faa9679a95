"""Dockerfiles: who runs, what is in the layers, and what they are built from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.audit.checks.image_checks import CHECKS
from nexus_tui.audit.checks.yaml_files import COMPOSE, DOCKERFILE, SECRET
from nexus_tui.audit.checks.yaml_files import read as read_yaml
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided, unknown
from nexus_tui.configs.dockerfiles import (
    Context,
    Dockerfile,
    DockerfileProblem,
    assigned,
    exec_form,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.audit.project import Project

_INSTALLS = re.compile(
    r"\b(pip3?|uv|poetry|pipenv|pdm)\b.*\b(install|sync)\b|\b(npm|pnpm) (ci|install)\b"
    r"|\byarn install\b"
)
_MANIFESTS = re.compile(
    r"requirements[^/]*\.(txt|in)$|pyproject\.toml$|\.lock$|lock\.(json|yaml)$|Pipfile$|package\.json$"
)
_AT_HOME = (".env", ".git/HEAD")
"""What a developer has there, though a fresh clone, or this folder, may not."""
_OPEN = "no .dockerignore keeps it out"


def look(project: Project) -> list[Verdict]:
    """The verdicts of this family."""
    found: dict[str, list[Finding]] = {check.id: [] for check in CHECKS}
    paths, why = project.find(DOCKERFILE), ""
    if not paths:
        return [absent(check, "there is no Dockerfile") for check in found]
    healthy = _watched(project)
    for path, text in project.texts(DOCKERFILE):
        try:
            file = read(text)
        except DockerfileProblem as error:
            why = why or f"{path} cannot be followed: {error}"
            continue
        except ImportError:
            why = "dockerfile-parse is not installed: it comes with nexus-tui[audit]"
            break
        for check, line, what in _file(file, _context(project, path), healthy=healthy):
            found[f"nexus/{check}"].append(Finding(what, path, line))
    return [
        unknown(check, why) if why and not findings else decided(check, findings)
        for check, findings in found.items()
    ]


def _file(file: Dockerfile, context: Context, *, healthy: bool) -> Iterator[tuple[str, int, str]]:
    last = file.last
    layers = file.layers(last)
    users = [each for each in layers if each.name == "USER"]
    if not users:
        yield "image-user", last.line, "no USER: the container runs as root"
    elif users[-1].value.partition(":")[0].strip() in {"root", "0"}:
        yield "image-user", users[-1].line, f"USER {users[-1].value}"
    checks = [each for each in layers if each.name == "HEALTHCHECK"]
    if not healthy and (not checks or checks[-1].value.strip().upper() == "NONE"):
        yield "image-healthcheck", last.line, "neither HEALTHCHECK nor healthcheck in Compose"
    for each in layers:
        if each.name in {"CMD", "ENTRYPOINT"} and exec_form(each.value) is None:
            yield "image-exec-form", each.line, f"{each.name} in shell form: a shell is process 1"
    for stage in file.stages:
        for each in (*file.first, *stage.instructions):
            if each.name in {"ENV", "ARG"}:
                yield from _secrets(each.name, each.line, assigned(each))
    yield from _layers(file)
    yield from _brought(file, context)


def _secrets(name: str, line: int, values: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    for variable, value in values.items():
        if SECRET.search(variable) and (value or name == "ARG") and not value.startswith("/run/"):
            yield "image-secret", line, f"{name} {variable}"


def _layers(file: Dockerfile) -> Iterator[tuple[str, int, str]]:
    """An installation that comes after the whole code was copied."""
    for stage in file.stages:
        copied = None
        for each in stage.instructions:
            if each.name in {"COPY", "ADD"} and not each.flag("from"):
                sources = each.words()[:-1]
                if any(source.rstrip("/") in {"", "."} for source in sources) or (
                    sources and not all(_MANIFESTS.search(source) for source in sources)
                ):
                    copied = copied or each
            elif each.name == "RUN" and copied and _INSTALLS.search(each.value):
                if re.search(r"install\s+(-e\s+)?\.(\s|$)|--no-deps", each.value):
                    continue
                what = f"installed after line {copied.line} copied the code"
                yield "image-layers", each.line, what


def _brought(file: Dockerfile, context: Context) -> Iterator[tuple[str, int, str]]:
    """What lies in the folder of each developer and would be copied along."""
    for stage in file.stages:
        for each in stage.instructions:
            if each.name in {"COPY", "ADD"} and not each.flag("from"):
                for source in each.words()[:-1]:
                    for name in _AT_HOME:
                        if name in context.files(source, each):
                            folder = name.partition("/")[0]
                            what = f"{folder} would be copied into the image: {_OPEN}"
                            yield "image-context", each.line, what


def _context(project: Project, path: str) -> Context:
    """The files of a build: `.dockerignore` of the Dockerfile's own, or of the root."""
    names = (f"{path}.dockerignore", ".dockerignore", f"{path.rpartition('/')[0]}/.dockerignore")
    ignore = next((project.text(name) for name in names if name in project.files), None)
    return Context(_AT_HOME, ignore or "")


def _watched(project: Project) -> bool:
    """Whether each service that is built here has a healthcheck in a Compose file."""
    files, _ = read_yaml(project, COMPOSE)
    built = [
        service
        for file in files
        if isinstance(services := file.value.get("services"), dict)
        for service in services.values()
        if isinstance(service, dict) and "build" in service
    ]
    return bool(built) and all("healthcheck" in service for service in built)
