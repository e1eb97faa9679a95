"""Counters that the monitoring reads."""

from collections import Counter

values = Counter()


def increment(name):
    values[name] += 1
