"""Counts attempts in Redis, for all workers together."""


def hit(client, key, limit, window):
    """Count one attempt; True for the first `limit` within `window` seconds."""
    count = int(client.get(key) or 0)
    if count >= limit:
        return False
    client.set(key, count + 1, ex=window)
    return True
