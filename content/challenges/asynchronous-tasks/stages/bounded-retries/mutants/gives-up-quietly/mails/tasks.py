"""Tasks that send mails; the workers import this module."""

import logging
import random

from celery import shared_task

from mails.client import Unavailable, deliver

logger = logging.getLogger(__name__)

TEXTS = {
    "paid": "We have received your payment for order {order}.",
    "shipped": "Your order {order} is on its way.",
}


@shared_task(bind=True, max_retries=8)
def send_mail(self, address, kind, order):
    try:
        deliver(address, TEXTS[kind].format(order=order))
    except (Unavailable, ConnectionError, TimeoutError) as error:
        if self.request.retries == self.max_retries:
            logger.error("no mail to %s: %s", address, error)
            return
        pause = random.uniform(0, 2 ** (self.request.retries + 1))
        raise self.retry(exc=error, countdown=pause) from error
