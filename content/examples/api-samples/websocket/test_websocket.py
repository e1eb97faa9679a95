"""The client against the server, which runs as a process of its own on a free port."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import unittest
import urllib.error
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

import log
from client import ORIGIN, Refused, follow, post

HERE = Path(__file__).parent
AMA, KOFI = "ama-token", "kofi-token"


ORDERS = (f"A-{number}" for number in range(1, 21))


class Server:
    """The server on a free port; it may be stopped and started again."""

    def __init__(self, folder: str, port: str = "0") -> None:
        self.database = f"{folder}/orders.sqlite3"
        self.process = subprocess.Popen(
            [sys.executable, "server.py", "--port", port, "--database", self.database],
            cwd=HERE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.host = self.process.stdout.readline().strip()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(10)
        self.process.stdout.close()


class SocketTests(unittest.IsolatedAsyncioTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = Server(cls.folder.name)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.stop()
        cls.folder.cleanup()

    def setUp(self) -> None:
        self.order = next(ORDERS)  # nothing else happened to it yet

    @property
    def host(self) -> str:
        return self.server.host

    def append(self, *statuses: str) -> None:
        """Keep changes without telling anybody."""
        for status in statuses:
            log.append(self.server.database, self.order, status)

    async def change(self, status: str) -> None:
        path = f"/orders/{self.order}/status/"
        await asyncio.to_thread(post, self.host, path, AMA, {"status": status})

    async def address(self, token: str = AMA) -> str:
        found = await asyncio.to_thread(post, self.host, "/tickets/", token)
        return f"ws://{self.host}/ws/orders/{self.order}/?ticket={found['ticket']}"

    async def open(self, token: str = AMA, origin: str | None = ORIGIN):
        return await connect(await self.address(token), origin=origin)

    async def take(self, events, count: int) -> list[tuple[int, str]]:
        async with asyncio.timeout(20):
            found = [await anext(events) for _ in range(count)]
        return [(event["number"], event["status"]) for event in found]

    async def refused(self, **given: object) -> int:
        with self.assertRaises(InvalidStatus) as caught:
            await self.open(**given)
        return caught.exception.response.status_code

    async def test_a_change_reaches_everybody_who_watches(self) -> None:
        await self.change("new")
        one, two = (follow(self.host, self.order, AMA) for _ in range(2))
        self.assertEqual(await self.take(one, 1), [(1, "new")])
        self.assertEqual(await self.take(two, 1), [(1, "new")])
        await self.change("paid")
        self.assertEqual(await self.take(one, 1), [(2, "paid")])
        self.assertEqual(await self.take(two, 1), [(2, "paid")])

    async def test_what_was_missed_comes_first_and_nothing_twice(self) -> None:
        for status in ("new", "paid", "packed"):
            await self.change(status)
        events = follow(self.host, self.order, AMA, since=1)
        self.assertEqual(await self.take(events, 2), [(2, "paid"), (3, "packed")])
        await self.change("shipped")
        self.assertEqual(await self.take(events, 1), [(4, "shipped")])

    async def test_a_server_that_was_restarted_is_found_again_without_a_gap(self) -> None:
        async def at_once(seconds: float) -> None:
            await asyncio.sleep(0.05)

        events = follow(self.host, self.order, AMA, sleep=at_once)
        await self.change("new")
        self.assertEqual(await self.take(events, 1), [(1, "new")])
        port = self.host.split(":")[1]
        self.server.stop()
        self.append("paid")  # while nobody was connected
        type(self).server = Server(self.folder.name, port)
        self.assertEqual(await self.take(events, 1), [(2, "paid")])
        await self.change("shipped")
        self.assertEqual(await self.take(events, 1), [(3, "shipped")])

    async def test_many_changes_at_once_arrive_in_order(self) -> None:
        self.append(*(f"step {number}" for number in range(1, 251)))
        events = follow(self.host, self.order, AMA)
        found = await self.take(events, 250)
        self.assertEqual([number for number, _ in found], list(range(1, 251)))

    async def test_the_order_of_somebody_else_is_refused(self) -> None:
        self.assertEqual(await self.refused(token=KOFI), 403)
        with self.assertRaises(Refused):
            await anext(follow(self.host, self.order, KOFI))
        with self.assertRaises(Refused):
            await anext(follow(self.host, self.order, "stolen"))

    async def test_a_page_from_elsewhere_is_refused_with_a_good_ticket(self) -> None:
        self.assertEqual(await self.refused(origin="http://evil.example"), 403)
        self.assertEqual(await self.refused(origin=None), 403)

    async def test_a_ticket_opens_one_socket(self) -> None:
        address = await self.address()
        async with connect(address, origin=ORIGIN):
            with self.assertRaises(InvalidStatus):
                await connect(address, origin=ORIGIN)

    async def test_without_a_token_there_is_no_ticket(self) -> None:
        with self.assertRaises(urllib.error.HTTPError) as caught:
            await asyncio.to_thread(post, self.host, "/tickets/", "guess")
        self.assertEqual(caught.exception.code, 401)
        caught.exception.close()

    async def test_a_change_without_a_status_or_of_a_foreign_order_is_refused(self) -> None:
        for path, body, expected in (
            (f"/orders/{self.order}/status/", {"state": "paid"}, 400),
            ("/orders/B-1/status/", {"status": "paid"}, 404),
        ):
            with self.subTest(path=path), self.assertRaises(urllib.error.HTTPError) as caught:
                await asyncio.to_thread(post, self.host, path, AMA, body)
            self.assertEqual(caught.exception.code, expected)
            caught.exception.close()
        self.assertEqual(log.after(self.server.database, self.order, 0), [])

    async def test_a_message_that_is_too_large_closes_the_socket(self) -> None:
        async with await self.open() as socket:
            await socket.send("x" * 2000)
            with self.assertRaises(ConnectionClosed):
                await socket.recv()
        self.assertEqual(socket.close_code, 1009)

    async def test_what_is_said_to_it_is_answered_and_does_nothing(self) -> None:
        async with await self.open() as socket:
            for text in ('{"status": "paid"}', "no JSON"):
                await socket.send(text)
                self.assertIn("only tells", await socket.recv())
        self.assertEqual(log.after(self.server.database, self.order, 0), [])


if __name__ == "__main__":
    unittest.main()
