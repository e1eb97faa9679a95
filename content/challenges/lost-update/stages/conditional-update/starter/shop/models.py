from django.db import models


class Item(models.Model):
    name = models.CharField(max_length=80)
    price = models.IntegerField()
    stock = models.IntegerField()
    sold = models.IntegerField(default=0)


class Sale(models.Model):
    item = models.ForeignKey(Item, on_delete=models.PROTECT)
    customer = models.CharField(max_length=80)
    quantity = models.IntegerField()
