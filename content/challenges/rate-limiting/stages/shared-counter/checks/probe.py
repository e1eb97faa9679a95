"""One worker: its attempts can be halted between two commands that they send to Redis."""

import os
import threading
import time

import redis
import redis.lock  # noqa: F401 - warm
from redis.backoff import NoBackoff
from redis.connection import AbstractConnection
from redis.retry import Retry

here = threading.local()
send_packed_command = AbstractConnection.send_packed_command
admin = redis.Redis.from_url(os.environ["NEXUS_REDIS_URL"])


def load():
    admin.ping()
    AbstractConnection.send_packed_command = halting
    import shop.counter  # noqa: F401 - as a worker does


def halting(connection, *arguments, **more):
    """What all commands go through: a thread with a gate is asked to wait there."""
    gate = getattr(here, "gate", None)
    if gate is not None:
        gate.before_command()
    return send_packed_command(connection, *arguments, **more)


def new_client():
    """A client that is connected already, so that each further command is one of `hit`."""
    client = redis.Redis.from_url(os.environ["NEXUS_REDIS_URL"], retry=Retry(NoBackoff(), 0))
    client.ping()
    return client


class Halt:
    """Stops a thread when it has sent so many commands and wants to send the next."""

    def __init__(self, after):
        self.after, self.sent = after, 0
        self.changed, self.go = threading.Event(), threading.Event()
        self.state = "running"

    def before_command(self):
        if self.sent == self.after:
            self.state = "halted"
            self.changed.set()
            self.go.wait(20)
            self.state = "running"
        self.sent += 1


class Together:
    """Lets no thread send its second command before all others want to, or are done."""

    def __init__(self, count):
        self.left, self.turn = count, threading.Condition()
        self.open = False

    def before_command(self):
        here.sent = getattr(here, "sent", 0) + 1
        if here.sent == 2:
            self.arrive(wait=True)

    def arrive(self, wait):
        with self.turn:
            self.left -= 1
            self.turn.notify_all()
            # Where one holds a lock the others never come: then none waits any more.
            if wait and not self.turn.wait_for(lambda: self.open or self.left <= 0, 2):
                self.open = True
                self.turn.notify_all()


class Down:
    """No command reaches Redis."""

    def __init__(self, error):
        self.error = error

    def before_command(self):
        raise self.error("Redis does not answer")


def crowd(key, count, limit, window):
    """How many of so many threads are let in that all ask at once, and what they raised."""
    from shop.counter import hit

    gate, found = Together(count), []
    clients = [new_client() for _ in range(count)]

    def attempt(client):
        here.gate, here.sent = gate, 0
        try:
            found.append(bool(hit(client, key, limit, window)))
        except Exception as error:
            found.append(f"{type(error).__name__}: {error}")
        if here.sent < 2:
            gate.arrive(wait=False)

    threads = [threading.Thread(target=attempt, args=[each], daemon=True) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    for client in clients:
        client.close()
    raised = [each for each in found if isinstance(each, str)]
    return {"let_in": found.count(True), "answered": len(found), "raised": raised[:1]}


def hits(key, times, limit, window):
    """What so many attempts come to, one after another."""
    from shop.counter import hit

    client = new_client()
    found = [bool(hit(client, key, limit, window)) for _ in range(times)]
    client.close()
    return found


running: list = []


def begin(key, limit, window, after=None, patience=6):
    """Begin an attempt that is halted after so many commands; whether it is halted, or done.

    Where it waits for something else, it is left to that after some seconds.
    """
    from shop.counter import hit

    gate, found, client = Halt(after), {}, new_client()

    def attempt():
        here.gate = gate
        try:
            found["value"] = bool(hit(client, key, limit, window))
        except Exception as error:
            found["raised"] = f"{type(error).__name__}: {error}"
        gate.state = "done"
        gate.changed.set()

    thread = threading.Thread(target=attempt, daemon=True)
    running.append((thread, gate, found, client))
    thread.start()
    gate.changed.wait(patience)
    return {"state": gate.state, "sent": gate.sent}


def finish():
    """Let the attempt go on to its end: `value`, or what it `raised`."""
    thread, gate, found, client = running.pop()
    gate.go.set()
    thread.join(20)
    client.close()
    return found or {"raised": "it does not come to an end"}


def keys():
    """All keys, each with the seconds after which it goes, or -1."""
    return {key.decode("utf-8", "replace"): admin.ttl(key) for key in admin.scan_iter()}


def forget():
    """Delete all keys, as their expiry would."""
    admin.flushdb()


def insist(key, limit, window):
    """After how many seconds a client gets in that used all attempts and never stops trying."""
    from shop.counter import hit

    client = new_client()
    for number in range(3):
        name, began = f"{key}:{number}", time.monotonic()
        for _ in range(limit + 1):
            hit(client, name, limit, window)
        last = time.monotonic()
        while last < began + 2.5 * window:
            time.sleep(0.15 * window)
            now = time.monotonic()
            if now - last > 0.8 * window:
                break  # this machine was busy elsewhere: whoever pauses so long proves nothing
            last = now
            if hit(client, name, limit, window):
                client.close()
                return last - began
        else:
            client.close()
            return None
    return window


def without_redis(key, error, limit, window):
    """What attempts come to while Redis fails so, and how often the metric counted it."""
    from shop import metrics
    from shop.counter import hit

    client, before = new_client(), metrics.values["limiter_unavailable"]
    here.gate = Down(getattr(redis, error))
    try:
        answers = [bool(hit(client, key, limit, window)) for _ in range(limit + 2)]
    except redis.RedisError as raised:
        answers = f"{type(raised).__name__} leaves hit()"
    finally:
        here.gate = None
        client.close()
    return {"answers": answers, "counted": metrics.values["limiter_unavailable"] - before}
