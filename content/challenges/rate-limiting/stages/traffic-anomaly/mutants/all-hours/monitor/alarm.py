"""Decides after each five minutes whether somebody is woken."""

from statistics import fmean as mean
from statistics import stdev

INTERVALS = 288  # a day
DAYS = 7  # that are the measure


class Alarm:
    """Is told the requests of one interval after the other; the first begins at midnight."""

    def __init__(self):
        self.counts = []

    def observe(self, count):
        """True while somebody has to look."""
        before = self.counts[-DAYS * INTERVALS :]
        self.counts.append(count)
        if len(before) < DAYS * INTERVALS:
            return False
        return count > mean(before) + 3 * stdev(before)
