"""The lists show the right things, and at a cost that does not grow with the rows."""

import datetime
from decimal import Decimal

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.models import Author, Book, Order, OrderLine, Tag


def add_books(count: int) -> None:
    """Add books, each with an author of its own, one active and one inactive tag."""
    shown, _ = Tag.objects.get_or_create(name="fiction")
    hidden, _ = Tag.objects.get_or_create(name="retired", defaults={"active": False})
    for number in range(count):
        book = Book.objects.create(
            title=f"Book {number}",
            author=Author.objects.create(name=f"Author {number}"),
            published=datetime.date(2020, 1, 1),
            price=Decimal("12.50"),
        )
        book.tags.add(shown, hidden)


def add_orders(count: int) -> None:
    """Add orders of two lines, each line with a book of its own."""
    for number in range(count):
        add_books(2)
        order = Order.objects.create(customer=f"Customer {number}", total=Decimal("25.00"))
        for book in Book.objects.order_by("-id")[:2]:
            OrderLine.objects.create(order=order, book=book, quantity=1)


class QueryCountMixin:
    """Count the queries of one request at two sizes: growth is what betrays N+1."""

    def queries_of(self, name: str) -> int:
        """Return how many queries one GET of the named address runs."""
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(reverse(name))
        self.assertEqual(response.status_code, 200)
        return len(captured)

    def assert_constant(self, name: str, add, budget: int) -> None:
        """Assert the same number of queries for 5 rows and for 35, within the budget."""
        add(5)
        at_five = self.queries_of(name)
        add(30)
        at_thirty_five = self.queries_of(name)
        self.assertEqual(at_five, at_thirty_five, "the number of queries grows with the rows")
        self.assertLessEqual(at_thirty_five, budget)


class BookListTests(QueryCountMixin, TestCase):
    """GET /api/books/"""

    def test_shows_the_author_and_only_active_tags(self) -> None:
        add_books(1)
        (book,) = self.client.get(reverse("book-list")).json()
        self.assertEqual(book["author"], "Author 0")
        self.assertEqual(book["tags"], ["fiction"])
        self.assertEqual(book["price"], "12.50")

    def test_a_book_without_tags_is_still_listed(self) -> None:
        add_books(1)
        Book.objects.get().tags.clear()
        (book,) = self.client.get(reverse("book-list")).json()
        self.assertEqual(book["tags"], [])

    def test_runs_two_queries_whatever_the_number_of_books(self) -> None:
        self.assert_constant("book-list", add_books, budget=2)


class OrderListTests(QueryCountMixin, TestCase):
    """GET /api/orders/"""

    def test_shows_the_lines_with_titles(self) -> None:
        add_orders(1)
        (order,) = self.client.get(reverse("order-list")).json()
        self.assertEqual({line["book"] for line in order["lines"]}, {"Book 0", "Book 1"})

    def test_shows_the_newest_order_first(self) -> None:
        add_orders(2)
        orders = self.client.get(reverse("order-list")).json()
        self.assertEqual([order["customer"] for order in orders], ["Customer 1", "Customer 0"])

    def test_runs_two_queries_whatever_the_number_of_orders(self) -> None:
        self.assert_constant("order-list", add_orders, budget=2)
