from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver


class Sale(models.Model):
    shop = models.SlugField()
    day = models.DateField()
    channel = models.CharField(max_length=8)  # "web" or "till"
    cents = models.IntegerField()


@receiver(post_save, sender=Sale)
def forget_revenue(instance, **kwargs):
    from shop.reports import forget

    transaction.on_commit(lambda: forget(instance.shop, [instance]))
