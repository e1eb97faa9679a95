"""What the shop sells."""

from django.core.validators import FileExtensionValidator
from django.db import models


class Author(models.Model):
    """Who wrote a book."""

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        """The name."""
        return self.name


class Book(models.Model):
    """One title."""

    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    sample = models.FileField(validators=[FileExtensionValidator(["pdf"])])

    def __str__(self) -> str:
        """The title."""
        return self.title
