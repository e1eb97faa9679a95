"""How many attempts of one client are let in, and when."""

import math
import time


class Limiter:
    """`burst` attempts within any `burst * every` seconds."""

    def __init__(self, burst, every, clock=time.monotonic):
        self.burst = burst
        self.window = burst * every
        self.clock = clock
        self.logs = {}

    def take(self, key):
        """Let one attempt in: 0, or the seconds to wait where that cannot be."""
        now = self.clock()
        log = [at for at in self.logs.get(key, []) if at > now - self.window]
        self.logs[key] = log
        if len(log) >= self.burst:
            return math.ceil(log[0] + self.window - now)
        log.append(now)
        return 0
