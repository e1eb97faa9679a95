"""GET /books/: all books by title, each with its author and its active tags."""

from django.http import JsonResponse

from catalogue.models import Book
from catalogue.serializers import book_as_json


def book_list(request):
    books = (
        Book.objects.select_related("author")
        .prefetch_related("tags")
        .order_by("title", "id")
    )
    return JsonResponse({"books": [book_as_json(book) for book in books]})
