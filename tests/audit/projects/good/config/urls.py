"""The addresses of the shop."""

from django.urls import path

from shop.views import Books

urlpatterns = [path("books/", Books.as_view())]
