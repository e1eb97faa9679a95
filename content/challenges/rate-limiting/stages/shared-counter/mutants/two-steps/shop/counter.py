"""Counts attempts in Redis, for all workers together."""

import redis

from shop import metrics


def hit(client, key, limit, window):
    """Count one attempt; True for the first `limit` within `window` seconds."""
    try:
        count = client.incr(key)
        if count == 1:
            client.expire(key, window)
    except redis.RedisError:
        metrics.increment("limiter_unavailable")
        return True
    return count <= limit
