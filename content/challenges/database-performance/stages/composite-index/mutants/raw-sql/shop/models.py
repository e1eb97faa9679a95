from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20, unique=True)
    customer = models.CharField(max_length=80)
    status = models.CharField(max_length=12)
    cents = models.PositiveIntegerField()
    created = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["status"], name="order_status")]
