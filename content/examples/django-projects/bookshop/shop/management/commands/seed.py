"""Fill the database with made-up books and orders."""

import datetime
from decimal import Decimal

from django.core.management.base import BaseCommand
from django.db import transaction

from shop.models import Author, Book, Order, OrderLine, Tag


class Command(BaseCommand):
    """manage.py seed --books 35"""

    help = "Add authors, tags, books and orders; the same ones at every run."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--books", type=int, default=35)

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        tags = [
            Tag.objects.get_or_create(name=name, defaults={"active": name != "retired"})[0]
            for name in ("fiction", "history", "retired")
        ]
        for number in range(options["books"]):
            author = Author.objects.create(name=f"Author {number}")
            book = Book.objects.create(
                title=f"Book {number}",
                author=author,
                published=datetime.date(2000 + number % 25, 1, 1),
                price=Decimal("9.90") + number,
            )
            book.tags.set([tags[number % 3], tags[(number + 1) % 3]])
            order = Order.objects.create(customer=f"Customer {number}", total=book.price)
            OrderLine.objects.create(order=order, book=book, quantity=1)
        self.stdout.write(f"added {options['books']} books and orders")
