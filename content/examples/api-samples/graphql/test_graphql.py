"""The client against the server, which runs as a process of its own on a free port."""

from __future__ import annotations

import subprocess
import sys
import unittest
from pathlib import Path

from client import BOOKS, Client, GraphQLFailure

HERE = Path(__file__).parent


class GraphQLTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.server = subprocess.Popen(
            [sys.executable, "server.py", "--port", "0"],
            cwd=HERE,
            stdout=subprocess.PIPE,
            text=True,
        )
        cls.address = cls.server.stdout.readline().strip()
        cls.client = Client(cls.address)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.terminate()
        cls.server.wait(10)
        cls.server.stdout.close()

    def refusal(self, query: str, **variables: object) -> str:
        with self.assertRaises(GraphQLFailure) as caught:
            self.client.send(query, variables)
        return str(caught.exception)

    def test_pages_go_through_all_books_and_none_twice(self) -> None:
        ids = [book["id"] for book in self.client.books(first=7)]
        self.assertEqual(ids, [str(number) for number in range(1, 31)])

    def test_a_page_costs_two_loads_whatever_its_size(self) -> None:
        for first in (3, 25):
            with self.subTest(first=first):
                answer = self.client.send(BOOKS, {"first": first})
                self.assertEqual(answer.extensions["loads"], 2)
                self.assertEqual(len(answer.data["books"]["items"]), first)

    def test_what_is_not_asked_for_is_not_loaded(self) -> None:
        answer = self.client.send("{ books(first: 9) { items { title } } }")
        self.assertEqual(answer.extensions["loads"], 1)
        self.assertEqual(answer.data["books"]["items"][0], {"title": "Book 1"})

    def test_one_unreadable_author_leaves_the_rest_of_the_page(self) -> None:
        answer = self.client.send(BOOKS, {"first": 50})
        items = answer.data["books"]["items"]
        self.assertEqual([item["id"] for item in items if item["author"] is None], ["30"])
        [error] = answer.errors
        self.assertEqual(error["path"], ["books", "items", 29, "author"])
        self.assertEqual(error["message"], "author 4 is unreadable")

    def test_a_book_that_is_not_there_is_null_and_no_error(self) -> None:
        answer = self.client.send("{ book(id: 77) { title } }")
        self.assertEqual((answer.data, answer.errors), ({"book": None}, []))

    def test_an_order_is_placed_and_a_wrong_one_says_what_to_change(self) -> None:
        self.assertEqual(self.client.order("4", 2), {"order": 1, "problems": []})
        refused = self.client.order("4", 9)
        self.assertEqual(refused["order"], None)
        self.assertEqual(
            refused["problems"], [{"field": "quantity", "message": "Choose from 1 to 4."}]
        )
        self.assertEqual(self.client.order("nothing", 1)["problems"][0]["field"], "book")

    def test_a_page_that_is_too_large_is_refused(self) -> None:
        self.assertIn("first: from 1 to 50", self.refusal(BOOKS, first=51))

    def test_a_query_that_is_too_wide_or_too_long_is_refused(self) -> None:
        wide = " ".join(f"a{n}: book(id: {n}) {{ title }}" for n in range(11))
        self.assertIn("aliases", self.refusal(f"{{ {wide} }}"))
        long = " ".join(["title"] * 400)
        self.assertIn("tokens", self.refusal(f"{{ book(id: 1) {{ {long} }} }}"))

    def test_a_field_that_does_not_exist_is_refused_before_anything_runs(self) -> None:
        self.assertIn("Cannot query field 'isbn'", self.refusal("{ book(id: 1) { isbn } }"))

    def test_values_travel_as_variables_and_never_as_text(self) -> None:
        text = '1) { title } stolen: book(id: 2'
        answer = self.client.send("query Q($id: ID!) { book(id: $id) { title } }", {"id": text})
        self.assertEqual(answer.data, {"book": None})

    def test_a_server_that_is_gone_is_a_failure_with_a_reason(self) -> None:
        with self.assertRaises(GraphQLFailure) as caught:
            Client("http://127.0.0.1:9/graphql/", timeout=2).books()
        self.assertIn("no answer", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
