"""What is written down when Nexus breaks: where and how, and nothing that the learner wrote."""

from __future__ import annotations

import platform
import sqlite3
import sys
import sysconfig
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui import __version__, log

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 10
"""So many reports are kept; the oldest go."""
_PACKAGE = Path(__file__).resolve().parent
_TOLD = (AttributeError, ImportError, IndexError, NameError, RecursionError, TypeError)
"""Errors whose words name code. What others say may quote what was typed, so it is left out."""
_CHAIN = 5


def keep(error: BaseException, data: Path) -> Path | None:
    """Write the report to the folder `crashes` of the data directory, and a line to the log.

    Returns where the report is, or None where it could not be written.
    """
    now = datetime.now(UTC)
    path = data / "crashes" / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    log.write(data, f"broke: {_head(error)} at {place_of(error)}; report {path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("crash-*.txt"))[: 1 - KEPT]:
            old.unlink()
        path.write_text(report(error, now), encoding="utf-8")
    except OSError:
        return None
    return path


def report(error: BaseException, now: datetime) -> str:
    """Versions, platform, and the frames of `error` and its causes; no values, no own paths."""
    versions = (
        f"nexus-tui {__version__}",
        f"python {platform.python_version()}",
        f"textual {_version('textual')}",
        f"sqlite {sqlite3.sqlite_version}",
        platform.platform(),
    )
    lines = [f"Nexus broke at {now:%Y-%m-%d %H:%M:%S} UTC.", *versions]
    for link in _chain(error):
        lines += ["", _head(link), *_frames(link)]
    return "\n".join(lines) + "\n"


def place_of(error: BaseException) -> str:
    """The innermost frame of ours, as `file:line`."""
    frames = traceback.extract_tb(_cause(error).__traceback__)
    ours = [frame for frame in frames if _file(frame.filename).startswith("nexus_tui/")]
    last = (ours or list(frames))[-1:]
    return f"{_file(last[0].filename)}:{last[0].lineno}" if last else "no frame"


def _cause(error: BaseException) -> BaseException:
    """The error itself: what a worker raised comes wrapped."""
    inner = getattr(error, "error", None)
    return inner if isinstance(inner, BaseException) else error


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what it came from, to the first five."""
    for _ in range(_CHAIN):
        if error is None:
            return
        error = _cause(error)
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _head(error: BaseException) -> str:
    """The name of the error, and its words where they can name nothing but code."""
    error = _cause(error)
    name = type(error).__qualname__
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    if isinstance(error, sqlite3.Error):
        return f"{name}: {getattr(error, 'sqlite_errorname', 'without a code')}"
    return f"{name}: {error}" if isinstance(error, _TOLD) else name


def _frames(error: BaseException) -> list[str]:
    lines = []
    for frame in traceback.extract_tb(error.__traceback__):
        file = _file(frame.filename)
        lines.append(f"  {file}:{frame.lineno} in {frame.name}")
        if file.startswith("nexus_tui/") and frame.line:
            lines.append(f"    {frame.line}")
    return lines


def _file(name: str) -> str:
    """The file of a frame within what it belongs to: no path of this computer."""
    path = Path(name)
    if path.is_relative_to(_PACKAGE):
        return str(Path("nexus_tui") / path.relative_to(_PACKAGE))
    for packages in ("site-packages", "dist-packages"):
        if packages in path.parts:
            return str(Path(*path.parts[path.parts.index(packages) + 1 :]))
    standard = Path(sysconfig.get_paths()["stdlib"])
    if path.is_relative_to(standard):
        return str(Path("python") / path.relative_to(standard))
    return "other code"


def _version(package: str) -> str:
    return str(getattr(sys.modules.get(package), "__version__", "not loaded"))
