"""GET /books/: all books by title, each with the name of its author."""

from django.http import JsonResponse

from catalogue.models import Book


def book_list(request):
    books = Book.objects.order_by("title", "id")
    return JsonResponse(
        {
            "books": [
                {
                    "title": book.title,
                    "year": book.year,
                    "author": book.author.name if book.author else None,
                }
                for book in books
            ]
        }
    )
