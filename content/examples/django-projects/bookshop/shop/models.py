"""Books with an author and tags, and orders with lines."""

from decimal import Decimal

from django.db import models
from django.utils import timezone


class Author(models.Model):
    """Somebody who wrote at least one book."""

    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A label; inactive ones stay on books but are not shown."""

    name = models.CharField(max_length=50, unique=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    """A title that the shop sells."""

    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="books")
    tags = models.ManyToManyField(Tag, blank=True, related_name="books")
    published = models.DateField()
    price = models.DecimalField(max_digits=8, decimal_places=2)

    def __str__(self) -> str:
        return self.title


class Order(models.Model):
    """What one customer bought at one time."""

    class Status(models.TextChoices):
        """Where an order is on its way to the customer."""

        NEW = "new"
        PAID = "paid"
        SHIPPED = "shipped"
        CANCELLED = "cancelled"

    customer = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    total = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"order {self.pk} of {self.customer}"


class OrderLine(models.Model):
    """One book in an order, and how many copies of it."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="order_lines")
    quantity = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.quantity} x {self.book_id}"
