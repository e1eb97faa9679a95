"""A clock that stands where it was set, in the place of those of the module `time`.

A probe imports this before a library that keeps `time.time`, as Django REST framework does in
`SimpleRateThrottle.timer`. A sleep is noted, and moves the clock.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.utils import timezone


class Clock:
    """Its calls are the seconds; no function, so that a class may keep it as it keeps a builtin."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


WALL = Clock(1_790_000_000.0)
"""Seconds of the epoch; may be set back."""
STEADY = Clock(5_000.0)
"""Seconds that only grow."""
slept: list[float] = []
"""How long each sleep was."""


def forward(seconds: float) -> None:
    """Let so much time pass."""
    WALL.now += seconds
    STEADY.now += seconds


def set_wall(seconds: float) -> None:
    """Set the wall clock, as an administrator or NTP does: no time passes."""
    WALL.now = seconds


def _sleep(seconds: float) -> None:
    slept.append(float(seconds))
    forward(float(seconds))


time.time = WALL
time.monotonic = time.perf_counter = STEADY
time.time_ns = lambda: int(WALL() * 1_000_000_000)
time.monotonic_ns = lambda: int(STEADY() * 1_000_000_000)
time.sleep = _sleep  # type: ignore[assignment]
timezone.now = lambda: datetime.fromtimestamp(WALL(), UTC)
