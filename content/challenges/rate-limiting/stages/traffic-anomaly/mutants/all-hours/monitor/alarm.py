"""Decides after each five minutes whether somebody is woken."""

from statistics import fmean, stdev

INTERVALS = 288  # a day
DAYS = 7  # that are the measure


class Alarm:
    """Is told the requests of one interval after the other, from midnight on."""

    def __init__(self):
        self.counts = []
        self.most = None

    def observe(self, count):
        """True while somebody has to look."""
        if len(self.counts) >= DAYS * INTERVALS and len(self.counts) % INTERVALS == 0:
            before = self.counts[-DAYS * INTERVALS :]
            self.most = fmean(before) + 3 * stdev(before)
        self.counts.append(count)
        return self.most is not None and count > self.most
