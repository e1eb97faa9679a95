"""Tasks that send mails; the workers import this module."""

import random
import time

from celery import shared_task

from mails.client import Unavailable, deliver

TEXTS = {
    "paid": "We have received your payment for order {order}.",
    "shipped": "Your order {order} is on its way.",
}


@shared_task
def send_mail(address, kind, order):
    text = TEXTS[kind].format(order=order)
    for attempt in range(8):
        try:
            return deliver(address, text)
        except (Unavailable, ConnectionError, TimeoutError):
            time.sleep(random.uniform(0, 2 ** (attempt + 1)))
    deliver(address, text)
