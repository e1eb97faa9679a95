"""How many attempts of one client are let in, and when."""

import math
import time


class Limiter:
    """`burst` attempts in `burst * every` seconds, from a client's first one on."""

    def __init__(self, burst, every, clock=time.monotonic):
        self.burst = burst
        self.window = burst * every
        self.clock = clock
        self.windows = {}

    def take(self, key):
        """Let one attempt in: 0, or the seconds to wait where that cannot be."""
        now = self.clock()
        began, count = self.windows.get(key, (now, 0))
        if now >= began + self.window:
            began, count = now, 0
        self.windows[key] = began, count + 1
        if count < self.burst:
            return 0
        return math.ceil(began + self.window - now)
