"""The three addresses of the API."""

from django.urls import path

from shop.views import BookList, LoginView, OrderList

urlpatterns = [
    path("login/", LoginView.as_view()),
    path("books/", BookList.as_view()),
    path("orders/", OrderList.as_view()),
]
