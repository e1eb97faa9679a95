"""Measures, prints the table, keeps `last.json`; exit code 1 where a budget is missed."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import checks, frames, history
from benchmarks.terminal import Program

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9
KEYS = 200
IDLE = 4.0
DOWN, UP = b"\x1b[B", b"\x1b[A"
BASELINE = ([sys.executable, "-m", "benchmarks.baseline"], "leaf 10", "leaf 10")
NEXUS = (
    [sys.executable, "-m", "nexus_tui"],
    "This week",
    r"(objectives? (is|are)|what is) due",
)


@dataclass(frozen=True)
class Row:
    """A measured figure beside the baseline's; `budget` is the highest ratio allowed."""

    what: str
    ours: float
    baseline: float
    unit: str
    budget: float | None

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline if self.baseline else float("nan")

    @property
    def verdict(self) -> str:
        if self.budget is None:
            return "noted"
        return "met" if self.ratio <= self.budget else "missed"


@dataclass
class Figures:
    """What one program took, in seconds, MB and bytes a second."""

    paint: list[float]
    figures: list[float]
    first_key: list[float]
    keys: list[float]
    memory: list[float]
    processor: list[float]
    idle_bytes: list[float]


def _start(program: tuple[list[str], str, str], found: Figures, home: Path) -> None:
    """One start: until the first screen, the first key, and the figures."""
    command, screen, filled = program
    with Program(command, surroundings(home)) as running:
        found.paint.append(running.wait_for(screen))
        running.press(DOWN)
        found.first_key.append(_since(running))
        found.figures.append(running.wait_for(filled))


def _since(running: Program) -> float:
    return time.perf_counter() - running.started


def _rest(program: tuple[list[str], str, str], found: Figures, home: Path) -> None:
    """What a running program does with keys, and without them."""
    command, _, filled = program
    with Program(command, surroundings(home)) as running:
        running.wait_for(filled)
        running.drain(1.5)
        for number in range(KEYS):
            found.keys.append(running.press(UP if number % 2 else DOWN))
            running.drain(0.02)
        running.drain(1.0)
        before = running.processor()
        found.idle_bytes.append(running.drain(IDLE) / IDLE)
        found.processor.append((running.processor() - before) / IDLE)
        found.memory.append(running.memory())


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a program that keeps everything in `home`."""
    left_out = ("XDG_", "NEXUS_", "TEXTUAL", "PYTHONDONTWRITEBYTECODE", "NO_COLOR")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
    return kept | {
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "NEXUS_DB": str(home / "progress.db"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": str(ROOT),
    }


def measure() -> list[Row]:
    """All rows, the two programs by turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cache = home / "cache" / "nexus-tui"
        history.make(ROOT / "content", cache, home / "progress.db")
        ours, plain = (Figures([], [], [], [], [], [], []) for _ in range(2))
        for round_ in range(ROUNDS + 1):
            for program, found in ((BASELINE, plain), (NEXUS, ours)):
                _start(program, found if round_ else Figures([], [], [], [], [], [], []), home)
        for program, found in ((BASELINE, plain), (NEXUS, ours)):
            _rest(program, found, home)
        kept, raw = history.answers(home)
        checked = checks.seconds(ROOT / "content", home / "runs")
        scrolled, typed = frames.seconds(ROOT / "content", home)
    median = statistics.median

    def milliseconds(what: str, a: float, b: float, budget: float | None) -> Row:
        return Row(what, 1000 * a, 1000 * b, "ms", budget)

    last = statistics.quantiles
    return [
        milliseconds("first usable screen", median(ours.paint), median(plain.paint), 1.05),
        milliseconds("its due figures", median(ours.figures), median(plain.figures), 1.8),
        milliseconds("first key handled", median(ours.first_key), median(plain.first_key), 1.1),
        milliseconds("key to paint, p50", median(ours.keys), median(plain.keys), 1.2),
        milliseconds(
            "key to paint, p99", last(ours.keys, n=100)[98], last(plain.keys, n=100)[98], 1.2
        ),
        Row("memory at rest", ours.memory[0], plain.memory[0], "MB", 1.75),
        Row("idle processor", 100 * ours.processor[0], 100 * plain.processor[0], "%", None),
        Row("idle bytes a second", ours.idle_bytes[0], plain.idle_bytes[0], "B", None),
        milliseconds("answer on disk (raw sqlite3)", kept, raw, 4.0),
        milliseconds("check of a Django stage", median(checked), checks.ALLOWED, 1.0),
        milliseconds("frame while scrolling, p95", last(scrolled, n=20)[18], frames.ALLOWED, 1.0),
        milliseconds("frame while typing, p95", last(typed, n=20)[18], frames.ALLOWED, 1.0),
    ]


def show(rows: list[Row]) -> None:
    """Print the table."""
    print(f"{'':<30}{'Nexus':>10}{'baseline':>10}{'ratio':>8}{'budget':>8}")
    for row in rows:
        budget = f"{row.budget:.2f}" if row.budget else "–"
        print(
            f"{row.what:<30}{row.ours:>7.1f} {row.unit:<2}{row.baseline:>7.1f} {row.unit:<2}"
            f"{row.ratio:>8.2f}{budget:>8}  {row.verdict}"
        )


def main() -> int:
    """Measure and print. Returns the exit code."""
    rows = measure()
    show(rows)
    results = [asdict(row) | {"ratio": row.ratio, "verdict": row.verdict} for row in rows]
    kept = ROOT / "benchmarks" / "last.json"
    kept.write_text(json.dumps({"results": results}, indent=2) + "\n", encoding="utf-8")
    return 1 if any(row.verdict == "missed" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
