"""The endpoints of the shop."""

import logging

from rest_framework.generics import ListAPIView

from shop.models import Book
from shop.pages import Pages
from shop.serializers import BookSerializer

logger = logging.getLogger(__name__)


class Books(ListAPIView):
    """All books, with their authors in the same query."""

    queryset = Book.objects.select_related("author").order_by("pk")
    serializer_class = BookSerializer
    pagination_class = Pages


def titles(numbers: list[int]) -> dict[int, str]:
    """The titles of some books, in one query."""
    found = Book.objects.in_bulk(numbers)
    logger.info("%d titles", len(found))
    return {number: book.title for number, book in found.items()}
