"""Counts attempts in Redis, for all workers together."""

import redis

from shop import metrics


def hit(client, key, limit, window):
    """Count one attempt; True for the first `limit` within `window` seconds."""
    try:
        with client.pipeline() as pipe:
            pipe.watch(key)
            count = int(pipe.get(key) or 0) + 1
            if count > limit:
                return False
            pipe.multi()
            pipe.set(key, count, ex=window)
            pipe.execute()
    except redis.WatchError:
        return False
    except redis.RedisError:
        metrics.increment("limiter_unavailable")
        return True
    return True
