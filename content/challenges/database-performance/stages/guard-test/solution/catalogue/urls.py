from django.urls import path

from catalogue.views import book_list

urlpatterns = [path("books/", book_list, name="book-list")]
