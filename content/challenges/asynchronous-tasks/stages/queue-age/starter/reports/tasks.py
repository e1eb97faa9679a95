"""Tasks of the reports; the workers import this module."""

from celery import shared_task

from reports.models import Order
from reports.work import carry_out


def finish(order_id):
    order = Order.objects.get(pk=order_id)
    try:
        carry_out(order)
        order.status = "done"
    except ValueError:
        order.status = "failed"
        raise
    finally:
        order.save()


@shared_task(autoretry_for=(ConnectionError,), retry_backoff=5, max_retries=3)
def render_report(order_id):
    finish(order_id)


@shared_task(autoretry_for=(ConnectionError,), retry_backoff=5, max_retries=3)
def send_mail(order_id):
    finish(order_id)
