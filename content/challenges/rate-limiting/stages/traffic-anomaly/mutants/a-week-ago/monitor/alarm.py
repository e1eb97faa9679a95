"""Decides after each five minutes whether somebody is woken."""

INTERVALS = 288  # a day
DAYS = 7  # ago is the measure
LEAST = 30  # requests more than usual that nobody is woken for


class Alarm:
    """Is told the requests of one interval after the other; the first begins at midnight."""

    def __init__(self):
        self.counts = []

    def observe(self, count):
        """True while somebody has to look."""
        before = self.counts[-DAYS * INTERVALS :][:1]
        self.counts.append(count)
        if len(self.counts) <= DAYS * INTERVALS:
            return False
        usual = before[0]
        return count > usual + max(LEAST, usual / 2)
