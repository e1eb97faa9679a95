"""GET /books/: all books by title, each with the name of its author."""

from django.http import JsonResponse

from catalogue.models import Author


def book_list(request):
    books = [
        {"id": book.id, "title": book.title, "year": book.year, "author": author.name}
        for author in Author.objects.prefetch_related("book_set")
        for book in author.book_set.all()
    ]
    books.sort(key=lambda book: (book["title"], book.pop("id")))
    return JsonResponse({"books": books})
