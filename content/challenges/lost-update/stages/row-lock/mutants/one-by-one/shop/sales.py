"""Sells baskets from stock."""

from django.db import transaction
from django.db.models import Sum

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
def sell(customer, item_id, quantity):
    item = Item.objects.select_for_update().get(pk=item_id)
    if had(customer, item) + quantity > LIMIT:
        raise TooMany
    if item.stock < quantity:
        raise SoldOut
    item.stock -= quantity
    item.save(update_fields=["stock"])
    Sale.objects.create(item=item, customer=customer, quantity=quantity)


def buy(customer, basket):
    """Sell a basket, `{item id: quantity}`, or nothing of it. Raises SoldOut and TooMany."""
    for item_id, quantity in sorted(basket.items()):
        sell(customer, item_id, quantity)
