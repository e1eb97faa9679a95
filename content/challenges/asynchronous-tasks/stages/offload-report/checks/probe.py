"""Orders reports as a browser does, and is the only worker of the queue."""

import json
import sqlite3
import threading
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client

from nexus_tui.labs.probing import celery_app
from nexus_tui.labs.probing import django_project as project

app = celery_app.make("reports")


class State:
    """What happened in one request, and whether a worker is idle when a message comes."""

    working = threading.local()
    nonce = ""
    rendered: list = []
    idle = False
    runs: list = []
    later: list = []
    messages: list = []


def load():
    # In a file, so that a second connection sees what is committed, and only that.
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path("../tmp/reports.sqlite3").resolve()),
        "OPTIONS": {"timeout": 0.3},
    }
    import reports.rendering

    reports.rendering.render = stand_in
    project.set_up("reports", urls="probe", DATABASES={"default": database})
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = memory")
        cursor.execute("PRAGMA synchronous = off")
    import reports.tasks  # noqa: F401 - as the workers do
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt
    from reports.views import order_report, show_report

    globals()["urlpatterns"] = [
        path("reports/", csrf_exempt(order_report)),
        path("reports/<int:pk>/", show_report),
    ]
    celery_app.on_publish(published)


def stand_in(customer, month):
    """Instead of the renderer of 40 s."""
    if not getattr(State.working, "on", False):
        where = "" if threading.current_thread() is threading.main_thread() else "in a thread"
        State.rendered.append(where)
    return f"{State.nonce} {month} {customer}"


def published():
    """An idle worker takes the message before whoever sent it goes on."""
    if State.idle:
        worker = threading.Thread(target=work_aside)
        worker.start()
        worker.join()


def work_aside():
    try:
        for message in celery_app.taken(app):
            if message["headers"].get("eta"):
                State.later.append(message)
            else:
                State.runs.append(run(message))
    finally:
        connections.close_all()


def run(message):
    State.working.on = True
    try:
        return celery_app.run(app, message)
    finally:
        State.working.on = False


@contextmanager
def threads_awaited():
    """Whatever thread was started meanwhile has ended."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(3)


def start(nonce, accounts):
    """Accounts with names and reports left; their ids."""
    from reports.models import Account

    State.nonce = nonce
    made = [Account.objects.create(name=n, reports_left=left) for n, left in accounts]
    return [account.pk for account in made]


def order(account, month, idle=False):
    """What a request for a report comes to, and which messages it left."""
    from reports.models import Order

    celery_app.taken(app)
    State.rendered, State.runs, State.later = [], [], []
    State.idle, before = idle, Order.objects.count()
    waits, answer = None, HttpResponse(status=504)
    try:
        with threads_awaited():
            answer = Client().post(
                "/reports/",
                json.dumps({"account": account, "month": month}),
                content_type="application/json",
            )
    except celery_app.WaitsForResult as error:
        waits = str(error)
    State.idle = False
    State.messages = State.later + celery_app.taken(app)
    return {
        "answer": project.described(answer),
        "waits": waits,
        "rendered": State.rendered,
        "runs": State.runs,
        "waiting": len(State.messages),
        "orders": Order.objects.count() - before,
    }


def correct(pk, month):
    """The customer changes the month of an order that waits."""
    with sqlite3.connect(connection.settings_dict["NAME"]) as other:
        other.execute("UPDATE reports_order SET month = ? WHERE id = ?", [month, pk])
    other.close()


def newest():
    """The id of the order that was made last."""
    from reports.models import Order

    return Order.objects.order_by("-pk").values_list("pk", flat=True).first()


def work():
    """Run the messages that the last request left."""
    return [run(message) for message in State.messages]


def show(address):
    """What a GET of this address says."""
    return project.get(address)


def row(pk):
    """The order as it is in the database."""
    from reports.models import Order

    return Order.objects.values("month", "status", "document").get(pk=pk)
