"""GET /books/: all books by title, each with the name of its author."""

from django.http import JsonResponse

from catalogue.models import Author, Book


def book_list(request):
    names = {}
    found = []
    for book in Book.objects.order_by("title", "id"):
        if book.author_id is not None and book.author_id not in names:
            names[book.author_id] = Author.objects.get(pk=book.author_id).name
        found.append({"title": book.title, "year": book.year, "author": names.get(book.author_id)})
    return JsonResponse({"books": found})
