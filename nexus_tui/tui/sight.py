"""A section while it is in sight: whether its end was, and how long it was read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_IDLE = timedelta(minutes=2)
"""Longer without a turn of the page is no reading."""
_WORTH = timedelta(minutes=1)
"""Less than this on a section that was read, or was not to its end, is no reading either."""


class Sight:
    """One section of a lesson, from when it is shown until it is left."""

    def __init__(self, section: int, heading: str) -> None:
        self.section = section
        self.heading = heading
        self.laid_out = False
        """Is its text on the page? Until then the page has the end of another one."""
        self.ended = False
        """Was its end in sight?"""
        self.kept = False
        """Is it kept already that it was read?"""
        self.spent = timedelta()
        self._since: datetime | None = None

    def turn(self, now: datetime, *, at_end: bool) -> None:
        """The page was shown or scrolled."""
        self.rest(now)
        self._since = now
        self.ended = self.ended or (self.laid_out and at_end)

    @property
    def is_worth(self) -> bool:
        """Was it in sight long enough to count also where it was not read to its end?"""
        return self.spent >= _WORTH

    def rest(self, now: datetime) -> None:
        """It is out of sight for now."""
        if self._since is not None:
            self.spent += max(timedelta(), min(now - self._since, _IDLE))
        self._since = None
