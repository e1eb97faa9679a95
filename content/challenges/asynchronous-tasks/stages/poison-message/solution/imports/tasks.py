"""Tasks of the imports; the worker imports this module."""

from celery import shared_task
from celery.exceptions import Reject

from imports.suppliers import fetch, save


@shared_task(bind=True, acks_late=True, max_retries=2)
def import_prices(self, name):
    try:
        save(parsed(fetch(name)))
    except ConnectionError as error:
        if self.request.retries == self.max_retries:
            raise Reject(error, requeue=False) from error
        raise self.retry(exc=error, countdown=30) from error
    except ValueError as error:
        raise Reject(error, requeue=False) from error


def parsed(text):
    """Prices in cents by product, from lines as `pen;120`. Raises ValueError."""
    prices = {}
    for line in text.splitlines():
        product, cents = line.split(";")
        prices[product] = int(cents)
    return prices
