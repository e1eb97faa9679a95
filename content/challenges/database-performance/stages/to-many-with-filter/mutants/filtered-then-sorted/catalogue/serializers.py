"""What the list says about one book."""


def book_as_json(book):
    tags = sorted(
        (tag for tag in book.tags.all() if tag.active), key=lambda tag: tag.name
    )
    return {
        "title": book.title,
        "author": book.author.name,
        "tags": [tag.name for tag in tags],
    }
