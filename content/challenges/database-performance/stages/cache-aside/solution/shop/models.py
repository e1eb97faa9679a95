from django.db import models


class Sale(models.Model):
    shop = models.SlugField()
    day = models.DateField()
    channel = models.CharField(max_length=8)  # "web" or "till"
    cents = models.IntegerField()
