"""Shell: the parts are one script of bash."""

from __future__ import annotations

import os
from typing import Any

CANNOT = (126, 127)
"""How bash says that a command is not there or cannot be run."""


def prepare() -> None:
    """Bash needs nothing."""


def run(job: dict[str, Any]) -> None:
    """Become bash. A part may end with a command that fails, not with one that is not there."""
    os.execvp(  # noqa: S606 - the script is a snippet of a trusted pack
        "bash", ["bash", "-c", script([code for _, code in job["parts"]], job["mark"]), "bash"]
    )


def script(parts: list[str], mark: str) -> str:
    """The script of all parts, with the mark of `marks` after each."""
    absent = "|".join(map(str, CANNOT))
    end = f"case $? in {absent}) exit 1;; esac; printf '\\036%s\\n' {mark}"
    return "\n".join(f"{part}\n{end}" for part in parts)
