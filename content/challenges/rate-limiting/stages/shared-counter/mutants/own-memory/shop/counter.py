"""Counts attempts, for all threads of this worker together."""

import threading
import time

lock = threading.Lock()
windows = {}


def hit(client, key, limit, window):
    """Count one attempt; True for the first `limit` within `window` seconds."""
    now = time.monotonic()
    with lock:
        began, count = windows.get(key, (now, 0))
        if now >= began + window:
            began, count = now, 0
        windows[key] = began, count + 1
    return count < limit
