"""Sells items: in turn, in a crowd, and halted before a statement while another worker sells."""

import tempfile
import threading
from pathlib import Path

from django.db import DatabaseError, connection, connections
from django.db.models import F

from nexus_tui.labs.probing import django_project as project

PATIENCE = 1.0
"""Seconds for a buyer who is let in while another is halted, and may have to wait for that one."""


def load():
    # A file, so that each worker and each thread has a connection of its own.
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(tempfile.gettempdir()) / "shop.sqlite3"),
        "OPTIONS": {
            "timeout": 0.03,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    }
    project.set_up("shop", DATABASES={"default": database})
    import shop.sales  # noqa: F401 - as a worker does


def stocked(stock, price):
    """The id of a new item."""
    from shop.models import Item

    return Item.objects.create(name="Lamp", price=price, stock=stock).pk


def state(item):
    """What the database says about an item."""
    from shop.models import Item, Sale

    found = Item.objects.values("stock", "sold", "price").get(pk=item)
    quantities = list(Sale.objects.filter(item=item).values_list("quantity", flat=True))
    return {**found, "sales": len(quantities), "gone": sum(quantities)}


def bought(item, customer, quantity):
    """`sold`, `sold out`, or what else was raised."""
    from shop.sales import SoldOut, buy

    try:
        sale = buy(item, customer, quantity)
    except SoldOut:
        return "sold out"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    found = [getattr(sale, name, None) for name in ("item_id", "customer", "quantity")]
    return "sold" if found == [item, customer, quantity] else f"sold, and returned {sale!r}"


def in_turn(stock, quantities):
    """What buyers get who come one after another, each with the state after it."""
    item, found = stocked(stock, 900), []
    for number, quantity in enumerate(quantities):
        found.append([bought(item, f"customer {number}", quantity), state(item)])
    return found


def writes(sql):
    verb = sql.split(None, 1)[0].upper()
    return verb in ("INSERT", "UPDATE", "DELETE", "REPLACE") or sql.startswith("BEGIN ")


def crowd(count, stock):
    """So many buyers of one each; nobody writes before all others have come as far, or are done."""
    item, answers = stocked(stock, 900), []
    waiting = [f"customer {number}" for number in range(count)]
    patience = [PATIENCE]

    def next_one():
        if not waiting:
            return
        thread = threading.Thread(target=come, args=[waiting.pop()], daemon=True)
        threads.append(thread)
        thread.start()
        thread.join(patience[0])
        if thread.is_alive():
            patience[0] = 0.02  # they wait for each other: let them

    def come(customer):
        came = []

        def before(execute, sql, params, many, context):
            if writes(sql) and not came:
                came.append(True)
                next_one()
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(before):
                answers.append(bought(item, customer, 1))
            if not came:
                next_one()
        finally:
            connections.close_all()

    threads = []
    next_one()
    for thread in threads:
        thread.join(10)
    return {"answers": answers, **state(item)}


running = {}


def begin(item, customer, quantity, halt=0):
    """Begin to buy, halted before that statement; whether it is `halted`, or what it came to."""
    changed, go = threading.Event(), threading.Event()
    found = {}

    def before(execute, sql, params, many, context):
        found["count"] = found.get("count", 0) + 1
        if found["count"] == halt:
            found["before"] = " ".join(sql.split()[:2])
            changed.set()
            go.wait(20)
        try:
            return execute(sql, params, many, context)
        except DatabaseError as error:
            found["locked"] = "locked" in str(error)
            raise

    def work():
        try:
            with connection.execute_wrapper(before):
                found["answer"] = bought(item, customer, quantity)
        finally:
            connections.close_all()
            changed.set()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    changed.wait(PATIENCE)
    running.update(thread=thread, go=go, found=found)
    return found.get("before")


def finish():
    """Let it go on to its end; what it came to, and whether the database was locked for it."""
    running["go"].set()
    running["thread"].join(5)
    found = running["found"]
    return [found.get("answer", "no end within 5 s"), found.get("locked", False)]


def deliver(item, price, count):
    """So many more, at a new price; False where the database was locked."""
    from shop.models import Item

    try:
        return bool(Item.objects.filter(pk=item).update(stock=F("stock") + count, price=price))
    except DatabaseError:
        return False


def no_record(stock, quantity):
    """What a buyer gets whose sale cannot be stored."""
    item = stocked(stock, 900)

    def refuse(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "shop_sale" in sql:
            raise DatabaseError("disk I/O error")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        answer = bought(item, "customer", quantity)
    return {"answer": answer, **state(item)}
