from django.db import models


class Account(models.Model):
    name = models.CharField(max_length=80)
    reports_left = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_left_not_negative",
                condition=models.Q(reports_left__gte=0),
            )
        ]


class Order(models.Model):
    """A report that was ordered; the row says how far it is."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    month = models.CharField(max_length=7)
    status = models.CharField(max_length=10, default="waiting")
    document = models.TextField(blank=True)
