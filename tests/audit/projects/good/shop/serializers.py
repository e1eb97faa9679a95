"""What of a book goes out and comes in."""

from rest_framework import serializers

from shop.models import Book


class BookSerializer(serializers.ModelSerializer):
    """A book in lists."""

    class Meta:
        """Its fields, by name."""

        model = Book
        fields = ["id", "title", "author"]
