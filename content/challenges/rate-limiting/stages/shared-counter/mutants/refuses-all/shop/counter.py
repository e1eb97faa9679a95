"""Counts attempts in Redis, for all workers together."""

import redis

from shop import metrics


def hit(client, key, limit, window):
    """Count one attempt; True for the first `limit` within `window` seconds."""
    try:
        with client.pipeline(transaction=True) as pipe:
            pipe.incr(key)
            pipe.expire(key, window, nx=True)
            count, _ = pipe.execute()
    except redis.RedisError:
        metrics.increment("limiter_unavailable")
        return False
    return count <= limit
