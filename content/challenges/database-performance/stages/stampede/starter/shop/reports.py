"""The revenue that every page of the back office shows."""

from django.core.cache import cache
from django.db.models import Sum

from shop.models import Sale

SECONDS_FRESH = 60


def revenue(shop, year):
    """Cents that a shop took in a year; at most a minute old."""
    key = f"revenue:1:{shop}:{year}"
    return cache.get_or_set(key, lambda: compute(shop, year), SECONDS_FRESH)


def compute(shop, year):
    sales = Sale.objects.filter(shop=shop, day__year=year)
    return sales.aggregate(total=Sum("cents"))["total"] or 0
