"""Sells items from stock."""

from django.db import transaction
from django.db.models import F

from shop.models import Item, Sale


class SoldOut(Exception):
    """Fewer are left than were asked for."""


def buy(item_id, customer, quantity):
    """Take so many from stock and record the sale, which is returned. Raises SoldOut."""
    if Item.objects.get(pk=item_id).stock < quantity:
        raise SoldOut
    with transaction.atomic():
        Item.objects.filter(pk=item_id).update(
            stock=F("stock") - quantity, sold=F("sold") + quantity
        )
        return Sale.objects.create(
            item_id=item_id, customer=customer, quantity=quantity
        )
