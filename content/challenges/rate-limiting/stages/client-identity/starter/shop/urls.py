"""The address of the login."""

from django.urls import path

from shop.views import LoginView

urlpatterns = [path("login/", LoginView.as_view())]
