"""Receives webhooks and does what each says once: `python receiver.py --port 8002`.

The id of an event and its effect are written in one transaction. A repeat meets the
primary key, changes nothing and is answered as the first one was.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from signing import BadSignature, verify

LARGEST = 64 * 1024
SCHEMA = """
CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, type TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS payment (orderno TEXT PRIMARY KEY, cents INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS refund (event TEXT PRIMARY KEY, orderno TEXT NOT NULL, cents INTEGER);
"""


class Malformed(Exception):
    """The event is signed and still not one of ours; sending it again will not help."""


def connect(path: str) -> sqlite3.Connection:
    """Open the database; a second writer waits up to five seconds."""
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = WAL;" + SCHEMA)
    return connection


def handle(connection: sqlite3.Connection, body: bytes) -> bool:
    """Do what an event says; False where that was done before.

    Raises Malformed. One transaction: either the id and the effect are kept, or neither.
    """
    try:
        event = json.loads(body)
        id, type = str(event["id"]), str(event["type"])
        number, cents = str(event["data"]["order"]), int(event["data"]["cents"])
    except (ValueError, KeyError, TypeError) as error:
        raise Malformed(str(error)) from error
    connection.execute("BEGIN IMMEDIATE")
    try:
        seen = connection.execute(
            "INSERT INTO event VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (id, type, time.time())
        )
        if seen.rowcount == 0:
            connection.execute("ROLLBACK")
            return False
        if type == "payment.succeeded":
            connection.execute(
                "INSERT INTO payment VALUES (?, ?)"
                " ON CONFLICT (orderno) DO UPDATE SET cents = cents + excluded.cents",
                (number, cents),
            )
        elif type == "payment.refunded":
            # Kept on its own, so that it does not matter which of the two comes first.
            connection.execute("INSERT INTO refund VALUES (?, ?, ?)", (id, number, cents))
        # A type that is not known is kept and left: the sender may add some any day.
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return True


class Handler(BaseHTTPRequestHandler):
    """POST /webhooks/payments: 204 done or done before, 400 not ours, 503 try again."""

    timeout = 10
    """Seconds that a sender may take to send its request."""

    def do_POST(self) -> None:
        if self.path != "/webhooks/payments":
            return self.answer(404)
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return self.answer(413)
        body = self.rfile.read(int(length))  # the bytes that were signed, not parsed ones
        try:
            verify(
                self.server.secrets,
                self.headers.get("Webhook-Timestamp", ""),
                self.headers.get("Webhook-Signature", ""),
                body,
                time.time(),
            )
            with closing(connect(self.server.database)) as connection:
                new = handle(connection, body)
        except BadSignature as error:
            return self.answer(400, str(error))
        except Malformed as error:
            return self.answer(400, f"not an event: {error}")
        except sqlite3.OperationalError:
            return self.answer(503)
        self.answer(204, "" if new else "done before")

    def answer(self, status: int, why: str = "") -> None:
        self.send_response(status)
        if why:
            self.send_header("Webhook-Note", why.encode("ascii", "replace").decode()[:200])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing: a log of requests would hold what was signed."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8002, help="0: any that is free")
    parser.add_argument("--database", default="received.sqlite3")
    arguments = parser.parse_args()
    secrets = [s.encode() for s in os.environ.get("WEBHOOK_SECRETS", "").split(",") if s]
    if not secrets:
        parser.error("set WEBHOOK_SECRETS: one secret, or the new and the old with a comma")
    with ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler) as server:
        server.secrets, server.database = secrets, arguments.database
        connect(arguments.database).close()
        print(f"http://127.0.0.1:{server.server_port}/webhooks/payments", flush=True)
        try:
            server.serve_forever(0.05)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
