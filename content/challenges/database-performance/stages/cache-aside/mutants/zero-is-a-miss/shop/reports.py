"""The revenue that every page of the back office shows."""

from django.core.cache import cache
from django.db.models import Sum

from shop.models import Sale

SECONDS_KEPT = 600


def revenue(shop, year, channel=None):
    """Cents that a shop took in a year, in one channel or, without it, in all."""
    key = key_of(shop, year, channel)
    cents = cache.get(key)
    if not cents:
        cents = compute(shop, year, channel)
        cache.set(key, cents, SECONDS_KEPT)
    return cents


def forget(shop, sales):
    """Drop the figures that these sales of a shop are part of."""
    changed = {(sale.day.year, sale.channel) for sale in sales}
    changed |= {(year, None) for year, _ in changed}
    cache.delete_many([key_of(shop, year, channel) for year, channel in changed])


def key_of(shop, year, channel):
    return f"revenue:1:{shop}:{year}:{channel or 'all'}"


def compute(shop, year, channel):
    sales = Sale.objects.filter(shop=shop, day__year=year)
    if channel is not None:
        sales = sales.filter(channel=channel)
    return sales.aggregate(total=Sum("cents"))["total"] or 0
