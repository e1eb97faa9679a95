"""Sends webhooks until each was taken: an outbox in SQLite, signatures, growing waits.

    WEBHOOK_SECRET=… python sender.py http://127.0.0.1:8002/webhooks/payments

Reads one event a line from standard input, such as
`{"id": "e1", "type": "payment.succeeded", "data": {"order": "A-1", "cents": 990}}`.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from signing import sign

FIRST_WAIT = 5.0
LONGEST_WAIT = 3600.0
ATTEMPTS = 12
"""With the waits above about five hours; then a person has to look."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
  id TEXT PRIMARY KEY, body BLOB NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  due REAL NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', note TEXT NOT NULL DEFAULT '')
"""


class Sender:
    """Keeps events on disk first and sends them afterwards, each at least once."""

    def __init__(
        self,
        address: str,
        secret: bytes,
        database: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._address = address
        self._secret = secret
        self._clock = clock
        self._outbox = sqlite3.connect(database, isolation_level=None)
        self._outbox.execute(SCHEMA)

    def close(self) -> None:
        self._outbox.close()

    def add(self, event: dict) -> None:
        """Keep an event; it is sent by `send_due`. The same id is kept once."""
        body = json.dumps(event, separators=(",", ":")).encode()
        self._outbox.execute(
            "INSERT INTO outbox (id, body, due) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (event["id"], body, self._clock()),
        )

    def send_due(self) -> float | None:
        """Send what is due. Return the seconds until the next is due, None if none waits."""
        now = self._clock()
        rows = self._outbox.execute(
            "SELECT id, body, attempts FROM outbox WHERE state = 'waiting' AND due <= ?"
            " ORDER BY due",
            (now,),
        ).fetchall()
        for id, body, attempts in rows:
            self._send(id, body, attempts + 1)
        (due,) = self._outbox.execute(
            "SELECT min(due) FROM outbox WHERE state = 'waiting'"
        ).fetchone()
        return None if due is None else max(0.0, due - self._clock())

    def states(self) -> dict[str, tuple[str, int, str]]:
        """Return for each event its state, how often it was sent, and what was answered."""
        rows = self._outbox.execute("SELECT id, state, attempts, note FROM outbox")
        return {id: (state, attempts, note) for id, state, attempts, note in rows}

    def _send(self, id: str, body: bytes, attempts: int) -> None:
        status, note = self._post(body)
        due = self._clock()
        if status is not None and 200 <= status < 300:
            state = "taken"
        elif status is not None and 400 <= status < 500 and status not in {408, 425, 429}:
            state = "refused"  # the same bytes will be refused again
        elif attempts >= ATTEMPTS:
            state = "given up"
        else:
            state, due = "waiting", due + wait(attempts)
        self._outbox.execute(
            "UPDATE outbox SET state = ?, attempts = ?, due = ?, note = ? WHERE id = ?",
            (state, attempts, due, note, id),
        )

    def _post(self, body: bytes) -> tuple[int | None, str]:
        """Send once, signed now: a signature of the first attempt would be too old later."""
        timestamp = int(self._clock())
        headers = {
            "Content-Type": "application/json",
            "Webhook-Timestamp": str(timestamp),
            "Webhook-Signature": sign(self._secret, timestamp, body),
        }
        request = urllib.request.Request(self._address, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, response.headers.get("Webhook-Note", "")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Webhook-Note", "")
        except (OSError, http.client.HTTPException) as error:
            return None, f"no answer: {error}"


def wait(attempts: int) -> float:
    """Return a random wait below a ceiling that doubles: 5 s, 10 s, 20 s … an hour."""
    return random.uniform(0.5, 1) * min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1))


def main() -> None:
    secret = os.environ.get("WEBHOOK_SECRET", "")
    if len(sys.argv) != 2 or not secret:
        sys.exit("usage: WEBHOOK_SECRET=… python sender.py ADDRESS < events")
    sender = Sender(sys.argv[1], secret.encode(), "outbox.sqlite3")
    for line in sys.stdin:
        sender.add(json.loads(line))
    while (seconds := sender.send_due()) is not None:
        time.sleep(seconds)
    for id, (state, attempts, note) in sender.states().items():
        print(id, state, f"after {attempts}", note)


if __name__ == "__main__":
    main()
