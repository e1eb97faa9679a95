"""Lets visitors ask for figures at once, and holds them where a race would be decided."""

import importlib
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from django.db import OperationalError, connection, connections
from django.db.backends.signals import connection_created

from nexus_tui.labs.probing import django_project as project
from nexus_tui.labs.probing import fake_redis

WORKERS = 4
LONGEST = 40.0
"""Seconds of the moved clock that a lone visitor waits before the check gives up."""
changed = threading.Condition()
gates: dict[str, threading.Event] = {}
failing: set[str] = set()
computed: list[str] = []
crowd: list["Visitor"] = []
hanging: dict[str, tuple[threading.Event, "Visitor"]] = {}
workers: list = []
really_sleep = time.sleep


def load():
    fake_redis.movable_clock()
    time.sleep = sleep
    fake_redis.after_each = answered
    connection_created.connect(watch)
    # A file, so that each thread can have a connection of its own.
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(tempfile.gettempdir()) / "shop.sqlite3"),
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"},
    }
    project.set_up("shop", DATABASES={"default": database}, CACHES=fake_redis.caches())
    workers.extend(worker() for _ in range(WORKERS))


def worker():
    """The learner's modules as another process would have them: imported anew."""
    work = str(Path.cwd())
    for name, module in list(sys.modules.items()):
        mine = str(getattr(module, "__file__", None) or "").startswith(work)
        if mine and name not in ("shop", "shop.models"):
            del sys.modules[name]
    return importlib.import_module("shop.reports")


def fill(rows):
    """Nothing but these sales (shop, day, cents), and an empty cache."""
    from shop.models import Sale

    fake_redis.client().flushall()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shop_sale")
    Sale.objects.bulk_create(
        Sale(shop=shop, day=date.fromisoformat(day), cents=cents) for shop, day, cents in rows
    )


def add(shop, day, cents):
    """One sale more, of which the cache is not told."""
    from shop.models import Sale

    Sale.objects.create(shop=shop, day=date.fromisoformat(day), cents=cents)


def forward(by):
    fake_redis.forward(by)


def ask(figure):
    """A lone visitor, whose waiting moves the clock."""
    visitor = Visitor(workers[0], figure, lone=True)
    before = len(computed)
    visitor.start()
    visitor.join(4)
    return visitor.described() | {"computed": len(computed) - before}


def together(figure, visitors):
    """So many visitors at once, held until each of them computes, waits or is done."""
    del computed[:]
    gate = gates[figure[0]] = threading.Event()
    crowd[:] = [Visitor(workers[n % WORKERS], figure) for n in range(visitors)]
    for visitor in crowd:
        visitor.start()
    settle(crowd)
    with changed:
        # One that renews in the background may begin after all visitors were answered.
        changed.wait_for(lambda: computed, 1)
    held = [visitor.described() for visitor in crowd]
    gate.set()
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(4)
    after = [visitor.described() for visitor in crowd]
    crowd.clear()
    del gates[figure[0]]
    return {"held": held, "after": after, "computed": len(computed)}


def overtaken(figure):
    """How often is computed when a second visitor does all between the first one's look and what
    comes next."""
    del computed[:]
    first, second = Visitor(workers[0], figure), Visitor(workers[1], figure)
    first.overtaken_by = second
    first.start()
    first.join(6)
    second.join(4)
    return {"computed": len(computed), "first": first.described(), "second": second.described()}


def hang(figure):
    """A visitor whose computation does not end; those who come after it are not held."""
    gate = gates[figure[0]] = threading.Event()
    visitor = Visitor(workers[1], figure)
    visitor.start()
    settle([visitor])
    hanging[figure[0]] = (gate, visitor)
    del gates[figure[0]]


def let_go(shop):
    """End what hangs."""
    gate, visitor = hanging.pop(shop)
    gate.set()
    visitor.join(4)


def database(shop, answers):
    """Let queries for the sales of a shop fail, or answer again."""
    (failing.discard if answers else failing.add)(shop)


def redis(answers):
    fake_redis.answers(answers)


def gone_meanwhile(figure):
    """A visitor, while whose computation Redis goes away."""
    gate = gates[figure[0]] = threading.Event()
    visitor = Visitor(workers[0], figure)
    visitor.start()
    settle([visitor])
    fake_redis.answers(False)
    gate.set()
    visitor.join(4)
    fake_redis.answers(True)
    del gates[figure[0]]
    return visitor.described()


class Visitor(threading.Thread):
    def __init__(self, module, figure, lone=False):
        super().__init__(daemon=True)
        self.module, self.figure, self.lone = module, figure, lone
        self.state, self.answers, self.waited = "running", 0, 0.0
        self.cents = self.error = self.overtaken_by = None

    def run(self):
        try:
            self.cents = self.module.revenue(*self.figure)
        except Exception as error:
            self.error = f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()
            self.enter("done")

    def start(self):
        """Start; where all tasks of this user are taken, by other checks, when some are free."""
        for _ in range(40):
            try:
                return super().start()
            except RuntimeError:
                really_sleep(0.1)
        return super().start()

    def enter(self, state):
        with changed:
            self.state = state
            changed.notify_all()

    def described(self):
        return {
            "state": self.state,
            "cents": self.cents,
            "error": self.error,
            "waited": round(self.waited, 1),
        }


def settle(visitors):
    with changed:
        changed.wait_for(lambda: all(v.state != "running" for v in visitors), 4)


def watch(connection, **_):
    connection.execute_wrappers.append(query)


def query(execute, sql, parameters, many, context):
    """Count a computation, and hold it or let it fail."""
    visitor = threading.current_thread()
    if not (isinstance(visitor, Visitor) or gates) or not sql.lstrip().startswith("SELECT"):
        return execute(sql, parameters, many, context)
    shop = next((each for each in (*gates, *failing) if each in str((sql, parameters))), None)
    computed.append(str(shop))
    if isinstance(visitor, Visitor):
        visitor.enter("computing")
    else:
        with changed:
            changed.notify_all()
    if shop in gates:
        gates[shop].wait(12)
    if shop in failing:
        raise OperationalError("the database does not answer")
    return execute(sql, parameters, many, context)


def sleep(seconds):
    """Of a lone visitor: let the time pass at once. Of a crowd: wait a little."""
    visitor = threading.current_thread()
    if not isinstance(visitor, Visitor):
        return really_sleep(seconds)
    if not visitor.lone:
        visitor.enter("waiting")
        return really_sleep(min(seconds, 0.02))
    visitor.waited += seconds
    fake_redis.forward(seconds)
    if visitor.waited > LONGEST:
        raise TimeoutError(f"still waiting after {LONGEST:g} s")


def answered(command):
    """Keep a crowd in step: nobody goes on before all have been answered as often."""
    visitor = threading.current_thread()
    if not isinstance(visitor, Visitor):
        return
    if visitor in crowd and visitor.state == "running":
        with changed:
            visitor.answers += 1
            changed.notify_all()
            changed.wait_for(
                lambda: all(v.answers >= visitor.answers or v.state != "running" for v in crowd),
                4,
            )
    elif visitor.overtaken_by and command in ("GET", "MGET"):
        other, visitor.overtaken_by = visitor.overtaken_by, None
        other.start()
        with changed:
            changed.wait_for(lambda: other.state in ("waiting", "done"), 4)
