"""Two lists. Each view fetches in a fixed number of queries what its serializer reads."""

from django.db.models import Prefetch
from rest_framework.generics import ListAPIView

from shop.models import Book, Order, OrderLine, Tag
from shop.serializers import BookSerializer, OrderSerializer


class BookList(ListAPIView):
    """Every book: one query for books and authors, one for the active tags."""

    serializer_class = BookSerializer
    queryset = (
        Book.objects.select_related("author")
        .prefetch_related(
            Prefetch(
                "tags",
                queryset=Tag.objects.filter(active=True).order_by("name"),
                to_attr="active_tags",
            )
        )
        .order_by("title", "id")
    )


class OrderList(ListAPIView):
    """Orders, newest first: one query for orders, one for lines and their books."""

    serializer_class = OrderSerializer
    queryset = Order.objects.prefetch_related(
        Prefetch("lines", queryset=OrderLine.objects.select_related("book").order_by("id"))
    ).order_by("-created_at", "-id")
