"""Counts attempts in Redis, for all workers together."""

import redis

from shop import metrics


def hit(client, key, limit, window):
    """Count one attempt; True for the first `limit` within `window` seconds."""
    try:
        client.set(key, 0, ex=window, nx=True)
        count = client.incr(key)
    except redis.RedisError:
        metrics.increment("limiter_unavailable")
        return True
    return count <= limit
