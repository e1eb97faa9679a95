from django.db import models


class Sale(models.Model):
    shop = models.SlugField()
    day = models.DateField()
    cents = models.IntegerField()
