"""Redis: Python that is given `r`, a client whose server is empty."""

from __future__ import annotations

import os
from typing import Any

from nexus_tui.labs.runners import python


def prepare() -> None:
    """Import the client, and the server that lives in the process."""
    import fakeredis  # noqa: F401
    import redis  # noqa: F401


def run(job: dict[str, Any]) -> None:
    """Run the parts of a job on the server it names, or on one in the process."""
    import fakeredis
    import redis

    client: Any
    if job["service"] == "redis":
        client = redis.Redis.from_url(os.environ["NEXUS_REDIS_URL"], decode_responses=True)
    else:
        client = fakeredis.FakeRedis(decode_responses=True)
    python.run(job, r=client)
