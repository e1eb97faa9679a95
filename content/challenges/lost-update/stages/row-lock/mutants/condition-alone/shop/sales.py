"""Sells baskets from stock."""

from django.db import transaction
from django.db.models import F, Sum

from shop.models import Item, Sale

LIMIT = 2
"""Of one item for one customer, in all purchases together."""


class SoldOut(Exception):
    """Fewer are left than were asked for."""


class TooMany(Exception):
    """The customer would have more than LIMIT of an item."""


def had(customer, item):
    """How many of an item a customer has bought."""
    sales = Sale.objects.filter(customer=customer, item=item)
    return sales.aggregate(total=Sum("quantity"))["total"] or 0


@transaction.atomic
def buy(customer, basket):
    """Sell a basket, `{item id: quantity}`, or nothing of it. Raises SoldOut and TooMany."""
    for item_id, quantity in sorted(basket.items()):
        if had(customer, item_id) + quantity > LIMIT:
            raise TooMany
        taken = Item.objects.filter(pk=item_id, stock__gte=quantity).update(
            stock=F("stock") - quantity
        )
        if not taken:
            raise SoldOut
        Sale.objects.create(item_id=item_id, customer=customer, quantity=quantity)
