"""What the list says about one book."""


def book_as_json(book):
    return {
        "title": book.title,
        "author": book.author.name,
        "tags": [tag.name for tag in book.active_tags],
    }
