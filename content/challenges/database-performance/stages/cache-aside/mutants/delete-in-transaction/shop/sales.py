"""How sales come in: one by one, or as the file of a day."""

from django.db import transaction

from shop.models import Sale
from shop.reports import forget


def record(shop, day, channel, cents):
    """One sale."""
    with transaction.atomic():
        sale = Sale.objects.create(shop=shop, day=day, channel=channel, cents=cents)
        forget(shop, [sale])


def load(shop, rows, total):
    """All sales of a file, each with day, channel and cents, or none of them.

    Raises ValueError where they do not add up to the total that the file names.
    """
    with transaction.atomic():
        sales = [
            Sale(shop=shop, day=day, channel=channel, cents=cents)
            for day, channel, cents in rows
        ]
        Sale.objects.bulk_create(sales)
        if sum(sale.cents for sale in sales) != total:
            raise ValueError(f"the sales do not add up to {total}")
        forget(shop, sales)
