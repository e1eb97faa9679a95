"""Tasks that send mails; the workers import this module."""

from celery import shared_task

from mails.client import Unavailable, deliver

TEXTS = {
    "paid": "We have received your payment for order {order}.",
    "shipped": "Your order {order} is on its way.",
}


@shared_task(
    autoretry_for=(Unavailable, ConnectionError, TimeoutError),
    default_retry_delay=30,
    max_retries=8,
)
def send_mail(address, kind, order):
    deliver(address, TEXTS[kind].format(order=order))
