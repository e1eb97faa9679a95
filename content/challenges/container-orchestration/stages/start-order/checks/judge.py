"""Decides by `compose.yaml`: its form, and the graph of what waits for what. Nothing is started."""

import re
from urllib.parse import urlsplit

from nexus_tui.configs.schemas import problems
from nexus_tui.labs.judging import Lab, Missing, Outcome, mapping, requirement

NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
APPS = ("migrate", "web")
SLOWEST = 9
"""Seconds that the slowest laptop needs for an empty volume."""
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+")
VARIABLE = re.compile(r"\$\{(\w+)(?::?([-?+])([^}]*))?\}|\$(\w+)")
ASKS = re.compile(r"pg_isready|psql|/dev/tcp/|\bnc\b|python")
TCP = re.compile(r"(-h|--host)[ =]?\s*[\w$]|host=\w|//[^/]*@?\w|PGHOST|/dev/tcp/|\bnc\b|python")
ALWAYS = re.compile(r"(\|\||;)\s*(true|:|exit 0)\s*$")


class Stack:
    """The services of the file, in one form whatever form they were written in."""

    def __init__(self, lab: Lab) -> None:
        found = [name for name in NAMES if name in lab.files()]
        if not found:
            raise Missing("there is no compose.yaml")
        self.file = mapping(lab, found[0]).value
        self.wrong = problems("compose-spec", self.file)
        services = self.file.get("services")
        self.services = services if isinstance(services, dict) else {}
        if self.wrong:
            return
        databases = [n for n, s in self.services.items() if "postgres" in str(s.get("image"))]
        self.db = databases[0] if len(databases) == 1 else None
        for name in APPS:
            if name not in self.services:
                self.wrong.append(f"there is no service {name}")
        if self.db is None:
            self.wrong.append(f"{len(databases)} services with an image of postgres, and not 1")

    def needs(self, name: str) -> dict[str, dict]:
        """What a service depends on, with the condition of each."""
        found = self.services[name].get("depends_on") or {}
        if isinstance(found, list):
            return {each: {"condition": "service_started"} for each in found}
        return found

    def health(self) -> dict:
        return self.services[self.db].get("healthcheck") or {}

    def waits(self, name: str, seen: tuple[str, ...] = ()) -> bool:
        """Whether a service starts only after the database was healthy."""
        for other, how in self.needs(name).items():
            if how.get("required") is False or other in seen or other not in self.services:
                continue
            if other == self.db and how.get("condition") == "service_healthy":
                return True
            if other != self.db and self.waits(other, (*seen, name)):
                return True
        return False


def stack(lab: Lab) -> Stack:
    """The services, for all but the first requirement, which says what is wrong with the file."""
    try:
        found = Stack(lab)
        wrong = found.wrong or unknown(found)
    except Missing:
        wrong = ["unreadable"]
    if wrong:
        raise Missing("not looked at: the file is not valid yet")
    return found


def seconds(text: str) -> float:
    return sum(float(n) * UNITS[unit] for n, unit in re.findall(r"([\d.]+)(us|ms|s|m|h)", text))


@requirement("valid")
def valid(lab: Lab) -> Outcome:
    found = Stack(lab)
    wrong = found.wrong or unknown(found)
    observed = wrong[0] if wrong else f"{len(found.services)} services, nothing unknown"
    return Outcome(not wrong, observed, "a file that `docker compose config` takes")


def unknown(found: Stack) -> list[str]:
    """What the schema does not see."""
    for name, service in found.services.items():
        for other in found.needs(name):
            if other not in found.services:
                return [f"{name} depends on {other}, and there is no such service"]
        if circle := circular(found, name):
            return [f"a circle: {' → '.join(circle)}"]
        for key, value in (service.get("healthcheck") or {}).items():
            if key in ("interval", "timeout", "start_period", "start_interval"):
                if not DURATION.fullmatch(str(value)):
                    return [f"{name}: {key}: {value} is no duration such as 5s"]
        declared = found.file.get("volumes") or {}
        for source, _ in volumes(service):
            if source and "/" not in source and not source.startswith((".", "~", "$")):
                if source not in declared:
                    return [f"{name}: the volume {source} is not declared under `volumes`"]
        for network in service.get("networks") or ():
            if network != "default" and network not in (found.file.get("networks") or {}):
                return [f"{name}: the network {network} is not declared under `networks`"]
    return []


def circular(found: Stack, start: str) -> list[str] | None:
    trail = [[start]]
    while trail:
        path = trail.pop()
        for other in found.needs(path[-1]):
            if other == start:
                return [*path, start]
            if other in found.services and other not in path:
                trail.append([*path, other])
    return None


def volumes(service: dict) -> list[tuple[str, str]]:
    """Source and target of each mount that is a volume or a folder."""
    pairs = []
    for each in service.get("volumes") or ():
        if isinstance(each, str):
            parts = each.split(":")
            pairs.append((parts[0], parts[1]) if len(parts) > 1 else ("", parts[0]))
        elif each.get("type") in ("volume", "bind"):
            pairs.append((str(each.get("source") or ""), str(each.get("target") or "")))
    return pairs


@requirement("waits")
def waits(lab: Lab) -> Outcome:
    found = stack(lab)
    for name in APPS:
        if not found.waits(name):
            how = found.needs(name).get(found.db, {}).get("condition", "nothing")
            return Outcome(
                False,
                f"{name} waits for {found.db}: {how}",
                f"{name} starts when {found.db} is healthy, in whatever time that takes",
            )
    return Outcome(True, "migrate and web wait until db is healthy", "that they do")


@requirement("healthy-is-ready")
def healthy_is_ready(lab: Lab) -> Outcome:
    found = stack(lab)
    check, wanted = found.health(), "a test that asks whether the server takes connections"
    test = check.get("test")
    if not test or check.get("disable") or test in ("NONE", ["NONE"]):
        return Outcome(False, f"{found.db} has no test, so it never becomes healthy", wanted)
    words = test if isinstance(test, list) else ["CMD-SHELL", test]
    command = " ".join(map(str, words[1:]))
    if words[0] not in ("CMD", "CMD-SHELL"):
        return Outcome(False, f"the test begins with {words[0]}", "CMD or CMD-SHELL")
    if words[0] == "CMD" and " " in str(words[1] if len(words) > 1 else ""):
        return Outcome(False, f"there is no program named “{words[1]}”", "one word in each place")
    if not ASKS.search(command) or ALWAYS.search(command):
        return Outcome(False, f"“{command}” says nothing about the server", wanted)
    if not TCP.search(command) and "PGHOST" not in variables(found.services[found.db]):
        return Outcome(
            False,
            f"“{command}” asks at a socket file, where the server that fills a volume answers, too",
            "a question over TCP, as web asks",
        )
    interval = seconds(str(check.get("interval", "30s")))
    patience = seconds(str(check.get("start_period", "0s"))) + interval * int(
        check.get("retries", 3)
    )
    return Outcome(
        patience >= SLOWEST,
        f"it is given up after {patience:g} s",
        f"not before {SLOWEST} s, which the slowest laptop needs",
    )


@requirement("after-migrate")
def after_migrate(lab: Lab) -> Outcome:
    found = stack(lab)
    condition = found.needs("web").get("migrate", {}).get("condition", "nothing")
    restart = str(found.services["migrate"].get("restart", "no"))
    if restart in ("always", "unless-stopped"):
        observed = f"migrate has restart: {restart}, so it never ends"
        return Outcome(False, observed, "a migrate that ends")
    return Outcome(
        condition == "service_completed_successfully",
        f"web waits for migrate: {condition}",
        "web starts when migrate has ended with 0",
    )


@requirement("by-name")
def by_name(lab: Lab) -> Outcome:
    found = stack(lab)
    own = found.services[found.db]
    names = {found.db, str(own.get("container_name")), str(own.get("hostname"))}
    networks = own.get("networks") or ["default"]
    if isinstance(networks, dict):
        names |= {a for each in networks.values() if each for a in each.get("aliases") or ()}
    for app in APPS:
        service = found.services[app]
        place = urlsplit(substituted(variables(service).get("DATABASE_URL", "")))
        where = f"{place.hostname}:{place.port or 5432}"
        if place.hostname not in names or (place.port or 5432) != 5432:
            return Outcome(
                False,
                f"{app} looks for its database at {where}, as seen from its own container",
                f"{found.db}:5432",
            )
        shared = set(service.get("networks") or ["default"]) & set(networks)
        if not shared or service.get("network_mode") or own.get("network_mode"):
            return Outcome(False, f"{app} and {found.db} share no network", "one network")
    if ports := own.get("ports"):
        return Outcome(
            False,
            f"{found.db} takes port {port(ports[0])} of the developer's machine",
            "no published port: who has a PostgreSQL already cannot start",
        )
    return Outcome(True, f"both find {found.db}:5432, and nobody else does", "the same")


def port(value: object) -> str:
    return str(value.get("published") if isinstance(value, dict) else value).partition(":")[0]


def variables(service: dict) -> dict[str, str]:
    found = service.get("environment") or {}
    if isinstance(found, list):
        return dict(each.partition("=")[::2] for each in found)
    return {name: str(value) for name, value in found.items()}


def substituted(text: str) -> str:
    """The text as it is where only variables with a default have a value."""
    return VARIABLE.sub(lambda v: v[3] if v[2] == "-" else "x", text)


@requirement("keeps-data")
def keeps_data(lab: Lab) -> Outcome:
    found = stack(lab)
    own = found.services[found.db]
    major = re.search(r":(\d+)", str(own.get("image")))
    usual = "/var/lib/postgresql/data"  # up to 17
    if major and int(major[1]) >= 18:
        usual = f"/var/lib/postgresql/{major[1]}/docker"
    kept = variables(own).get("PGDATA", usual).rstrip("/")
    named = {s: t.rstrip("/") for s, t in volumes(own) if s in (found.file.get("volumes") or {})}
    over = [source for source, target in named.items() if f"{kept}/".startswith(f"{target}/")]
    if over:
        return Outcome(True, f"{over[0]} has the data", "a named volume")
    told = ", ".join(f"{s or 'a volume without name'} at {t}" for s, t in volumes(own)) or "nothing"
    return Outcome(False, f"the data is in {kept}; mounted: {told}", f"a named volume at {kept}")
