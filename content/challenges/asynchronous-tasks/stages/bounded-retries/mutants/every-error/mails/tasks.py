"""Tasks that send mails; the workers import this module."""

from celery import shared_task

from mails.client import deliver

TEXTS = {
    "paid": "We have received your payment for order {order}.",
    "shipped": "Your order {order} is on its way.",
}


@shared_task(
    autoretry_for=(Exception,),
    retry_backoff=2,
    retry_backoff_max=300,
    max_retries=8,
)
def send_mail(address, kind, order):
    deliver(address, TEXTS[kind].format(order=order))
