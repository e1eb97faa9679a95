"""A worker on a real RabbitMQ, suppliers that do what they are told, and a look at both queues."""

import importlib
import os
import threading
import time
from collections import Counter
from urllib import error, request  # noqa: F401 - warm

import amqp
import celery.concurrency.solo  # noqa: F401 - warm
import celery.worker.components
import celery.worker.consumer
import celery.worker.loops  # noqa: F401 - warm
import kombu
import kombu.transport.pyamqp  # noqa: F401 - warm
from celery import Celery, signals
from celery.contrib.testing.worker import start_worker
from celery.worker.consumer.delayed_delivery import DelayedDelivery

URL, PREFIX = os.environ["NEXUS_RABBITMQ_URL"], os.environ["NEXUS_PREFIX"]
MAIN, DEAD = PREFIX + "imports", PREFIX + "imports-dead"
MOST_RUNS = 20
"""Of one message, after which its supplier is well again: so a hot loop ends."""
QUIET = 0.5
"""Seconds in which nothing happens, after which no more is expected."""
LOOKS = 5
"""Looks at the queues in that time, at least: the broker may be slow."""
LONGEST = 10.0
"""Seconds that are waited in all."""


class Hasty(Celery):
    """The app of the check: no message waits for its countdown."""

    def send_task(self, *args, **options):
        return super().send_task(*args, **options | {"countdown": None, "eta": None})


app = Hasty("imports", broker=URL)
app.conf.update(
    broker_heartbeat=0,
    broker_connection_retry_on_startup=False,
    broker_transport_options={"confirm_publish": True},
    control_exchange=PREFIX + "control",
    event_exchange=PREFIX + "events",
    task_default_queue=MAIN,
    worker_enable_remote_control=False,
    worker_prefetch_multiplier=1,
)
app.set_default()
# With a quorum queue it would declare 56 queues and exchanges that outlive the run.
DelayedDelivery.include_if = lambda self, consumer: False


class State:
    """What the suppliers say, one run after another, and what has happened."""

    scripts: dict = {}
    runs: Counter = Counter()
    saved: dict = {}
    sent = 0
    ended = 0
    on_publish = None
    worker = None
    look = None


def load():
    import imports.suppliers

    imports.suppliers.fetch = fetch
    imports.suppliers.save = save
    import imports.queues

    importlib.import_module("imports.tasks")
    with app.connection_for_write() as connection:
        imports.queues.declare(connection)
    app.conf.task_queues = [imports.queues.imports]
    signals.task_postrun.connect(ended, weak=False)
    for name in ("_basic_publish", "basic_publish"):
        setattr(amqp.Channel, name, watched(getattr(amqp.Channel, name)))


def fetch(name):
    """Instead of a supplier: the next line of its script, the last one for ever."""
    State.runs[name] += 1
    script = State.scripts[name]
    said = script.pop(0) if len(script) > 1 else script[0]
    if said == "good" or State.runs[name] > MOST_RUNS:
        return f"{name};{len(name)}"
    if said == "away":
        raise ConnectionError(f"{name} is away")
    return f"{name};1,20 EUR"


def save(prices):
    State.saved.update(prices)


def ended(**_):
    State.ended += 1


def watched(publish):
    def watching(channel, message, exchange="", routing_key="", *more, **options):
        hook = State.on_publish
        if threading.current_thread() is not threading.main_thread():
            hook = None
        if hook:
            hook("before")
        State.sent += routing_key == MAIN
        found = publish(channel, message, exchange, routing_key, *more, **options)
        if hook:
            hook("after")
        return found

    return watching


def waiting(queue):
    """Messages that are ready in a queue; None: there is no such queue."""
    State.look = State.look or app.connection_for_read()
    channel = State.look.channel()
    try:
        return channel.queue_declare(queue, passive=True).message_count
    except amqp.NotFound:
        return None
    finally:
        channel.close()


def settle(done, dead, quiet=QUIET):
    """Wait until so many are saved and dead, or nothing happens any more."""
    until, before, since, looks = time.monotonic() + LONGEST, None, 0.0, 0
    while (now := time.monotonic()) < until:
        found = (len(State.saved), waiting(DEAD))
        idle = State.ended >= State.sent and not waiting(MAIN)
        if idle and found == (done, dead):
            return
        state = (found, State.ended)
        if state != before or not idle:
            before, since, looks = state, now, 0
        elif now - since > quiet and looks >= LOOKS:
            return
        looks += 1
        time.sleep(0.03)


def start(scripts):
    """Forget all before; a message for each of these suppliers, in this order."""
    with app.connection_for_write() as connection:
        for queue in (MAIN, DEAD):
            if waiting(queue) is not None:
                connection.default_channel.queue_purge(queue)
    State.scripts = {name: list(script) for name, script in scripts}
    State.runs, State.saved = Counter(), {}
    State.sent = State.ended = 0
    task = importlib.import_module("imports.tasks").import_prices
    for name, _ in scripts:
        task.delay(name)
    if State.worker is None:
        # Now only: the first messages are all there when the first of them is taken.
        State.worker = start_worker(
            app, loglevel="CRITICAL", perform_ping_check=False, use_eventloop=False
        )
        State.worker.__enter__()


def send(scripts, done=0, dead=0):
    """Send them, and say what has happened when so many are done and dead."""
    start(scripts)
    settle(done, dead)
    return seen()


def seen():
    return {
        "runs": dict(State.runs),
        "done": sorted(State.saved),
        "dead": letters(),
    }


def letters():
    """The dead messages, which stay where they are; None: there is no queue for them."""
    found = []
    if waiting(DEAD) is None:
        return None
    with app.connection_for_read() as connection:
        box = kombu.Queue(DEAD)(connection.default_channel)
        while (message := box.get(no_ack=False)) is not None:
            args, kwargs, _ = message.payload
            death = (message.headers.get("x-death") or [{}])[0]
            found.append(
                {
                    "name": (list(args) + list(kwargs.values()) + [None])[0],
                    "reason": death.get("reason"),
                    "from": str(death.get("queue")).removeprefix(PREFIX),
                }
            )
    return found


def replayed(scripts, done, dead):
    """What a replay comes to, with these scripts from now on, and a worker that is quicker."""
    from imports.replay import replay

    State.scripts |= {name: list(script) for name, script in scripts}

    def hook(moment):
        if moment == "after":
            settle(-1, -1, quiet=0.15)

    State.on_publish = hook
    try:
        with app.connection_for_write() as connection:
            replay(connection)
    finally:
        State.on_publish = None
    settle(done, dead)
    return seen()


def broken_off(scripts, at):
    """What is there after a replay whose connection breaks at the publish of this number."""
    from imports.replay import replay

    State.scripts |= {name: list(script) for name, script in scripts}
    count = 0

    def hook(moment):
        nonlocal count
        count += moment == "before"
        if count >= at and moment == "before":
            raise ConnectionResetError("the connection to the broker broke")

    State.on_publish = hook
    try:
        with app.connection_for_write() as connection:
            replay(connection)
    except Exception:
        pass  # that is what happens to whoever calls it
    State.on_publish = None
    settle(at - 1, len(scripts) - at + 1)
    return seen() | {"published": count}
