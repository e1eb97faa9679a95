"""Tests of the list of books."""

from django.test import TestCase

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

    def test_takes_two_queries(self):
        add_books(35)
        with self.assertNumQueries(2):
            self.client.get("/books/")
