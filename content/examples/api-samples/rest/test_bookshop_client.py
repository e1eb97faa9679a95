"""The client against a server on loopback that answers what each test scripts."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bookshop_client import BookshopClient, BookshopError, backoff, retry_after

OK = (200, {}, b'[{"id": 1, "price": "9.90"}]')


class Handler(BaseHTTPRequestHandler):
    """Sends the next scripted answer; the last one again when none is left."""

    def do_GET(self) -> None:
        server = self.server
        server.paths.append(self.path)
        answers = server.answers
        status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
        time.sleep(server.delay)
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the client went away, which is what some tests want

    def log_message(self, *args: object) -> None:
        """Keep the test output quiet."""


class ClientTests(unittest.TestCase):
    def setUp(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.answers, self.server.paths, self.server.delay = [OK], [], 0
        thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.now = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def client(self, **options) -> BookshopClient:
        base = f"http://127.0.0.1:{self.server.server_port}/"
        return BookshopClient(base, sleep=self.sleep, clock=lambda: self.now, **options)

    def answer(self, *answers: tuple[int, dict, bytes]) -> None:
        self.server.answers = list(answers)

    def test_reads_both_lists(self) -> None:
        self.assertEqual(self.client().books(), [{"id": 1, "price": "9.90"}])
        self.client().orders()
        self.assertEqual(self.server.paths, ["/api/books/", "/api/orders/"])
        self.assertEqual(self.waits, [])

    def test_waits_as_long_as_429_asks(self) -> None:
        self.answer((429, {"Retry-After": "7"}, b""), OK)
        self.client().books()
        (wait,) = self.waits
        self.assertTrue(7 <= wait <= 7.5, wait)

    def test_a_date_is_a_wait_too(self) -> None:
        soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=20)
        text = soon.strftime("%a, %d %b %Y %H:%M:%S GMT")
        self.answer((503, {"Retry-After": text}, b""), OK)
        self.client().books()
        (wait,) = self.waits
        self.assertTrue(15 <= wait <= 20.5, wait)

    def test_503_without_a_header_backs_off(self) -> None:
        self.answer((503, {}, b""), (503, {}, b""), (503, {}, b""), OK)
        self.client().books()
        self.assertEqual(len(self.waits), 3)
        for wait, ceiling in zip(self.waits, (0.5, 1, 2), strict=True):
            self.assertTrue(0 <= wait <= ceiling, self.waits)

    def test_gives_up_after_its_attempts(self) -> None:
        self.answer((503, {}, b""))
        with self.assertRaises(BookshopError) as caught:
            self.client(attempts=3).books()
        self.assertEqual(caught.exception.status, 503)
        self.assertEqual(len(self.server.paths), 3)
        self.assertEqual(len(self.waits), 2)

    def test_a_wait_beyond_the_budget_is_not_begun(self) -> None:
        self.answer((429, {"Retry-After": "3600"}, b""))
        with self.assertRaises(BookshopError) as caught:
            self.client(budget=30).books()
        self.assertEqual(caught.exception.status, 429)
        self.assertEqual(self.waits, [])

    def test_other_errors_are_not_sent_again(self) -> None:
        for status in (400, 401, 404, 500):
            with self.subTest(status=status):
                self.server.paths.clear()
                self.answer((status, {"Retry-After": "1"}, b""))
                with self.assertRaises(BookshopError) as caught:
                    self.client().books()
                self.assertEqual(caught.exception.status, status)
                self.assertEqual(len(self.server.paths), 1)

    def test_silence_ends_with_the_timeout(self) -> None:
        self.server.delay = 0.5
        with self.assertRaises(BookshopError) as caught:
            self.client(timeout=0.1, attempts=2).books()
        self.assertIsNone(caught.exception.status)
        self.assertEqual(len(self.waits), 1)

    def test_a_refused_connection_is_tried_again(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            base = f"http://127.0.0.1:{unused.getsockname()[1]}"
            with self.assertRaises(BookshopError) as caught:
                BookshopClient(base, attempts=3, sleep=self.sleep).books()
        self.assertIsNone(caught.exception.status)
        self.assertEqual(len(self.waits), 2)

    def test_an_answer_that_is_no_list_is_an_error(self) -> None:
        for body in (b"<html>", b'{"results": []}'):
            with self.subTest(body=body):
                self.answer((200, {}, body))
                with self.assertRaises(BookshopError):
                    self.client().books()

    def test_only_http_addresses(self) -> None:
        with self.assertRaises(ValueError):
            BookshopClient("file:///etc/hostname")


class RetryAfterTests(unittest.TestCase):
    NOW = dt.datetime(2026, 1, 31, 12, 0, 0, tzinfo=dt.UTC)

    def test_seconds_dates_and_nonsense(self) -> None:
        for value, expected in (
            ("0", 0.0),
            (" 120 ", 120.0),
            ("Sat, 31 Jan 2026 12:00:30 GMT", 30.0),
            ("Sat, 31 Jan 2026 11:59:00 GMT", 0.0),
            (None, None),
            ("", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
        ):
            with self.subTest(value=value):
                self.assertEqual(retry_after(value, self.NOW), expected)

    def test_backoff_stays_below_its_ceiling(self) -> None:
        for attempt, ceiling in ((1, 0.5), (2, 1), (5, 8), (50, 8)):
            with self.subTest(attempt=attempt):
                self.assertTrue(all(0 <= backoff(attempt) <= ceiling for _ in range(200)))


if __name__ == "__main__":
    unittest.main()
