"""Decides after each five minutes whether somebody is woken."""

INTERVALS = 288  # a day


class Alarm:
    """Is told the requests of one interval after the other; the first begins at midnight."""

    def observe(self, count):
        """True while somebody has to look."""
        return count > 500 * 300
