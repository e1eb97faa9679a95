"""A Redis in memory behind Django's cache, and a clock that can be put forward."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# fakeredis takes numpy where it is installed, and that starts threads; the guard rails hold one.
sys.modules["numpy"] = None  # type: ignore[assignment]

import django.core.cache.backends.redis  # noqa: E402, F401 - warm
from django.utils import timezone  # noqa: E402
from fakeredis import FakeServer, FakeStrictRedis  # noqa: E402
from redis.backoff import NoBackoff  # noqa: E402
from redis.retry import Retry  # noqa: E402

del sys.modules["numpy"]

SERVER = FakeServer()
after_each: Callable[[str], None] | None = None
"""Called in the thread that was answered, with the name of the command: to force interleavings."""
_real_time, _real_now = time.time, timezone.now
_ahead = 0.0


# Its name differs between the versions of fakeredis.
_Connection: Any = FakeStrictRedis(server=SERVER).connection_pool.connection_class


class Connection(_Connection):  # type: ignore[misc]
    """One that lets `after_each` know what was answered."""

    _asked = ""

    def send_command(self, *args: Any, **options: Any) -> None:
        self._asked = str(args[0]).upper()
        super().send_command(*args, **options)

    def read_response(self, *args: Any, **options: Any) -> Any:
        response = super().read_response(*args, **options)
        if after_each is not None:
            after_each(self._asked)
        return response


def caches() -> dict[str, Any]:
    """The setting CACHES with `default` on this Redis; all threads see the same keys."""
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://cache:6379/0",
            "OPTIONS": {
                "connection_class": Connection,
                "server": SERVER,
                "retry": Retry(NoBackoff(), 0),
            },
        }
    }


def client() -> Any:
    """A client of this Redis that Django does not know of."""
    return FakeStrictRedis(server=SERVER)


def answers(whether: bool) -> None:
    """Let each command fail with a ConnectionError, or answer again."""
    SERVER.connected = whether


def movable_clock() -> None:
    """Put a clock that `forward` moves in the place of `time.time` and `timezone.now`.

    Call it before the learner's code is imported. This Redis goes by it, too.
    """
    time.time = lambda: _real_time() + _ahead
    timezone.now = lambda: _real_now() + timedelta(seconds=_ahead)


def forward(seconds: float) -> None:
    """Let so much time pass at once."""
    global _ahead  # noqa: PLW0603 - there is one clock
    _ahead += seconds
