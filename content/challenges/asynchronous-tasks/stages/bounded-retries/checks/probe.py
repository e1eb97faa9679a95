"""Puts mails into the queue and is its worker, with a mail service that does what it is told."""

import json  # noqa: F401 - warm
import random
import time
from urllib import error, request  # noqa: F401 - warm

from nexus_tui.labs.probing import celery_app

MOST_RUNS = 25
"""Of one mail, after which it is said to go on for ever."""

app = celery_app.make("mails")


class State:
    """What the service answers, one call after another; the last one for ever."""

    outcomes: list = []
    calls: list = []
    slept: list = []


def load():
    time.sleep = State.slept.append
    import mails.client

    mails.client.deliver = stand_in
    import mails.tasks  # noqa: F401 - as the workers do


def stand_in(address, text):
    """Instead of the client: the next outcome."""
    from mails import client

    State.calls.append([address, text])
    outcomes = State.outcomes
    outcome = outcomes.pop(0) if len(outcomes) > 1 else outcomes[0]
    if outcome == "503":
        raise client.Unavailable(503)
    if outcome == "429":
        raise client.Unavailable(429)
    if outcome == "422":
        raise client.Rejected(422)
    if outcome == "refused":
        raise ConnectionRefusedError("connection refused")
    if outcome == "timeout":
        raise TimeoutError("timed out")


def send(address, kind, order, outcomes):
    """Send a mail and run it until no message of it is left."""
    from mails.tasks import send_mail

    State.outcomes, State.calls, runs = list(outcomes), [], []
    State.slept.clear()
    celery_app.taken(app)
    send_mail.delay(address, kind, order)
    while (messages := celery_app.taken(app)) and len(runs) < MOST_RUNS:
        runs += [celery_app.run(app, message) for message in messages]
    return {
        "runs": len(runs),
        "state": runs[-1]["state"],
        "error": runs[-1]["error"],
        "pauses": [run["pause"] for run in runs if run["pause"] is not None],
        "calls": State.calls,
        "slept": list(State.slept),
    }


def send_many(count, outcome):
    """The pauses of so many mails that fail together and all the time."""
    found = []
    for place in range(count):
        # By the place, not by the check: the same code is told the same each time.
        random.seed(place)
        found.append(send(f"{place}@example.org", "paid", place, [outcome])["pauses"])
    return found
