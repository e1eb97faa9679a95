"""What the list says about one book."""


def book_as_json(book):
    tags = book.tags.filter(active=True).order_by("name")
    return {
        "title": book.title,
        "author": book.author.name,
        "tags": [tag.name for tag in tags],
    }
