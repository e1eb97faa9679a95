"""Sends attempts to log in through the two proxies, each at its second."""

from django.test import Client

from nexus_tui.labs.probing import drf_project as project
from nexus_tui.labs.probing import set_clock

tokens = {}


def load():
    import shop.settings

    project.adopt(shop.settings)
    import shop.urls  # noqa: F401 - as a server does


def play(users, attempts):
    """The status codes of `attempts`, in their order, after some idle hours.

    `users` are names and passwords of new users. An attempt has `at`, seconds after the first,
    `email`, `password`, what its client `wrote` into X-Forwarded-For, the addresses of the
    client, of the `cdn` and of the `balancer`, the client's `agent`, and the user it is signed
    in `as`, if any.
    """
    set_clock.forward(7200)
    for name, password in users.items():
        tokens[name] = project.user(name, password)
    start, client = set_clock.WALL.now, Client()
    return [answer(client, start, attempt) for attempt in attempts]


def answer(client, start, attempt):
    set_clock.forward(start + attempt["at"] - set_clock.WALL.now)
    hops = [*attempt["wrote"], attempt["client"], attempt["cdn"]]
    headers = {"x-forwarded-for": ", ".join(hops), "user-agent": attempt["agent"]}
    if attempt["as"]:
        headers["authorization"] = f"Token {tokens[attempt['as']]}"
    found = project.ask(
        client,
        "post",
        "/login/",
        {"email": attempt["email"], "password": attempt["password"]},
        headers=headers,
        REMOTE_ADDR=attempt["balancer"],
    )
    return found["status"]
