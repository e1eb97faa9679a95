"""Sells items from stock."""

from django.db import transaction

from shop.models import Item, Sale


class SoldOut(Exception):
    """Fewer are left than were asked for."""


@transaction.atomic
def buy(item_id, customer, quantity):
    """Take so many from stock and record the sale, which is returned. Raises SoldOut."""
    item = Item.objects.select_for_update().get(pk=item_id)
    if item.stock < quantity:
        raise SoldOut
    item.stock -= quantity
    item.sold += quantity
    item.save(update_fields=["stock", "sold"])
    return Sale.objects.create(item=item, customer=customer, quantity=quantity)
