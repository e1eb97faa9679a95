"""Sells, reads the revenue, and lets a reader in right before a COMMIT."""

import tempfile
import threading
from datetime import date
from pathlib import Path

from django.db import connection, connections

from nexus_tui.labs.probing import django_project as project
from nexus_tui.labs.probing import fake_redis


def load():
    fake_redis.movable_clock()
    # A file, so that a second connection can read while a transaction is open.
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(tempfile.gettempdir()) / "shop.sqlite3"),
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"},
    }
    project.set_up("shop", DATABASES={"default": database}, CACHES=fake_redis.caches())
    import shop.reports
    import shop.sales  # noqa: F401


def fill(rows):
    """Nothing but these sales (shop, day, channel, cents), and an empty cache."""
    from shop.models import Sale

    fake_redis.client().flushall()
    Sale.objects.all().delete()
    Sale.objects.bulk_create(
        Sale(shop=shop, day=date.fromisoformat(day), channel=channel, cents=cents)
        for shop, day, channel, cents in rows
    )


def read(figures):
    """For each figure (shop, year, channel) the cents and the queries that it took."""
    from shop.reports import revenue

    found = []
    for figure in figures:
        with project.statements() as ran:
            cents = revenue(*figure)
        found.append([cents, len(ran)])
    return found


def empty():
    """Redis loses all its keys."""
    fake_redis.client().flushall()


def by_hand(shop, day, channel, cents):
    """A row that nobody told Django of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shop_sale (shop, day, channel, cents) VALUES (%s, %s, %s, %s)",
            [shop, day, channel, cents],
        )


def forward(by):
    fake_redis.forward(by)


def record(shop, day, channel, cents, reader=()):
    """One sale; before its COMMIT a reader asks for figures on a connection of its own."""
    from shop.sales import record as learners

    with reading(reader):
        learners(shop, date.fromisoformat(day), channel, cents)


def load_file(shop, rows, total, reader=()):
    """A file of sales: whether it was taken."""
    from shop.sales import load as learners

    rows = [(date.fromisoformat(day), channel, cents) for day, channel, cents in rows]
    with reading(reader):
        try:
            learners(shop, rows, total)
        except ValueError:
            return False
    return True


class reading:
    """Lets a reader ask for figures right before each COMMIT of this thread."""

    def __init__(self, figures):
        self.figures = figures

    def __enter__(self):
        connection.ensure_connection()
        if self.figures:
            connection.connection.set_trace_callback(self.before)

    def __exit__(self, *error):
        connection.connection.set_trace_callback(None)

    def before(self, statement):
        if statement.strip().upper().startswith("COMMIT"):
            reader = threading.Thread(target=self.ask)
            reader.start()
            reader.join(4)

    def ask(self):
        from shop.reports import revenue

        try:
            for figure in self.figures:
                revenue(*figure)
        finally:
            connections.close_all()
