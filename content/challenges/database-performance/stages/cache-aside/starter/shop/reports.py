"""The revenue that every page of the back office shows."""

from django.db.models import Sum

from shop.models import Sale


def revenue(shop, year, channel=None):
    """Cents that a shop took in a year, in one channel or, without it, in all."""
    sales = Sale.objects.filter(shop=shop, day__year=year)
    if channel is not None:
        sales = sales.filter(channel=channel)
    return sales.aggregate(total=Sum("cents"))["total"] or 0
