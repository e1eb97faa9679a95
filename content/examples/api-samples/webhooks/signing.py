"""The signature both sides share: HMAC-SHA256 over the time and the exact bytes sent."""

from __future__ import annotations

import hashlib
import hmac

TOLERANCE = 300
"""Seconds that a signature is good for: clocks differ, and an old request may be a copy."""


class BadSignature(Exception):
    """The request is not what the sender signed, or not from now; the message says which."""


def sign(secret: bytes, timestamp: int, body: bytes) -> str:
    """Return the value of `Webhook-Signature`.

    The time is part of what is signed: else a copy could be sent with a new time.
    """
    return "v1=" + hmac.new(secret, b"%d." % timestamp + body, hashlib.sha256).hexdigest()


def verify(secrets: list[bytes], timestamp: str, signature: str, body: bytes, now: float) -> None:
    """Check a request under any of the secrets, of which there are two while one is rotated.

    Raises BadSignature. `compare_digest` takes the same time however much is right, so that
    nobody can guess a signature byte by byte.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        raise BadSignature("no timestamp")
    if abs(now - int(timestamp)) > TOLERANCE:
        raise BadSignature("the timestamp is not from now")
    given = [part.strip().encode() for part in signature.split(",")]
    for secret in secrets:
        expected = sign(secret, int(timestamp), body).encode()
        if any(hmac.compare_digest(expected, one) for one in given):
            return
    raise BadSignature("the signature does not fit")
