from django.db import models

from reports import clock

QUEUES = ("mail", "report")


class Order(models.Model):
    """Work that somebody waits for: `waiting`, then `done` or `failed`."""

    queue = models.CharField(max_length=10)
    status = models.CharField(max_length=10, default="waiting")
    created = models.DateTimeField(default=clock.now)
