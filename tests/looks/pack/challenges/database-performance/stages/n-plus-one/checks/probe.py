import sys


def load():
    import pages  # noqa: F401


def queries(books):
    asked = []

    def ask(wanted):
        asked.append(wanted)
        return [f"author of {book}" for book in wanted]

    return {"page": sys.modules["pages"].page(books, ask), "queries": len(asked)}
