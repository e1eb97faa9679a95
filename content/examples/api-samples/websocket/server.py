"""Orders that are watched live: `python server.py --port 8003`.

Django answers HTTP, Channels the sockets, one uvicorn process both.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import socket
import time
from urllib.parse import parse_qs

import uvicorn
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

import log

settings.configure(
    SECRET_KEY="development-only-not-a-secret",
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)

ORIGINS = ["http://shop.example"]
"""Pages that may open a socket: cookies and tickets travel from any page that asks."""
TOKENS = {
    "ama-token": ("ama", {f"A-{number}" for number in range(1, 21)}),
    "kofi-token": ("kofi", {"B-1"}),
}
"""Stands in for accounts: token → (name, orders that are theirs)."""
TICKET_SECONDS = 30
LARGEST = 1024
tickets: dict[str, tuple[str, float]] = {}
DATABASE = "orders.sqlite3"


# ---------------------------------------------------------------- HTTP


def account(request: HttpRequest) -> str | None:
    """The token of a request, where it is one of ours."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return token if token in TOKENS else None


async def ticket(request: HttpRequest) -> JsonResponse:
    """Give a ticket for one socket: a browser cannot send headers when it opens one."""
    token = account(request)
    if request.method != "POST" or token is None:
        return JsonResponse({"detail": "a token, please"}, status=401)
    now = time.monotonic()
    for old in [t for t, (_, until) in tickets.items() if until < now]:
        del tickets[old]
    made = secrets.token_urlsafe(24)
    tickets[made] = token, now + TICKET_SECONDS
    return JsonResponse({"ticket": made})


async def status(request: HttpRequest, order: str) -> JsonResponse:
    """Change the status of an order, keep it, and tell who is watching."""
    token = account(request)
    if request.method != "POST" or token is None:
        return JsonResponse({"detail": "a token, please"}, status=401)
    if order not in TOKENS[token][1]:
        return JsonResponse({"detail": "no such order"}, status=404)
    try:
        text = str(json.loads(request.body)["status"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"detail": "a status, please"}, status=400)
    number = await asyncio.to_thread(log.append, DATABASE, order, text)
    await get_channel_layer().group_send(f"order.{order}", {"type": "order.changed"})
    return JsonResponse({"number": number}, status=201)


urlpatterns = [path("tickets/", ticket), path("orders/<order>/status/", status)]


# ---------------------------------------------------------------- sockets


class OrderConsumer(AsyncJsonWebsocketConsumer):
    """One watched order: first what was missed, then each change."""

    async def connect(self) -> None:
        """Refuse before accepting: the handshake fails with 403 and nothing was sent."""
        query = parse_qs(self.scope["query_string"].decode())
        token, until = tickets.pop(query.get("ticket", [""])[0], ("", 0.0))
        self.order = self.scope["url_route"]["kwargs"]["order"]
        since = query.get("since", ["0"])[0]
        if until < time.monotonic() or self.order not in TOKENS[token][1]:
            return await self.close()
        if not since.isdecimal():
            return await self.close()
        self.sent = int(since)
        self.sending = asyncio.Lock()
        # First the group, then the log: the other way a change in between would be missed.
        await self.channel_layer.group_add(f"order.{self.order}", self.channel_name)
        await self.accept()
        await self.send_missing()

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "sent"):
            await self.channel_layer.group_discard(f"order.{self.order}", self.channel_name)

    async def order_changed(self, message: dict) -> None:
        """Something is new. A layer may drop this message; the next one makes up for it."""
        await self.send_missing()

    async def send_missing(self) -> None:
        """Send what follows the last number sent, in order and once."""
        async with self.sending:
            while rows := await asyncio.to_thread(log.after, DATABASE, self.order, self.sent):
                for number, text in rows:
                    await self.send_json({"number": number, "status": text})
                    self.sent = number

    async def receive_json(self, content: object) -> None:
        """This socket only tells: whatever is said to it is answered and dropped."""
        await self.send_json({"error": "this socket only tells"})

    @classmethod
    async def decode_json(cls, text: str) -> object:
        try:
            return json.loads(text)
        except ValueError:
            return None


def application() -> ProtocolTypeRouter:
    sockets = URLRouter([path("ws/orders/<order>/", OrderConsumer.as_asgi())])
    return ProtocolTypeRouter(
        {"http": get_asgi_application(), "websocket": OriginValidator(sockets, ORIGINS)}
    )


def main() -> None:
    global DATABASE
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8003, help="0: any that is free")
    parser.add_argument("--database", default=DATABASE)
    arguments = parser.parse_args()
    DATABASE = arguments.database
    with socket.create_server(("127.0.0.1", arguments.port)) as listening:
        print(f"127.0.0.1:{listening.getsockname()[1]}", flush=True)
        config = uvicorn.Config(
            application(),
            lifespan="off",
            log_level="warning",
            ws="websockets-sansio",
            ws_max_size=LARGEST,
            ws_ping_interval=20,
            ws_ping_timeout=20,
        )
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
