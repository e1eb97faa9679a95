"""Sells items from stock."""

from threading import Lock

from django.db import transaction

from shop.models import Item, Sale

selling = Lock()


class SoldOut(Exception):
    """Fewer are left than were asked for."""


def buy(item_id, customer, quantity):
    """Take so many from stock and record the sale, which is returned. Raises SoldOut."""
    with selling:
        item = Item.objects.get(pk=item_id)
        if item.stock < quantity:
            raise SoldOut
        item.stock -= quantity
        item.sold += quantity
        with transaction.atomic():
            item.save(update_fields=["stock", "sold"])
            return Sale.objects.create(item=item, customer=customer, quantity=quantity)
