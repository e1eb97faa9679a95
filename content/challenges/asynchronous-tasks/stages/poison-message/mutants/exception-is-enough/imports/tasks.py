"""Tasks of the imports; the worker imports this module."""

from celery import shared_task

from imports.suppliers import fetch, save


@shared_task(
    acks_late=True,
    autoretry_for=(ConnectionError,),
    retry_backoff=5,
    max_retries=2,
)
def import_prices(name):
    save(parsed(fetch(name)))


def parsed(text):
    """Prices in cents by product, from lines as `pen;120`. Raises ValueError."""
    prices = {}
    for line in text.splitlines():
        product, cents = line.split(";")
        prices[product] = int(cents)
    return prices
