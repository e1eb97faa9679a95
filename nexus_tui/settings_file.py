"""Writing one setting to the settings file: atomically, with everything else left as it was."""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from typing import TYPE_CHECKING

from nexus_tui.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TABLE_LINE = re.compile(r"^\s*\[")


def write(file: Path, values: Mapping[str, str], table: str = "review") -> None:
    """Set keys of `[table]` to values written as TOML; the file is made if it is missing.

    Without a table, keys above all tables are set.

    Comments, order and keys this program does not know are kept. The new file takes the place
    of the old one in one step. Raises SettingsError, with the file untouched, where it cannot
    be read or written, or is laid out in a way that cannot be edited safely.
    """
    try:
        target = file.resolve()  # a link to the learner's dotfiles stays a link
        before = target.read_text(encoding="utf-8") if target.is_file() else ""
        wanted = _with(tomllib.loads(before), values, table)
        after = before
        for key, value in values.items():
            after = _set(after, key, value, table)
        if tomllib.loads(after) != wanted:
            raise SettingsError(
                f"{file}: `[{table}]` is written in a way that Nexus cannot edit without harm: "
                "set it there by hand. Nothing was changed."
            )
        _replace(target, after)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"{file}: your settings cannot be written: {error}. Nothing was changed."
        ) from error


def _with(all_: dict[str, object], values: Mapping[str, str], table: str) -> dict[str, object]:
    new = {key: tomllib.loads(f"value = {value}")["value"] for key, value in values.items()}
    if not table:
        return {**all_, **new}
    before = all_.get(table, {})
    return {**all_, table: {**(before if isinstance(before, dict) else {}), **new}}


def _set(text: str, key: str, value: str, table: str) -> str:
    """`text` with `key` of the table set; a comment behind the old value stays."""
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if _is_table(line, table)), None)
    start = start if table else -1
    if start is None:
        gap = [""] if lines and lines[-1].strip() else []
        return "\n".join([*lines, *gap, f"[{table}]", f"{key} = {value}"]) + "\n"
    inside = range(start + 1, len(lines))
    end = next((n for n in inside if _TABLE_LINE.match(lines[n])), len(lines))
    entry = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=""")
    for number in range(start + 1, end):
        if entry.match(lines[number]):
            _, hash_, comment = lines[number].partition("#")
            lines[number] = f"{key} = {value}" + (f"  #{comment}" if hash_ else "")
            break
    else:
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        gap = [""] if not table and end < len(lines) and lines[end].strip() else []
        lines[end:end] = [f"{key} = {value}", *gap]
    return "\n".join(lines) + "\n"


def _is_table(line: str, table: str) -> bool:
    return re.match(rf"^\s*\[\s*{table}\s*\]\s*(#.*)?$", line) is not None


def _replace(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as fresh:
            fresh.write(text)
            fresh.flush()
            os.fsync(fresh.fileno())
        if target.exists():
            os.chmod(name, target.stat().st_mode & 0o777)  # noqa: PTH101
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        os.unlink(name)  # noqa: PTH108
        raise
