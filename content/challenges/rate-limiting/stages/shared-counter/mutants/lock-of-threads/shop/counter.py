"""Counts attempts in Redis, for all workers together."""

import threading

import redis

from shop import metrics

lock = threading.Lock()


def hit(client, key, limit, window):
    """Count one attempt; True for the first `limit` within `window` seconds."""
    try:
        with lock:
            count = int(client.get(key) or 0) + 1
            if count <= limit:
                client.set(key, count, ex=window)
    except redis.RedisError:
        metrics.increment("limiter_unavailable")
        return True
    return count <= limit
