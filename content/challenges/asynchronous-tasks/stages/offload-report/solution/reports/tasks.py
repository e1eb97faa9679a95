"""Tasks of the reports, made with `shared_task`; the workers import this module."""

from celery import shared_task

from reports.models import Order
from reports.rendering import render


@shared_task
def produce(order_id):
    order = Order.objects.select_related("account").get(pk=order_id)
    order.document = render(order.account.name, order.month)
    order.status = "done"
    order.save(update_fields=["document", "status"])
