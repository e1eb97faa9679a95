"""The revenue that every page of the back office shows."""

import time

from django.db.models import Sum

from shop.models import Sale

SECONDS_KEPT = 600
_kept = {}


def revenue(shop, year, channel=None):
    """Cents that a shop took in a year, in one channel or, without it, in all."""
    key = key_of(shop, year, channel)
    until, cents = _kept.get(key, (0, None))
    if time.time() >= until:
        cents = compute(shop, year, channel)
        _kept[key] = time.time() + SECONDS_KEPT, cents
    return cents


def forget(shop, sales):
    """Drop the figures that these sales of a shop are part of."""
    changed = {(sale.day.year, sale.channel) for sale in sales}
    changed |= {(year, None) for year, _ in changed}
    for year, channel in changed:
        _kept.pop(key_of(shop, year, channel), None)


def key_of(shop, year, channel):
    return f"revenue:1:{shop}:{year}:{channel or 'all'}"


def compute(shop, year, channel):
    sales = Sale.objects.filter(shop=shop, day__year=year)
    if channel is not None:
        sales = sales.filter(channel=channel)
    return sales.aggregate(total=Sum("cents"))["total"] or 0
