"""The revenue that every page of the back office shows."""

import time
from contextlib import suppress

from django.core.cache import cache
from django.db.models import Sum
from redis.exceptions import RedisError

from shop.models import Sale

SECONDS_FRESH = 60
SECONDS_KEPT = 600
SECONDS_LOCKED = 30


def revenue(shop, year):
    """Cents that a shop took in a year; a minute old, or a bit more while it is renewed."""
    key = f"revenue:2:{shop}:{year}"
    try:
        entry = entry_or_lock(key)
    except RedisError:
        return compute(shop, year)  # slower, and right
    if entry is not None:
        return entry["cents"]
    try:
        cents = compute(shop, year)
        keep(key, cents)
    finally:
        unlock(key)
    return cents


def entry_or_lock(key):
    """The entry to answer with; None for whoever has taken the lock and has to compute."""
    while True:
        entry = cache.get(key)
        if is_fresh(entry):
            return entry
        if cache.add(f"lock:{key}", 1, SECONDS_LOCKED):
            entry = cache.get(key)  # renewed since we looked?
            if not is_fresh(entry):
                return None
            unlock(key)
            return entry
        time.sleep(0.05)


def is_fresh(entry):
    return entry is not None and time.time() < entry["until"]


def keep(key, cents):
    entry = {"cents": cents, "until": time.time() + SECONDS_FRESH}
    with suppress(RedisError):
        cache.set(key, entry, SECONDS_KEPT)


def unlock(key):
    with suppress(RedisError):
        cache.delete(f"lock:{key}")


def compute(shop, year):
    sales = Sale.objects.filter(shop=shop, day__year=year)
    return sales.aggregate(total=Sum("cents"))["total"] or 0
