"""Sells items from stock."""

from django.db import transaction
from django.db.models import F

from shop.models import Item, Sale


class SoldOut(Exception):
    """Fewer are left than were asked for."""


def buy(item_id, customer, quantity):
    """Take so many from stock and record the sale, which is returned. Raises SoldOut."""
    seen = Item.objects.get(pk=item_id).stock
    if seen < quantity:
        raise SoldOut
    with transaction.atomic():
        taken = Item.objects.filter(pk=item_id, stock=seen).update(
            stock=seen - quantity, sold=F("sold") + quantity
        )
        if not taken:
            raise SoldOut
        return Sale.objects.create(
            item_id=item_id, customer=customer, quantity=quantity
        )
