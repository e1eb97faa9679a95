"""Tests of the list of books."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from catalogue.models import Author, Book, Tag


def add_books(count):
    for number in range(count):
        author = Author.objects.create(name=f"Author {number}")
        book = Book.objects.create(title=f"Volume {number}", author=author)
        book.tags.add(
            Tag.objects.create(name=f"novel {number}"),
            Tag.objects.create(name=f"classic {number}"),
        )


class BookListTests(TestCase):
    def test_lists_a_book_with_its_active_tags(self):
        author = Author.objects.create(name="Ursula K. Le Guin")
        book = Book.objects.create(title="The Dispossessed", author=author)
        book.tags.add(
            Tag.objects.create(name="novel"),
            Tag.objects.create(name="import-2019", active=False),
        )

        answer = self.client.get("/books/")

        expected = {
            "title": "The Dispossessed",
            "author": "Ursula K. Le Guin",
            "tags": ["novel"],
        }
        self.assertEqual(answer.json(), {"books": [expected]})

    def queries_of_one_request(self):
        with CaptureQueriesContext(connection) as ran:
            answer = self.client.get("/books/")
        self.assertEqual(answer.status_code, 200)
        return len(ran)

    def test_takes_as_many_queries_for_35_books_as_for_5(self):
        add_books(5)
        few = self.queries_of_one_request()
        add_books(30)
        self.assertEqual(self.queries_of_one_request(), few)
