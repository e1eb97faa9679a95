"""Addresses of the app."""

from django.urls import path

from shop.views import BookList, OrderList

urlpatterns = [
    path("books/", BookList.as_view(), name="book-list"),
    path("orders/", OrderList.as_view(), name="order-list"),
]
