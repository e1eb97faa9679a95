"""Lets buyers meet on PostgreSQL, each halted before statements until it is let go on.

Who is neither halted nor done, and does not wait for a lock of the database either, is still at
work: nothing is let go on before that has come to rest. So each meeting is the same each time.
"""

import os
import threading
import time
from urllib.parse import urlsplit

import psycopg
from django.db import DatabaseError, connection, connections
from django.db.backends.postgresql import base  # noqa: F401 - warm

from nexus_tui.labs.probing import django_project as project

STILL = 6.0
"""Seconds after which whoever does not move waits for something outside the database."""
watch: psycopg.Connection


def load():
    global watch
    url = urlsplit(os.environ["NEXUS_POSTGRES_URL"])
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path[1:],
        "HOST": url.hostname,
        "PORT": url.port or 5432,
        "USER": url.username,
        "PASSWORD": url.password,
    }
    watch = psycopg.connect(url.geturl(), autocommit=True)
    project.set_up("shop", DATABASES={"default": database})
    import shop.sales  # noqa: F401 - as a worker does


def bought(customer, basket):
    """`sold`, `sold out`, `too many`, or what else was raised."""
    from shop.sales import SoldOut, TooMany, buy

    try:
        buy(customer, basket)
    except SoldOut:
        return "sold out"
    except TooMany:
        return "too many"
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return "sold"


def writes(sql):
    return sql.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "MERGE")


class Buyer(threading.Thread):
    """One purchase, with a connection of its own."""

    def __init__(self, customer, basket, each_statement):
        super().__init__(daemon=True)
        self.customer, self.basket, self.each_statement = customer, basket, each_statement
        self.state, self.answer, self.deadlocks = "works", "", 0
        self.count = 0
        self.go = threading.Semaphore(0)

    def run(self):
        try:
            connection.ensure_connection()
            self.pid = connection.connection.info.backend_pid
            self.halt()
            with connection.execute_wrapper(self.around):
                self.answer = bought(self.customer, self.basket)
        finally:
            connections.close_all()
            self.state = "done"

    def halt(self):
        self.state = "halted"
        self.go.acquire()

    def around(self, execute, sql, params, many, context):
        if self.each_statement or (writes(sql) and not self.count):
            self.count += 1
            self.halt()
        try:
            return execute(sql, params, many, context)
        except DatabaseError as error:
            self.deadlocks += isinstance(error.__cause__, psycopg.errors.DeadlockDetected)
            raise

    def let_go(self):
        self.state = "works"
        self.go.release()


def rest(buyers):
    """Wait until each is halted, done, or waits for a lock; those that wait."""
    began = time.monotonic()
    while working := [buyer for buyer in buyers if buyer.state == "works"]:
        asked = [buyer.pid for buyer in working if hasattr(buyer, "pid")]
        query = "SELECT pid FROM unnest(%s::int[]) pid WHERE cardinality(pg_blocking_pids(pid)) > 0"
        blocked = {pid for (pid,) in watch.execute(query, [asked])}
        if all(getattr(buyer, "pid", None) in blocked for buyer in working):
            return working
        if time.monotonic() - began > STILL:
            raise TimeoutError("a buyer waits for something that is no lock of the database")
        time.sleep(0.002)
    return []


def to_the_end(buyers):
    """Let them go on one at a time, each time whoever has waited longest."""
    queue = list(buyers)
    while True:
        blocked = rest(buyers)
        halted = [buyer for buyer in queue if buyer.state == "halted"]
        if halted:
            queue.remove(halted[0])
            queue.append(halted[0])
            halted[0].let_go()
        elif blocked:
            time.sleep(0.01)  # for each other: PostgreSQL ends that after a second
        else:
            return


def stocked(stocks):
    """The ids of new items."""
    from shop.models import Item

    return [Item.objects.create(name="Lamp", stock=stock).pk for stock in stocks]


def state(items):
    """What is left of each item, and how many the sales took."""
    from shop.models import Item, Sale

    left = dict(Item.objects.filter(pk__in=items).values_list("pk", "stock"))
    sales = [list(Sale.objects.filter(item=i).values_list("quantity", flat=True)) for i in items]
    return {"stock": [left[i] for i in items], "gone": [sum(each) for each in sales]}


def meet(stocks, purchases, each_statement):
    """What these purchases, (customer, [[number of the item, quantity], …]), come to at once.

    All are halted before each statement, or before the first that writes.
    """
    items = stocked(stocks)
    buyers = [
        Buyer(customer, {items[number]: quantity for number, quantity in basket}, each_statement)
        for customer, basket in purchases
    ]
    for buyer in buyers:
        buyer.start()
    rest(buyers)
    for buyer in buyers:
        buyer.let_go()
        if each_statement:
            rest(buyers)
    to_the_end(buyers)
    return {
        "answers": [buyer.answer for buyer in buyers],
        "deadlocks": sum(buyer.deadlocks for buyer in buyers),
        **state(items),
    }


def alone(stocks, customer, basket):
    """What one purchase comes to."""
    items = stocked(stocks)
    answer = bought(customer, {items[number]: quantity for number, quantity in basket})
    return {"answer": answer, **state(items)}


def beside(most):
    """Before which statements of one buyer another one, of another item, has to wait."""
    found = []
    for number in range(1, most):
        one, other = stocked([3, 3])
        first, second = Buyer("one", {one: 1}, True), Buyer("other", {other: 1}, False)
        both = [first, second]
        for buyer in both:
            buyer.start()
        rest(both)
        for _ in range(number):
            first.let_go()
            rest([first])
        second.count = 1  # no halt
        second.let_go()
        waits = bool(rest([second]))
        ended = first.state == "done"
        to_the_end(both)
        if ended:
            break
        found.append([waits, first.answer, second.answer])
    return found
