"""Fills the catalogue and asks for the list, as a browser would."""

from nexus_tui.labs.probing import django_project as project


def load():
    project.set_up("catalogue", urls="probe")
    from catalogue.views import book_list
    from django.urls import path

    globals()["urlpatterns"] = [path("books/", book_list)]


def show(books):
    """The list after these books, each with `title`, `year` and `author`, replaced all others."""
    from catalogue.models import Author, Book

    Book.objects.all().delete()
    Author.objects.all().delete()
    for book in books:
        author = book["author"] and Author.objects.get_or_create(name=book["author"])[0]
        Book.objects.create(title=book["title"], year=book["year"], author=author)
    return project.get("/books/")


def rename(old, new):
    """The list after an author's name was changed."""
    from catalogue.models import Author

    Author.objects.filter(name=old).update(name=new)
    return project.get("/books/")
