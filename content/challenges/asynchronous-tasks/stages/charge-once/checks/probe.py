"""Charges orders: the provider times out, machines die, workers meet, messages come again."""

import importlib
import itertools
import json  # noqa: F401 - warm
import sys
import threading
from pathlib import Path
from urllib import request  # noqa: F401 - warm

from django.apps import apps
from django.db import IntegrityError, connection, connections, models, transaction

from nexus_tui.labs.probing import celery_app
from nexus_tui.labs.probing import django_project as project

MOST_RUNS = 15
"""Of the messages of one order."""

app = celery_app.make("payments")


class MachineDied(BaseException):
    """The process is gone; nothing of it goes on."""


class Provider:
    """Keeps what it charged, and the keys."""

    def __init__(self):
        self.charges, self.keys = [], {}
        self.timeouts = 0
        self.step = lambda name: None

    def charge(self, card, amount, key=None):
        self.step("in the call, before the charge")
        if key is not None and not (isinstance(key, str) and key):
            raise TypeError(f"an Idempotency-Key is a text, not {key!r}")
        if key in self.keys:
            before, reference = self.keys[key]
            if before != (card, amount):
                raise ValueError("the key was used for another card or amount")
        else:
            reference = f"ch_{len(self.charges)}"
            self.charges.append((card, amount))
            if key is not None:
                self.keys[key] = ((card, amount), reference)
        self.step("in the call, after the charge")
        if self.timeouts > 0:
            self.timeouts -= 1
            raise TimeoutError("no answer within 10 s")
        return reference


provider = Provider()


def load():
    # In a file, so that two workers have a connection each.
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path("../tmp/payments.sqlite3").resolve()),
        "OPTIONS": {"timeout": 0.05},
    }
    import payments.provider

    payments.provider.charge = lambda card, amount, key=None: provider.charge(card, amount, key)
    project.set_up("payments", DATABASES={"default": database})
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = memory")
        cursor.execute("PRAGMA synchronous = off")
    importlib.import_module("payments.tasks")


def restart():
    """A new worker: what the learner's modules kept in memory is gone."""
    kept = ("payments", "payments.models", "payments.provider")
    work = f"{Path.cwd()}/"
    for name, module in list(sys.modules.items()):
        place = getattr(module, "__file__", None) or ""
        if place.startswith(work) and name not in kept:
            del sys.modules[name]
            for task in [t for t in app.tasks if app.tasks[t].__module__ == name]:
                app.tasks.pop(task)
    importlib.import_module("payments.tasks")


def new_order(card, amount, customer=None):
    from payments.models import Customer, Order

    customer = customer or Customer.objects.create(card=card)
    return Order.objects.create(customer=customer, amount=amount)


def sent(order):
    """The message that charges this order."""
    sys.modules["payments.tasks"].charge_order.delay(order.pk)
    [message] = celery_app.taken(app)
    return message


def run_all(message):
    """Run a message and its retries; the state of the last run."""
    waiting, runs = [message], 0
    while waiting and runs < MOST_RUNS:
        state = celery_app.run(app, waiting.pop(0), redelivered=runs > 0)["state"]
        waiting += celery_app.taken(app)
        runs += 1
    return state


def outcome(order, card):
    """What has become of an order, at the provider and here."""
    from payments.models import Payment

    order.refresh_from_db()
    order.customer.refresh_from_db()
    return {
        "charges": sum(charged == card for charged, _ in provider.charges),
        "payments": Payment.objects.filter(order=order).count(),
        "points": order.customer.points,
        "status": order.status,
    }


def times_out(card, amount, times):
    """The provider charges, and its answer is lost so many times."""
    order = new_order(card, amount)
    provider.timeouts = times
    run_all(sent(order))
    provider.timeouts = 0
    return outcome(order, card)


def delivered(card, amount, deliveries, messages):
    """So many messages, each delivered so many times, to new workers."""
    order = new_order(card, amount)
    for _ in range(messages):
        message = sent(order)
        for _ in range(deliveries):
            run_all(message)
            restart()
    return outcome(order, card)


def two_orders(card, amount):
    """Two orders of one customer with the same amount, one after the other."""
    first = new_order(card, amount)
    second = new_order(card, amount, first.customer)
    for order in (first, second):
        run_all(sent(order))
    return [outcome(order, card) for order in (first, second)]


class Steps:
    """Counts what a run does outside itself, and does something at one of these steps."""

    def __init__(self, at, do):
        self.at, self.do, self.count, self.name = at, do, 0, None
        self.thread = threading.get_ident()

    def step(self, name):
        if threading.get_ident() == self.thread:
            self.count += 1
            if self.count == self.at:
                self.name = name
                self.do()

    def around(self, execute, sql, params, many, context):
        verb, *words = sql.split(None, 3)
        if verb.upper() in ("INSERT", "UPDATE", "DELETE"):
            table = words[0 if verb.upper() == "UPDATE" else 1].strip('"')
            self.step(f"before {verb.upper()} {table}")
        return execute(sql, params, many, context)

    def run(self, message):
        provider.step = self.step
        try:
            with connection.execute_wrapper(self.around):
                return run_all(message)
        finally:
            provider.step = lambda name: None


def die():
    raise MachineDied


def crashes(cards, amount):
    """A machine dies at the first, second … step, and the message is delivered again."""
    found = []
    for at, card in zip(itertools.count(1), cards, strict=False):
        order = new_order(card, amount)
        message = sent(order)
        steps = Steps(at, die)
        try:
            steps.run(message)
            break
        except MachineDied:
            celery_app.taken(app)
        restart()
        run_all(message)
        found.append({"step": steps.name, **outcome(order, card)})
    return found


def meetings(cards, amount):
    """Another worker runs a second message at the first, second … step of the first one."""
    found = []
    for at, card in zip(itertools.count(1), cards, strict=False):
        order = new_order(card, amount)
        one, other = sent(order), sent(order)
        states = {}

        def rival(other=other, states=states):
            def work():
                try:
                    states["other"] = run_all(other)
                finally:
                    connections.close_all()

            thread = threading.Thread(target=work)
            thread.start()
            thread.join()

        steps = Steps(at, rival)
        states["one"] = steps.run(one)
        if steps.name is None:
            break
        # Who met a locked database comes again; a server would have let it wait.
        for name, message in (("one", one), ("other", other)):
            if states.get(name) != "SUCCESS":
                run_all(message)
        found.append({"step": steps.name, **outcome(order, card)})
    return found


def copied(card, amount):
    """Which rows that a charge made can be there a second time."""
    kinds = apps.get_app_config("payments").get_models()
    before = {kind: set(kind.objects.values_list("pk", flat=True)) for kind in kinds}
    order = new_order(card, amount)
    run_all(sent(order))
    found = {}
    for kind, old in before.items():
        if kind in (type(order), type(order.customer)):
            continue
        for row in kind.objects.exclude(pk__in=old):
            found[kind.__name__] = can_copy(kind, row)
    return found


def can_copy(kind, row):
    columns = ", ".join(
        f'"{field.column}"'
        for field in kind._meta.local_concrete_fields
        if not isinstance(field, models.AutoField)
    )
    table, key = kind._meta.db_table, kind._meta.pk.column
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{table}" ({columns}) '
                f'SELECT {columns} FROM "{table}" WHERE "{key}" = %s',
                [row.pk],
            )
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True
