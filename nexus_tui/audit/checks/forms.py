"""Files against the schema of the program that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.audit.verdict import Finding, Verdict, decided, unknown
from nexus_tui.configs.schemas import Schema, misfits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.audit.checks.yaml_files import Yaml

_MOST = 5
"""Places of one file: one mistake often shows at several."""


def misfit(check: str, schema: Schema, files: Sequence[Yaml], why: str) -> Verdict:
    """The verdict of a schema over these files; `why` says that one could not be read."""
    findings = list[Finding]()
    try:
        for file in files:
            findings += [
                Finding(str(one), file.path, file.line(*one.path))
                for one in misfits(schema, file.value)[:_MOST]
            ]
    except ImportError:
        return unknown(check, "jsonschema-rs is not installed: it comes with nexus-tui[audit]")
    if why and not findings:
        return unknown(check, why)
    return decided(check, findings)
