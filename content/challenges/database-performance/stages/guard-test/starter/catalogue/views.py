"""GET /books/: all books by title, each with its author and its active tags."""

from django.db.models import Prefetch
from django.http import JsonResponse

from catalogue.models import Book, Tag
from catalogue.serializers import book_as_json


def book_list(request):
    active = Tag.objects.filter(active=True).order_by("name")
    books = (
        Book.objects.select_related("author")
        .prefetch_related(Prefetch("tags", queryset=active, to_attr="active_tags"))
        .order_by("title", "id")
    )
    return JsonResponse({"books": [book_as_json(book) for book in books]})
