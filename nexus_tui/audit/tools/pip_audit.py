"""pip-audit: pinned requirements with a known vulnerability. It asks a service on the network."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from nexus_tui.audit.tools.answers import answer
from nexus_tui.audit.verdict import Check, Finding, Verdict, absent, decided, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nexus_tui.audit.bench import Bench
    from nexus_tui.audit.project import Project

READS = re.compile(r"(^|/)([^/]*requirements[^/]*\.txt|requirements/[^/]*\.txt)$")
_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)(\[[^\]]*\])?\s*==\s*(?P<version>[\w.!+-]+)\s*(;.*)?$"
)
_OPTION = re.compile(
    r"^(-r|-c|--requirement|--constraint|--hash|--index-url|--extra-index-url|-i)\b"
)

CHECKS = (
    Check(
        "pip-audit/known-vulnerability",
        "No pinned requirement has a known vulnerability",
        "high",
        "The hole is described in public, and scanners try it on every host within days.",
        "Raise the pin to a version that mends it, and run the tests.",
        "dependency-supply-chain",
    ),
)
_SECONDS = 120.0
_WAY_OUT = re.compile(
    r"^((https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE)$", re.IGNORECASE
)
"""Variables that say how this machine reaches the network."""


def look(bench: Bench) -> list[Verdict]:
    """Ask for the pins of all requirement files.

    They are copied: no option of the project's files is followed, and nothing is installed.
    """
    project, check = bench.project, CHECKS[0].id
    pins, loose = pinned(project)
    if not pins and not loose:
        return [absent(check, "there is no requirements file")]
    if not pins:
        return [unknown(check, f"nothing is pinned, such as {loose[0]}: pin with ==, or compile")]
    tool = bench.tool("pip-audit")
    with bench.folder() as folder:
        asked = folder / "requirements.txt"
        asked.write_text("".join(f"{name}=={version}\n" for name, version in sorted(pins)))
        options = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        options += ["--cache-dir", str(folder / "cache")]
        command = [tool, "-r", str(asked), *options]
        way = {name: value for name, value in os.environ.items() if _WAY_OUT.match(name)}
        ended = bench.run(command, folder, seconds=_SECONDS, rails=False, environment=way)
    return [read(answer(ended, "pip-audit"), pins, loose)]


def pinned(project: Project) -> tuple[dict[tuple[str, str], tuple[str, int]], list[str]]:
    """Name and version → where it is pinned; and the lines that name no one version."""
    pins, loose = dict[tuple[str, str], tuple[str, int]](), list[str]()
    for path, text in project.texts(READS):
        for number, line in enumerate(text.split("\n"), 1):
            said = re.sub(r"(^|\s)#.*$|\s+--hash=\S+|\\\s*$", "", line).strip()
            if not said or _OPTION.match(said):
                continue
            if found := _PIN.match(said):
                name = re.sub(r"[-_.]+", "-", found["name"]).lower()
                pins.setdefault((name, found["version"]), (path, number))
            else:
                loose.append(said[:60])
    return pins, loose


def read(
    told: dict[str, Any], pins: dict[tuple[str, str], tuple[str, int]], loose: Iterable[str]
) -> Verdict:
    """The verdict of an answer; what was skipped, or is not pinned, passes nothing."""
    check = CHECKS[0].id
    findings, skipped = list[Finding](), [f"{line} is not pinned" for line in loose]
    asked = set(pins)
    for one in told["dependencies"]:
        name = re.sub(r"[-_.]+", "-", one["name"]).lower()
        if "skip_reason" in one:
            skipped.append(f"{name} was skipped: {one['skip_reason']}")
            asked = {pin for pin in asked if pin[0] != name}
            continue
        key = (name, one["version"])
        asked.discard(key)
        path, line = pins.get(key, ("", 0))
        for hole in one["vulns"]:
            fixed = ", ".join(hole.get("fix_versions") or ()) or "no version yet"
            names = ", ".join([hole["id"], *hole.get("aliases", ())][:2])
            what = f"{name} {one['version']}: {names}; mended in {fixed}"
            findings.append(Finding(what, path, line, hole["id"]))
    skipped += [f"{name} {version} was not answered" for name, version in sorted(asked)]
    if findings or not skipped:
        return decided(check, findings, "; ".join(skipped[:3]))
    return unknown(check, "; ".join(skipped[:3]))
