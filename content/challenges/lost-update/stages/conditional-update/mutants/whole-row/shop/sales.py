"""Sells items from stock."""

from django.db import transaction
from django.db.models import F

from shop.models import Item, Sale


class SoldOut(Exception):
    """Fewer are left than were asked for."""


def buy(item_id, customer, quantity):
    """Take so many from stock and record the sale, which is returned. Raises SoldOut."""
    item = Item.objects.get(pk=item_id)
    with transaction.atomic():
        taken = Item.objects.filter(pk=item_id, stock__gte=quantity).update(
            stock=F("stock") - quantity
        )
        if not taken:
            raise SoldOut
        item.stock, item.sold = F("stock"), F("sold") + quantity
        item.save()
        return Sale.objects.create(item=item, customer=customer, quantity=quantity)
