"""A client of the schema, from the standard library alone: `python client.py`."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass

BOOKS = """
query Books($first: Int!, $after: String) {
  books(first: $first, after: $after) {
    next
    items { id title price author { name } }
  }
}
"""
ORDER = """
mutation Order($input: OrderInput!) {
  placeOrder(input: $input) { order problems { field message } }
}
"""


class GraphQLFailure(Exception):
    """There is no data: the server did not answer, or refused the whole request."""


@dataclass(frozen=True)
class Answer:
    """Data and errors: a GraphQL answer may have both, and its status says neither."""

    data: dict
    errors: list[dict]
    extensions: dict


class Client:
    """Sends queries to one address."""

    def __init__(self, address: str, timeout: float = 5.0) -> None:
        self._address = address
        self._timeout = timeout

    def send(self, query: str, variables: dict | None = None) -> Answer:
        """Send a query with its variables. Raises GraphQLFailure where no data came back.

        Values go into `variables`, never into the text of the query: the text stays the
        same for every user, and nothing that a user types can change what is asked.
        """
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        request = urllib.request.Request(
            self._address, body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                found = json.loads(response.read())
        except urllib.error.HTTPError as error:
            with error:
                raise GraphQLFailure(f"{error.code}: {error.read(500)!r}") from error
        except (OSError, ValueError) as error:
            raise GraphQLFailure(f"no answer: {error}") from error
        errors = found.get("errors") or []
        if found.get("data") is None:
            raise GraphQLFailure("; ".join(error["message"] for error in errors))
        return Answer(found["data"], errors, found.get("extensions") or {})

    def books(self, first: int = 10) -> list[dict]:
        """Return all books, page by page."""
        found: list[dict] = []
        after = None
        while True:
            page = self.send(BOOKS, {"first": first, "after": after}).data["books"]
            found += page["items"]
            after = page["next"]
            if after is None:
                return found

    def order(self, book: str, quantity: int) -> dict:
        """Place an order and return its payload: a number, or problems to show."""
        given = {"input": {"book": book, "quantity": quantity}}
        return self.send(ORDER, given).data["placeOrder"]


if __name__ == "__main__":
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8001/graphql/"
    try:
        for book in Client(address).books():
            author = book["author"]["name"] if book["author"] else "author unknown"
            print(f"{book['price']:>6}  {book['title']}, {author}")
    except GraphQLFailure as failure:
        sys.exit(str(failure))
