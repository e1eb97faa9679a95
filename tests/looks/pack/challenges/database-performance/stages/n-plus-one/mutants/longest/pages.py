def page(books, ask):
    author = max(ask(books), key=len)
    return [(book, author) for book in books]
