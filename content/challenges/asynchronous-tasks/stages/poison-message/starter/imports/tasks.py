"""Tasks of the imports; the worker imports this module."""

from celery import shared_task
from celery.exceptions import Reject

from imports.suppliers import fetch, save


@shared_task(acks_late=True)
def import_prices(name):
    try:
        save(parsed(fetch(name)))
    except Exception as error:
        raise Reject(error, requeue=True) from error


def parsed(text):
    """Prices in cents by product, from lines as `pen;120`. Raises ValueError."""
    prices = {}
    for line in text.splitlines():
        product, cents = line.split(";")
        prices[product] = int(cents)
    return prices
