"""Decides after each five minutes whether somebody is woken."""

from statistics import median

INTERVALS = 288  # a day
DAYS = 7  # whose same time of day is the measure
LEAST = 30  # requests more than usual that nobody is woken for


class Alarm:
    """Is told the requests of one interval after the other; the first begins at midnight."""

    def __init__(self):
        self.counts = []

    def observe(self, count):
        """True while somebody has to look."""
        before = self.counts[-INTERVALS::-INTERVALS][:DAYS]
        self.counts.append(count)
        if len(before) < DAYS:
            return False
        usual = median(before)
        spread = median(abs(each - usual) for each in before)
        return count > usual + max(LEAST, usual / 2, 6 * spread)
