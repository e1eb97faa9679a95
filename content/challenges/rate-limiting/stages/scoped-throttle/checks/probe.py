"""Sends requests to the API, each at its second, as clients at several addresses would."""

from django.test import Client

from nexus_tui.labs.probing import drf_project as project
from nexus_tui.labs.probing import set_clock

tokens = {}


def load():
    import shop.settings

    project.adopt(shop.settings)
    import shop.urls  # noqa: F401 - as a server does


def play(users, requests):
    """The answers to `requests`, in their order, after some idle hours.

    `users` are address and password of new users. A request has `at`, seconds after the first, a
    `path`, the address it comes `from`, and may have a `body` to post, and a user who is signed
    in `as`.
    """
    set_clock.forward(7200)
    for name, password in users.items():
        tokens[name] = project.user(name, password)
    start, client = set_clock.WALL.now, Client()
    return [answer(client, start, request) for request in requests]


def answer(client, start, request):
    set_clock.forward(start + request["at"] - set_clock.WALL.now)
    headers = {"authorization": f"Token {tokens[request['as']]}"} if request.get("as") else {}
    found = project.ask(
        client,
        "post" if "body" in request else "get",
        request["path"],
        request.get("body"),
        headers=headers,
        REMOTE_ADDR=request["from"],
    )
    found["wait"] = found["headers"].get("Retry-After")
    return found
