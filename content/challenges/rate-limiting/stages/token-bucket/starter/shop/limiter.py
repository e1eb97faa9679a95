"""How many attempts of one client are let in, and when."""

import time


class Limiter:
    """`burst` attempts in a window of `burst * every` seconds."""

    def __init__(self, burst, every, clock=time.time):
        self.burst = burst
        self.window = burst * every
        self.clock = clock
        self.counts = {}

    def take(self, key):
        """Let one attempt in: 0, or the seconds to wait where that cannot be."""
        window = (key, int(self.clock() // self.window))
        self.counts[window] = self.counts.get(window, 0) + 1
        if self.counts[window] <= self.burst:
            return 0
        return self.window
