"""Sender and receiver: the receiver runs as a process of its own on a free port."""

from __future__ import annotations

import http.client
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

from sender import ATTEMPTS, Sender, wait
from signing import TOLERANCE, BadSignature, sign, verify

HERE = Path(__file__).parent
SECRET, OLD = b"new-secret", b"old-secret"


def paid(id: str = "e1", cents: int = 990) -> dict:
    return {"id": id, "type": "payment.succeeded", "data": {"order": "A-1", "cents": cents}}


class Receiver:
    """A receiver that can be stopped and started again on its port and database."""

    def __init__(self, folder: str) -> None:
        self.database = f"{folder}/received.sqlite3"
        self.address = self.start()

    def start(self, port: str = "0") -> str:
        secrets = f"{SECRET.decode()},{OLD.decode()}"
        self.process = subprocess.Popen(
            [sys.executable, "receiver.py", "--port", port, "--database", self.database],
            cwd=HERE,
            env={**os.environ, "WEBHOOK_SECRETS": secrets},
            stdout=subprocess.PIPE,
            text=True,
        )
        return self.process.stdout.readline().strip()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(10)
        self.process.stdout.close()

    def rows(self, sql: str) -> list[tuple]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()

    def post(self, body: bytes, timestamp: str, signature: str) -> tuple[int, str]:
        headers = {"Webhook-Timestamp": timestamp, "Webhook-Signature": signature}
        request = urllib.request.Request(self.address, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, response.headers.get("Webhook-Note", "")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Webhook-Note", "")


class WebhookTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.receiver = Receiver(folder.name)
        self.addCleanup(lambda: self.receiver.stop())
        self.outbox = f"{folder.name}/outbox.sqlite3"
        self.late = 0.0

    def sender(self, secret: bytes = SECRET) -> Sender:
        clock = lambda: time.time() + self.late  # noqa: E731
        sender = Sender(self.receiver.address, secret, self.outbox, clock)
        self.addCleanup(sender.close)
        return sender

    def signed(self, body: bytes, secret: bytes = SECRET) -> tuple[int, str]:
        now = int(time.time())
        return self.receiver.post(body, str(now), sign(secret, now, body))

    def test_an_event_is_sent_once_and_done_once(self) -> None:
        sender = self.sender()
        sender.add(paid())
        sender.add(paid())
        self.assertIsNone(sender.send_due())
        self.assertEqual(sender.states(), {"e1": ("taken", 1, "")})
        self.assertEqual(self.receiver.rows("SELECT * FROM payment"), [("A-1", 990)])

    def test_a_repeat_is_answered_as_done_and_changes_nothing(self) -> None:
        body = json.dumps(paid()).encode()
        self.assertEqual(self.signed(body), (204, ""))
        self.assertEqual(self.signed(body), (204, "done before"))
        self.assertEqual(self.receiver.rows("SELECT cents FROM payment"), [(990,)])

    def test_eight_copies_at_the_same_time_are_done_once(self) -> None:
        body = json.dumps(paid()).encode()
        answers: list[tuple[int, str]] = []
        together = threading.Barrier(8)

        def post() -> None:
            together.wait()
            answers.append(self.signed(body))

        threads = [threading.Thread(target=post) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answers), [(204, ""), *[(204, "done before")] * 7])
        self.assertEqual(self.receiver.rows("SELECT cents FROM payment"), [(990,)])

    def test_a_receiver_that_is_down_gets_the_event_when_it_is_back(self) -> None:
        sender = self.sender()
        port = self.receiver.address.split(":")[2].split("/")[0]
        self.receiver.stop()
        sender.add(paid())
        seconds = sender.send_due()
        self.assertTrue(2.0 < seconds <= 5, seconds)
        self.receiver.start(port)
        self.late = 5
        self.assertIsNone(sender.send_due())
        self.assertEqual(sender.states()["e1"][:2], ("taken", 2))
        self.assertEqual(self.receiver.rows("SELECT cents FROM payment"), [(990,)])

    def test_a_sender_that_died_after_sending_sends_again_and_nothing_is_done_twice(self) -> None:
        first = self.sender()
        first.add(paid())
        self.signed(json.dumps(paid(), separators=(",", ":")).encode())
        again = self.sender()
        self.assertIsNone(again.send_due())
        self.assertEqual(again.states()["e1"], ("taken", 1, "done before"))
        self.assertEqual(self.receiver.rows("SELECT cents FROM payment"), [(990,)])

    def test_a_refund_that_overtakes_its_payment_is_kept(self) -> None:
        refund = {"id": "e2", "type": "payment.refunded", "data": {"order": "A-1", "cents": 990}}
        for event in (refund, paid()):
            self.assertEqual(self.signed(json.dumps(event).encode())[0], 204)
        self.assertEqual(self.receiver.rows("SELECT orderno, cents FROM refund"), [("A-1", 990)])

    def test_a_changed_body_an_old_one_and_a_foreign_secret_are_refused(self) -> None:
        body, now = json.dumps(paid()).encode(), int(time.time())
        old = now - TOLERANCE - 5
        for timestamp, signature, note in (
            (now, sign(SECRET, now, body + b" "), "the signature does not fit"),
            (now, sign(b"guess", now, body), "the signature does not fit"),
            (now, sign(SECRET, now - 1, body), "the signature does not fit"),
            (old, sign(SECRET, old, body), "the timestamp is not from now"),
        ):
            with self.subTest(note=note, timestamp=timestamp):
                answer = self.receiver.post(body, str(timestamp), signature)
                self.assertEqual(answer, (400, note))
        self.assertEqual(self.receiver.rows("SELECT * FROM event"), [])

    def test_a_refused_event_is_not_sent_again(self) -> None:
        sender = self.sender(secret=b"guess")
        sender.add(paid())
        self.assertIsNone(sender.send_due())
        self.assertEqual(sender.states()["e1"][:2], ("refused", 1))

    def test_while_a_secret_is_rotated_both_are_good(self) -> None:
        self.assertEqual(self.signed(json.dumps(paid("e1")).encode(), OLD)[0], 204)
        self.assertEqual(self.signed(json.dumps(paid("e2")).encode(), SECRET)[0], 204)

    def test_what_is_signed_and_no_event_is_refused_and_an_unknown_type_is_taken(self) -> None:
        self.assertEqual(self.signed(b"[]")[0], 400)
        self.assertEqual(self.signed(json.dumps({**paid(), "type": "new.kind"}).encode())[0], 204)
        self.assertEqual(self.receiver.rows("SELECT type FROM event"), [("new.kind",)])

    def test_a_body_that_is_too_large_is_refused_unread(self) -> None:
        host = self.receiver.address.split("/")[2]
        with closing(http.client.HTTPConnection(host, timeout=10)) as connection:
            connection.putrequest("POST", "/webhooks/payments")
            connection.putheader("Content-Length", "70000")
            connection.endheaders()
            self.assertEqual(connection.getresponse().status, 413)


class RuleTests(unittest.TestCase):
    def test_waits_double_up_to_an_hour(self) -> None:
        for attempts, ceiling in ((1, 5), (2, 10), (3, 20), (ATTEMPTS, 3600)):
            for _ in range(50):
                self.assertTrue(ceiling / 2 <= wait(attempts) <= ceiling)

    def test_a_timestamp_that_is_no_number_is_refused(self) -> None:
        for timestamp in ("", "soon", "-5", "1.5", "9" * 40):
            with self.subTest(timestamp=timestamp), self.assertRaises(BadSignature):
                verify([SECRET], timestamp, "v1=", b"", 0)


if __name__ == "__main__":
    unittest.main()
