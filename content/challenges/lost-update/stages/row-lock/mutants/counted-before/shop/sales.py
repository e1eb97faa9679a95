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
def buy(customer, basket):
    """Sell a basket, `{item id: quantity}`, or nothing of it. Raises SoldOut and TooMany."""
    for item_id, quantity in basket.items():
        if had(customer, item_id) + quantity > LIMIT:
            raise TooMany
    for item in Item.objects.select_for_update().filter(pk__in=basket).order_by("pk"):
        quantity = basket[item.pk]
        if item.stock < quantity:
            raise SoldOut
        item.stock -= quantity
        item.save(update_fields=["stock"])
        Sale.objects.create(item=item, customer=customer, quantity=quantity)
