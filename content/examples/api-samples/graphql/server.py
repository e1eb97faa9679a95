"""The schema behind one address, served by Django: `python server.py --port 8001`."""

from __future__ import annotations

import argparse
import os
import socket

import uvicorn
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path
from strawberry.django.views import AsyncGraphQLView

from schema import Context, context_for, schema
from shop import stocked

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY", "development-only-not-a-secret"),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    DATA_UPLOAD_MAX_MEMORY_SIZE=64 * 1024,
)
SHOP = stocked()


class View(AsyncGraphQLView):
    async def get_context(self, request: object, response: object) -> Context:
        """A loader for each request: one that lived longer would answer from old data."""
        return context_for(SHOP)


urlpatterns = [path("graphql/", View.as_view(schema=schema, graphql_ide=None))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8001, help="0: any that is free")
    port = parser.parse_args().port
    with socket.create_server(("127.0.0.1", port)) as listening:
        print(f"http://127.0.0.1:{listening.getsockname()[1]}/graphql/", flush=True)
        config = uvicorn.Config(get_asgi_application(), log_level="warning", lifespan="off")
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
