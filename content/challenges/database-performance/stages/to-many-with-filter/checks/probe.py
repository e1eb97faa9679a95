"""Fills the catalogue and asks for the list, as a browser would."""

from django.db import connection
from django.urls import path

from nexus_tui.labs.probing import django_project as project


def load():
    project.set_up("catalogue", urls="probe")
    from catalogue.views import book_list

    globals()["urlpatterns"] = [path("books/", book_list)]


def show(books):
    """The list after these books replaced all others: each has `title`, `author`, and two lists of
    names, `active` and `retired`, of its tags."""
    fill(books)
    return project.get("/books/")


def rows(books):
    """How many rows the statements of one request give."""
    fill(books)
    with project.statements() as ran:
        project.Client().get("/books/")
    return sum(len(connection.connection.execute(each).fetchall()) for each in list(ran))


def switch_off(name):
    """The list after a tag was made inactive."""
    from catalogue.models import Tag

    Tag.objects.filter(name=name).update(active=False)
    return project.get("/books/")


def fill(books):
    from catalogue.models import Author, Book, Tag

    for model in (Book.tags.through, Book, Author, Tag):
        model.objects.all().delete()
    names = {name: True for book in books for name in book["active"]}
    names |= {name: False for book in books for name in book["retired"]}
    tags = {name: Tag.objects.create(name=name, active=active) for name, active in names.items()}
    links = []
    for book in books:
        author = Author.objects.create(name=book["author"])
        made = Book.objects.create(title=book["title"], author=author)
        for name in (*book["active"], *book["retired"]):
            links.append(Book.tags.through(book_id=made.pk, tag_id=tags[name].pk))
    Book.tags.through.objects.bulk_create(links)
