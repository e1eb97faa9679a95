"""Watches an order and loses nothing: `python client.py A-1 ama-token`.

The client remembers the last number it saw. Whatever breaks the connection, it comes back
after a growing random wait, with a new ticket, and asks for what follows that number.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

ORIGIN = "http://shop.example"
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0


class Refused(Exception):
    """The server will not have us: coming back with the same token changes nothing."""


def post(host: str, path: str, token: str, body: dict | None = None) -> dict:
    """Send a POST with a token and return the answer's JSON."""
    request = urllib.request.Request(
        f"http://{host}{path}",
        json.dumps(body or {}).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.loads(response.read())


async def follow(
    host: str,
    order: str,
    token: str,
    since: int = 0,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[dict]:
    """Give every change after `since`, in order and once. Raises Refused."""
    failures = 0
    while True:
        try:
            found = await asyncio.to_thread(post, host, "/tickets/", token)
            address = f"ws://{host}/ws/orders/{order}/?ticket={found['ticket']}&since={since}"
            async with connect(address, origin=ORIGIN, open_timeout=5) as socket:
                failures = 0
                async for text in socket:
                    event = json.loads(text)
                    if event.get("number", 0) > since:
                        since = event["number"]
                        yield event
        except InvalidStatus as error:
            if error.response.status_code == 403:
                raise Refused(f"{order} is not yours to watch") from error
        except urllib.request.HTTPError as error:
            error.close()
            if error.code == 401:
                raise Refused("the token is not good") from error
        except (OSError, ConnectionClosed):
            pass
        failures += 1
        await sleep(random.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2**failures)))


async def main(order: str, token: str, host: str = "127.0.0.1:8003") -> None:
    async for event in follow(host, order, token):
        print(event["number"], event["status"])


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except Refused as refused:
        sys.exit(str(refused))
    except KeyboardInterrupt:
        pass
