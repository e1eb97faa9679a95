def page(books, ask):
    return [(book, None) for book in books]
