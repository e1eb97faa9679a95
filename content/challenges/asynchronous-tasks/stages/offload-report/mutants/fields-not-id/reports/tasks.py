"""Tasks of the reports, made with `shared_task`; the workers import this module."""

from celery import shared_task

from reports.models import Order
from reports.rendering import render


@shared_task
def produce(order_id, customer, month):
    document = render(customer, month)
    Order.objects.filter(pk=order_id).update(document=document, status="done")
