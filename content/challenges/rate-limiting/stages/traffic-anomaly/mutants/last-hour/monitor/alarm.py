"""Decides after each five minutes whether somebody is woken."""

from statistics import median

HOUR = 12  # intervals that are the measure
LEAST = 30  # requests more than usual that nobody is woken for


class Alarm:
    """Is told the requests of one interval after the other; the first begins at midnight."""

    def __init__(self):
        self.counts = []

    def observe(self, count):
        """True while somebody has to look."""
        before = self.counts[-HOUR:]
        self.counts.append(count)
        if len(before) < HOUR:
            return False
        usual = median(before)
        return count > usual + max(LEAST, usual)
