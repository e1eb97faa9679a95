"""What happens around an order."""

import json
import secrets
import subprocess  # nosec B404 - one fixed command, below

import requests
from django.core.cache import cache
from django.db import connection, transaction

from shop.models import Book

RATES = {"eur": "https://rates.example.com/eur"}


def place(book: Book, send: object) -> None:
    """Sell a book: the task and the cache wait for the commit."""
    with transaction.atomic():
        book.save()
        transaction.on_commit(lambda: send.delay(book.pk))
        transaction.on_commit(lambda: cache.delete(f"book:{book.pk}"))


def rate(name: str) -> float:
    """The rate of a currency that is known here."""
    kept = cache.get(f"rate:{name}")
    if kept is None:
        kept = requests.get(RATES[name], timeout=(3, 10)).json()["rate"]
        cache.set(f"rate:{name}", kept, timeout=60)
    return kept


def count(title: str) -> int:
    """How many books have this title."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shop_book WHERE title = %s", [title])
        return cursor.fetchone()[0]


def read(text: str) -> dict[str, object]:
    """The payload of a webhook; empty where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return {}


def token() -> str:
    """A new token."""
    return secrets.token_urlsafe(32)


def version() -> str:
    """What is installed."""
    command = ["/usr/bin/git", "describe"]
    # nosec B603 - the command is a constant
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode()


async def double(numbers: list[int]) -> list[int]:
    """Twice of each."""
    return [number * 2 for number in numbers]
