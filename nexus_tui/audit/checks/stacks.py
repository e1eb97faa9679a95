"""Compose files: what waits for what, what is named, and what stands open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nexus_tui.audit.checks.forms import misfit
from nexus_tui.audit.checks.stack_checks import CHECKS
from nexus_tui.audit.checks.yaml_files import COMPOSE, SECRET, Yaml, read
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.audit.project import Project

_DATABASES = re.compile(
    r"(^|/)(postgres|postgis|mysql|mariadb|redis|valkey|mongo|rabbitmq|elasticsearch|memcached)(:|@|$|-)"
)
_LOCAL = ("127.", "localhost", "[::1]", "::1")
_NO_DEPENDENCE = "no service waits for another"

Found = tuple[str, Finding]


def look(project: Project) -> list[Verdict]:
    """The verdicts of this family."""
    ids = [check.id for check in CHECKS]
    if not project.find(COMPOSE):
        every = ("schema/compose", *ids)
        return [absent(check, "there is no Compose file") for check in every]
    files, why = read(project, COMPOSE)
    found: dict[str, list[Finding]] = {check: [] for check in ids}
    for file in files:
        folder = file.path.rpartition("/")[0]
        beside = [other for other in files if other.path.rpartition("/")[0] == folder]
        for check, finding in _file(file, _Names(beside)):
            found[f"nexus/{check}"].append(finding)
    waits = any(_depends(service) for file in files for _, service in _services(file))
    verdicts = [misfit("schema/compose", "compose-spec", files, why)]
    for check, findings in found.items():
        if why and not findings:
            verdicts.append(unknown(check, why))
        elif check == "nexus/depends-on-health" and not waits:
            verdicts.append(absent(check, _NO_DEPENDENCE))
        else:
            verdicts.append(decided(check, findings))
    return verdicts


class _Names:
    """What the Compose files of one folder declare together: they are often merged."""

    def __init__(self, files: list[Yaml]) -> None:
        self.services: dict[str, dict[str, Any]] = {}
        self.top: dict[str, set[str]] = {}
        for file in files:
            for name, service in _services(file):
                self.services[name] = self.services.get(name, {}) | service
            for kind in ("networks", "volumes", "secrets", "configs"):
                declared = file.value.get(kind)
                names = set(declared) if isinstance(declared, dict) else set()
                self.top[kind] = self.top.get(kind, set()) | names
        self.top["networks"] |= {"default"}


def _file(file: Yaml, names: _Names) -> Iterator[Found]:
    for name, service in _services(file):
        at = ("services", name)
        yield from _waiting(file, at, service, names)
        yield from _named(file, at, service, names)
        image = service.get("image")
        if isinstance(image, str) and "build" not in service and _moves(image):
            yield "compose-latest", _at(file, f"{name}: image {image}", *at, "image")
        yield from _secrets(file, at, service)
        if isinstance(image, str) and _DATABASES.search(image):
            yield from _ports(file, at, service)
    yield from _circle(file, names)


def _waiting(
    file: Yaml, at: tuple[str, str], service: dict[str, Any], names: _Names
) -> Iterator[Found]:
    for other, condition in _depends(service).items():
        needed = names.services.get(other)
        place = (*at, "depends_on")
        if needed is None or condition == "service_completed_successfully":
            continue
        if condition != "service_healthy":
            what = f"{at[1]} waits until {other} is started, not until it is healthy"
            yield "depends-on-health", _at(file, what, *place)
        elif "healthcheck" not in needed and "build" not in needed:
            what = f"{at[1]} waits for {other} to be healthy, and it has no healthcheck"
            yield "depends-on-health", _at(file, what, *place)


def _named(
    file: Yaml, at: tuple[str, str], service: dict[str, Any], names: _Names
) -> Iterator[Found]:
    for other in _depends(service):
        if other not in names.services:
            what = f"{at[1]} depends on {other}, and there is no such service"
            yield "compose-names", _at(file, what, *at, "depends_on")
    for kind in ("networks", "volumes", "secrets", "configs"):
        used = service.get(kind)
        for one in used if isinstance(used, list | dict) else ():
            name = _source(kind, one)
            if name is not None and name not in names.top[kind]:
                what = f"{at[1]} uses {name}, which {kind} does not declare"
                yield "compose-names", _at(file, what, *at, kind)


def _source(kind: str, used: Any) -> str | None:
    """The name that is declared elsewhere; None: it needs no declaration."""
    if isinstance(used, dict):
        if kind == "volumes" and used.get("type") != "volume":
            return None
        found = used.get("source")
        return found if isinstance(found, str) else None
    text = str(used)
    if kind != "volumes":
        return text
    name, colon, _ = text.partition(":")
    return name if colon and re.fullmatch(r"[A-Za-z0-9][\w.-]*", name) else None


def _secrets(file: Yaml, at: tuple[str, str], service: dict[str, Any]) -> Iterator[Found]:
    given = service.get("environment")
    if isinstance(given, list):
        pairs = [(str(one).partition("=")[::2], place) for place, one in enumerate(given)]
        values = [(name, value, place) for (name, value), place in pairs]
    else:
        items = given.items() if isinstance(given, dict) else ()
        values = [(name, "" if value is None else str(value), name) for name, value in items]
    for name, value, place in values:
        if SECRET.search(name) and value and "$" not in value:
            yield "compose-secret", _at(file, f"{at[1]}: {name}", *at, "environment", place)


def _ports(file: Yaml, at: tuple[str, str], service: dict[str, Any]) -> Iterator[Found]:
    ports = service.get("ports")
    for place, port in enumerate(ports if isinstance(ports, list) else ()):
        if isinstance(port, dict):
            host = str(port.get("host_ip", ""))
            public = "published" in port and not host.startswith(_LOCAL)
        else:
            public = ":" in str(port) and not str(port).startswith((*_LOCAL, "$"))
        if public:
            what = f"{at[1]} is published to all interfaces: {port}"
            yield "compose-ports", _at(file, what, *at, "ports", place)


def _circle(file: Yaml, names: _Names) -> Iterator[Found]:
    for start, _ in _services(file):
        seen, left = set[str](), list(_depends(names.services[start]))
        while left:
            other = left.pop()
            if other == start:
                what = f"{start} waits for itself, by way of what it depends on"
                yield "compose-names", _at(file, what, "services", start)
                return
            if other not in seen and other in names.services:
                seen.add(other)
                left += _depends(names.services[other])


def _depends(service: dict[str, Any]) -> dict[str, str]:
    """Service → condition."""
    given = service.get("depends_on")
    if isinstance(given, list):
        return {str(one): "service_started" for one in given}
    if not isinstance(given, dict):
        return {}
    return {
        str(name): str(how.get("condition", "service_started")) if isinstance(how, dict) else ""
        for name, how in given.items()
    }


def _services(file: Yaml) -> Iterator[tuple[str, dict[str, Any]]]:
    services = file.value.get("services")
    for name, service in services.items() if isinstance(services, dict) else ():
        if isinstance(service, dict):
            yield str(name), service


def _moves(image: str) -> bool:
    """Whether a name leads to another image tomorrow."""
    if "@" in image or "$" in image:
        return False
    _, colon, tag = image.rpartition("/")[2].partition(":")
    return not colon or tag == "latest"


def _at(file: Yaml, what: str, *path: str | int) -> Finding:
    return Finding(what, file.path, file.line(*path))
