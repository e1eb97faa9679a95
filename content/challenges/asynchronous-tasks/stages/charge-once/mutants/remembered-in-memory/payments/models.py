from django.db import models


class Customer(models.Model):
    card = models.CharField(max_length=40)
    points = models.IntegerField(default=0)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    amount = models.PositiveIntegerField(help_text="in cents")
    status = models.CharField(max_length=10, default="new")


class Payment(models.Model):
    order = models.ForeignKey(Order, on_delete=models.PROTECT)
    reference = models.CharField(max_length=40)
