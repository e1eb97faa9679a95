"""The data behind the schema: books, authors, orders, and a count of how often it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

AUTHORS = {1: "Ama Ata Aidoo", 2: "Chinua Achebe", 3: "Buchi Emecheta"}
DAMAGED = 4
"""An author whose record cannot be read; there always is one."""


@dataclass(frozen=True)
class BookRow:
    id: int
    title: str
    price: Decimal
    author_id: int
    stock: int


@dataclass
class Shop:
    """What one process keeps in memory. `loads` counts the trips to the data."""

    books: dict[int, BookRow] = field(default_factory=dict)
    orders: list[tuple[int, int]] = field(default_factory=list)
    loads: int = 0

    def page(self, first: int, after: int) -> list[BookRow]:
        """Return up to `first` books whose id is greater than `after`."""
        self.loads += 1
        later = [book for book in self.books.values() if book.id > after]
        return later[:first]

    def book(self, id: int) -> BookRow | None:
        self.loads += 1
        return self.books.get(id)

    def authors(self, ids: list[int]) -> dict[int, str]:
        """Return the names of many authors in one trip; damaged ones are missing."""
        self.loads += 1
        return {id: AUTHORS[id] for id in ids if id in AUTHORS}

    def order(self, book_id: int, quantity: int) -> int:
        """Keep an order and return its number."""
        self.loads += 1
        self.orders.append((book_id, quantity))
        return len(self.orders)


def stocked(count: int = 30) -> Shop:
    """Return a shop with `count` books; the last one has the damaged author."""
    shop = Shop()
    for id in range(1, count + 1):
        author = DAMAGED if id == count else id % 3 + 1
        price = Decimal(id) + Decimal("9.90")
        shop.books[id] = BookRow(id, f"Book {id}", price, author, stock=id % 5)
    return shop
