"""The client against the bookshop itself, served from a copy on a free port.

Needs Django and Django REST framework; the other tests need nothing.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from bookshop_client import BookshopClient, BookshopError

HERE = Path(__file__).resolve().parent
SHOP = HERE.parent.parent / "django-projects" / "bookshop"
SERVE = """
from wsgiref.simple_server import make_server
from bookshop.wsgi import application
with make_server("127.0.0.1", 0, application) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
"""
INSTALLED = importlib.util.find_spec("rest_framework") is not None


@unittest.skipUnless(INSTALLED, "needs Django and Django REST framework")
class BookshopTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        project = Path(cls.folder.name) / "bookshop"
        shutil.copytree(SHOP, project, ignore=shutil.ignore_patterns("db.sqlite3"))
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        given = {**kept, "DJANGO_SETTINGS_MODULE": "bookshop.settings", "DEBUG": "0"}
        for command in (["migrate"], ["seed", "--books", "35"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=project,
                env=given,
                check=True,
                capture_output=True,
            )
        cls.server = subprocess.Popen(
            [sys.executable, "-c", SERVE],
            cwd=project,
            env=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        cls.addClassCleanup(cls.server.stdout.close)
        cls.addClassCleanup(cls.server.wait, 10)
        cls.addClassCleanup(cls.server.kill)
        cls.base = f"http://127.0.0.1:{cls.server.stdout.readline().strip()}"
        cls.client = BookshopClient(cls.base)

    def test_every_book_has_the_fields_that_the_description_requires(self) -> None:
        books = self.client.books()
        self.assertEqual(len(books), 35)
        for book in books:
            self.assertEqual(list(book), required("Book"))
            self.assertRegex(book["price"], r"^\d+\.\d\d$")

    def test_orders_come_newest_first_with_their_lines(self) -> None:
        orders = self.client.orders()
        self.assertTrue(orders)
        moments = [order["created_at"] for order in orders]
        self.assertEqual(moments, sorted(moments, reverse=True))
        for order in orders:
            self.assertEqual(list(order), required("Order"))
            self.assertTrue(all(list(line) == required("OrderLine") for line in order["lines"]))

    def test_what_the_session_promises_is_answered(self) -> None:
        for method, path, headers, expected in (
            ("HEAD", "/api/books/", {}, 200),
            ("OPTIONS", "/api/books/", {}, 200),
            ("POST", "/api/books/", {"Content-Type": "application/json"}, 405),
            ("GET", "/api/books/", {"Accept": "text/csv"}, 406),
            ("GET", "/api/authors/", {}, 404),
        ):
            with self.subTest(method=method, path=path):
                data = b"{}" if method == "POST" else None
                request = urllib.request.Request(
                    self.base + path, data, headers, method=method
                )
                try:
                    with urllib.request.urlopen(request, timeout=10) as answer:
                        status = answer.status
                except urllib.error.HTTPError as error:
                    error.close()
                    status = error.code
                self.assertEqual(status, expected)

    def test_a_service_that_is_gone_is_an_error_with_a_reason(self) -> None:
        gone = BookshopClient("http://127.0.0.1:9", attempts=1)
        with self.assertRaises(BookshopError) as caught:
            gone.books()
        self.assertIn("no answer", str(caught.exception))


def required(schema: str) -> list[str]:
    """The fields that `openapi.yaml` requires of a schema, in its order."""
    text = (HERE / "openapi.yaml").read_text(encoding="utf-8")
    found = re.search(rf"^    {schema}:\n      type: object\n      required: \[(.*)\]$", text, re.M)
    assert found, schema
    return found[1].split(", ")


if __name__ == "__main__":
    unittest.main()
