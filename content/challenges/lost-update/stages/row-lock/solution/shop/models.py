from django.db import models


class Item(models.Model):
    name = models.CharField(max_length=80)
    stock = models.IntegerField()


class Sale(models.Model):
    item = models.ForeignKey(Item, on_delete=models.PROTECT)
    customer = models.CharField(max_length=80)
    quantity = models.IntegerField()
