"""The app's configuration."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    """Books, their authors and tags, and the orders for them."""

    name = "shop"
