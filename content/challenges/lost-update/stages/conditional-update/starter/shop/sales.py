"""Sells items from stock."""

from shop.models import Item, Sale


class SoldOut(Exception):
    """Fewer are left than were asked for."""


def buy(item_id, customer, quantity):
    """Take so many from stock and record the sale, which is returned. Raises SoldOut."""
    item = Item.objects.get(pk=item_id)
    if item.stock < quantity:
        raise SoldOut
    item.stock -= quantity
    item.sold += quantity
    item.save()
    return Sale.objects.create(item=item, customer=customer, quantity=quantity)
