"""A client of the bookshop's two lists, from the standard library alone.

Every request has a timeout. A request that was refused with 429 or 503, or that never
got an answer, is sent again: not before the server's Retry-After, never more often than
`attempts`, and not at all once the waiting would exceed `budget` seconds. Sending again
is safe here because both lists are read with GET.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import http.client
import json
import random
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RETRIED = frozenset({429, 503})
FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0


class BookshopError(Exception):
    """The list could not be read; `status` is None where no answer came."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class BookshopClient:
    """Reads books and orders from one base address."""

    def __init__(
        self,
        base: str,
        *,
        timeout: float = 5.0,
        attempts: int = 4,
        budget: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not base.startswith(("http://", "https://")):
            raise ValueError(f"not an http address: {base}")
        if attempts < 1:
            raise ValueError("attempts: at least 1")
        self._base = base.rstrip("/")
        self._timeout = timeout
        self._attempts = attempts
        self._budget = budget
        self._sleep = sleep
        self._clock = clock

    def books(self) -> list[dict]:
        """Return every book, by title."""
        return self._list("/api/books/")

    def orders(self) -> list[dict]:
        """Return every order, newest first."""
        return self._list("/api/orders/")

    def _list(self, path: str) -> list[dict]:
        body = self._get(path)
        try:
            answer = json.loads(body)
        except ValueError as error:
            raise BookshopError(f"{path}: the answer is not JSON") from error
        if not isinstance(answer, list):
            raise BookshopError(f"{path}: the answer is not a list")
        return answer

    def _get(self, path: str) -> bytes:
        request = urllib.request.Request(
            self._base + path,
            headers={"Accept": "application/json", "User-Agent": "bookshop-client/1"},
        )
        started = self._clock()
        for attempt in range(1, self._attempts + 1):
            asked = None
            try:
                with urllib.request.urlopen(request, timeout=self._timeout) as response:
                    return response.read()
            except urllib.error.HTTPError as error:
                with error:
                    failure = BookshopError(f"{path}: {error.code}", error.code)
                    if error.code not in RETRIED:
                        raise failure from error
                    asked = retry_after(error.headers.get("Retry-After"))
            except (OSError, http.client.HTTPException) as error:
                failure = BookshopError(f"{path}: no answer ({error})")
            wait = backoff(attempt) if asked is None else asked + random.uniform(0, FIRST_WAIT)
            spent = self._clock() - started
            if attempt == self._attempts or spent + wait > self._budget:
                raise failure
            self._sleep(wait)
        raise AssertionError("unreachable")


def backoff(attempt: int) -> float:
    """Return a random wait below a ceiling that doubles: 0.5 s, 1 s, 2 s … 8 s."""
    return random.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)))


def retry_after(value: str | None, now: dt.datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks for; None where it says nothing.

    The header is a number of seconds or a date; a date in the past means now.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        date = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=dt.UTC)
    now = now or dt.datetime.now(dt.UTC)
    return max(0.0, (date - now).total_seconds())
