"""Sends requests through the middleware, each at its moment, to views that note being called."""

from django.conf import settings
from django.http import JsonResponse
from django.test import Client
from django.urls import path

from nexus_tui.labs.probing import django_project as project
from nexus_tui.labs.probing import set_clock

project.set_up(urls="probe")


class State:
    """The client, the window whose edges are of interest, and the calls of the views."""

    client = Client()
    window = 60
    calls = 0


def page(request):
    State.calls += 1
    return JsonResponse({"page": request.path})


urlpatterns = [path("login/", page), path("books/", page)]


def start(burst, every):
    """Start the server with this limit; the clocks stand at an edge of a window."""
    State.window = burst * every
    set_clock.STEADY.now = float(State.window * 100)
    set_clock.WALL.now = float(State.window * (1_790_000_000 // State.window))
    import shop.settings

    for name in dir(shop.settings):
        if name.isupper():
            setattr(settings, name, getattr(shop.settings, name))
    settings.LOGIN_BURST, settings.LOGIN_EVERY = burst, every


def play(requests):
    """The answers to `requests`, in their order; second 0 is an edge, many windows after the last.

    A request has `at`, seconds after the edge, and the address that it comes `from`; it posts to
    the login unless it says another `method` and `path`. One with `set` has the wall clock set
    by so many seconds before it is sent.
    """
    into = set_clock.STEADY.now % State.window
    set_clock.forward(State.window * 50 - into)
    edge = set_clock.STEADY.now
    return [answer(edge, request) for request in requests]


def answer(edge, request):
    set_clock.forward(edge + request["at"] - set_clock.STEADY.now)
    set_clock.set_wall(set_clock.WALL.now + request.get("set", 0))
    State.calls, before = 0, len(set_clock.slept)
    send = getattr(State.client, request.get("method", "post"))
    found = project.described(send(request.get("path", "/login/"), REMOTE_ADDR=request["from"]))
    return {
        "status": found["status"],
        "wait": found["headers"].get("Retry-After"),
        "calls": State.calls,
        "slept": sum(set_clock.slept[before:]),
    }
