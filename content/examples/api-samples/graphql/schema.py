"""The schema: what may be asked, what may be missing, and what a question may cost.

A field is nullable here where its absence is an answer (`book`), or where its failure
must not take the rest of the page with it (`Book.author`). All others are not.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.extensions import (
    MaxAliasesLimiter,
    MaxTokensLimiter,
    QueryDepthLimiter,
    SchemaExtension,
)

from shop import BookRow, Shop

MOST = 50
"""Books a page has at most: a client chooses less, never more."""


class AuthorUnreadable(Exception):
    """The record of an author is damaged."""


@dataclass
class Context:
    """What one request has: the shop and a loader that lives no longer than the request."""

    shop: Shop
    authors: DataLoader[int, str]
    began: int
    """Loads of the shop before this request."""


def context_for(shop: Shop) -> Context:
    async def load(ids: list[int]) -> list[str | AuthorUnreadable]:
        """One trip for all authors of a page; an error for each that is missing."""
        names = shop.authors(ids)
        return [names.get(id) or AuthorUnreadable(f"author {id} is unreadable") for id in ids]

    return Context(shop, DataLoader(load_fn=load), shop.loads)


@strawberry.type
class Author:
    name: str


@strawberry.type
class Book:
    id: strawberry.ID
    title: str
    price: str = strawberry.field(description="An amount as text: a float cannot hold 9.90.")
    row: strawberry.Private[BookRow]

    @strawberry.field(description="Null where the author could not be read; see `errors`.")
    async def author(self, info: strawberry.Info) -> Author | None:
        return Author(name=await info.context.authors.load(self.row.author_id))


def shown(row: BookRow) -> Book:
    return Book(id=strawberry.ID(str(row.id)), title=row.title, price=str(row.price), row=row)


@strawberry.type
class BookPage:
    items: list[Book]
    next: str | None = strawberry.field(description="Pass it as `after`; null on the last page.")


@strawberry.type
class Query:
    @strawberry.field
    async def books(
        self, info: strawberry.Info, first: int = 10, after: str | None = None
    ) -> BookPage:
        if not 1 <= first <= MOST:
            raise ValueError(f"first: from 1 to {MOST}")
        if after is not None and not after.isdecimal():
            raise ValueError("after: not a cursor of this list")
        rows = info.context.shop.page(first + 1, int(after or 0))
        more = str(rows[first - 1].id) if len(rows) > first else None
        return BookPage(items=[shown(row) for row in rows[:first]], next=more)

    @strawberry.field(description="Null where there is no such book.")
    async def book(self, info: strawberry.Info, id: strawberry.ID) -> Book | None:
        row = info.context.shop.book(int(id)) if id.isdecimal() else None
        return shown(row) if row else None


@strawberry.input
class OrderInput:
    book: strawberry.ID
    quantity: int


@strawberry.type
class Problem:
    """Something the customer can put right, so it is data and no error."""

    field: str
    message: str


@strawberry.type
class OrderPayload:
    order: int | None
    problems: list[Problem]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def place_order(self, info: strawberry.Info, input: OrderInput) -> OrderPayload:
        shop: Shop = info.context.shop
        row = shop.book(int(input.book)) if input.book.isdecimal() else None
        problems = []
        if row is None:
            problems.append(Problem(field="book", message="There is no such book."))
        elif not 1 <= input.quantity <= row.stock:
            text = f"Choose from 1 to {row.stock}." if row.stock else "It is sold out."
            problems.append(Problem(field="quantity", message=text))
        if problems:
            return OrderPayload(order=None, problems=problems)
        return OrderPayload(order=shop.order(row.id, input.quantity), problems=[])


class CountLoads(SchemaExtension):
    """Say with each answer how many trips to the data it took."""

    def get_results(self) -> dict[str, int]:
        context = self.execution_context.context
        return {"loads": context.shop.loads - context.began}


class Schema(strawberry.Schema):
    def process_errors(self, errors: list, execution_context: object = None) -> None:
        """Log one line for each error: a traceback would be the library's, not ours."""
        for error in errors:
            logging.getLogger("books").warning("%s at %s", error.message, error.path)


schema = Schema(
    query=Query,
    mutation=Mutation,
    extensions=[
        CountLoads,
        lambda: QueryDepthLimiter(max_depth=5),
        lambda: MaxAliasesLimiter(max_alias_count=10),
        lambda: MaxTokensLimiter(max_token_count=300),
    ],
)
