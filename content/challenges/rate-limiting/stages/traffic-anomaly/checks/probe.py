"""Tells an alarm the counts of weeks, and asks for the labels of requests."""

import csv  # noqa: F401 - warm
import math  # noqa: F401 - warm
import statistics  # noqa: F401 - warm
from collections import Counter, defaultdict, deque  # noqa: F401 - warm


def load():
    import monitor.alarm
    import monitor.metrics  # noqa: F401 - as the monitoring does


def replay(counts):
    """`1` for each interval after which the alarm rings, else `0`."""
    from monitor.alarm import Alarm

    alarm = Alarm()
    return "".join("1" if alarm.observe(count) else "0" for count in counts)


def labels(requests):
    """The labels of each request, by name."""
    from monitor.metrics import labels

    return [
        sorted([str(name), str(value)] for name, value in labels(each).items()) for each in requests
    ]
