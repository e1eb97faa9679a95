"""Work that goes on after the answer."""

from reports.models import Order
from reports.rendering import render


def produce(order_id):
    order = Order.objects.select_related("account").get(pk=order_id)
    order.document = render(order.account.name, order.month)
    order.status = "done"
    order.save(update_fields=["document", "status"])
