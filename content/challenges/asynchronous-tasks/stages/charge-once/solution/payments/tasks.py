"""Tasks of the payments; the workers import this module."""

from celery import shared_task
from django.db import transaction
from django.db.models import F

from payments.models import Customer, Order, Payment
from payments.provider import charge


@shared_task(
    acks_late=True,
    autoretry_for=(TimeoutError,),
    retry_backoff=5,
    max_retries=8,
)
def charge_order(order_id):
    order = Order.objects.select_related("customer").get(pk=order_id)
    key = f"order-{order.pk}"
    reference = charge(order.customer.card, order.amount, key=key)
    with transaction.atomic():
        _, created = Payment.objects.get_or_create(
            key=key, defaults={"order": order, "reference": reference}
        )
        if created:
            Order.objects.filter(pk=order.pk).update(status="paid")
            Customer.objects.filter(pk=order.customer_id).update(
                points=F("points") + order.amount // 100
            )
