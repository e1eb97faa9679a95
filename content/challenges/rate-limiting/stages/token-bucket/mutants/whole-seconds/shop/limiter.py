"""How many attempts of one client are let in, and when."""

import math
import time


class Limiter:
    """`burst` tokens for each client, and one token more each `every` seconds."""

    def __init__(self, burst, every, clock=time.monotonic):
        self.burst = burst
        self.every = every
        self.clock = clock
        self.buckets = {}

    def take(self, key):
        """Let one attempt in: 0, or the seconds to wait where that cannot be."""
        now = int(self.clock())
        tokens, last = self.buckets.get(key, (self.burst, now))
        grown = (now - last) // self.every
        tokens = min(self.burst, tokens + grown)
        if tokens < 1:
            self.buckets[key] = tokens, now
            return math.ceil((1 - tokens) * self.every)
        self.buckets[key] = tokens - 1, now
        return 0
