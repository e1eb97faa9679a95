"""What the API shows of books and orders.

Each field that crosses a relation names what the view must fetch for it: a serializer
runs once per row, so a relation that was not fetched costs one query per row.
"""

from rest_framework import serializers

from shop.models import Book, Order, OrderLine


class BookSerializer(serializers.ModelSerializer):
    """A book with the names of its author and of its active tags."""

    author = serializers.CharField(source="author.name")  # needs select_related
    tags = serializers.SerializerMethodField()  # needs Book.active_tags

    class Meta:
        model = Book
        fields = ["id", "title", "author", "tags", "published", "price"]

    def get_tags(self, book: Book) -> list[str]:
        """Read the list that the view's Prefetch left on the book."""
        return [tag.name for tag in book.active_tags]


class OrderLineSerializer(serializers.ModelSerializer):
    """One line of an order, with the title instead of the book's id."""

    book = serializers.CharField(source="book.title")  # needs lines__book

    class Meta:
        model = OrderLine
        fields = ["book", "quantity"]


class OrderSerializer(serializers.ModelSerializer):
    """An order with its lines."""

    lines = OrderLineSerializer(many=True)  # needs lines

    class Meta:
        model = Order
        fields = ["id", "customer", "status", "total", "created_at", "lines"]
