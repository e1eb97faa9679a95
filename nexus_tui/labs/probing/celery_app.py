"""A Celery app with a broker in memory. The check is its worker: it says which message runs when.

Nothing waits here: a countdown is read, not slept.
"""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING, Any

import celery.contrib.django.task
import celery.utils.dispatch.signal  # noqa: F401 - warm
from celery import Celery, signals
from celery.app.trace import build_tracer
from celery.backends.base import KeyValueStoreBackend
from kombu.exceptions import KombuError
from kombu.transport import memory, virtual  # noqa: F401 - warm

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MOST_ASKED = 100
"""Looks at results after which somebody waits for one."""


class WaitsForResult(Exception):
    """Somebody waits for the result of a task that no worker runs meanwhile."""


class Results(KeyValueStoreBackend):  # type: ignore[misc]
    """A result backend in memory that refuses to be waited for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._kept: dict[str, Any] = {}
        self.asked = 0

    def get(self, key: Any) -> Any:
        return self._kept.get(str(key))

    def mget(self, keys: Any) -> Any:
        return [self.get(key) for key in keys]

    def set(self, key: Any, value: Any) -> None:
        self._kept[str(key)] = value

    def delete(self, key: Any) -> None:
        self._kept.pop(str(key), None)

    def wait_for_pending(self, result: Any, **_options: Any) -> Any:
        raise WaitsForResult("waits for the result of a task, and no worker is free")

    def get_task_meta(self, task_id: Any, cache: bool = True) -> Any:
        self.asked += 1
        if self.asked > MOST_ASKED:
            raise WaitsForResult(f"asked {MOST_ASKED} times for the result of a task")
        return super().get_task_meta(task_id, cache=cache)


class App(Celery):  # type: ignore[misc]
    """The app of the check; tasks made by `shared_task` are its own."""

    def _get_backend(self) -> Results:
        if not hasattr(self, "results"):
            self.results = Results(app=self)
        return self.results


def make(name: str = "shop", **conf: Any) -> App:
    """The current and default app of this process, with Django's `delay_on_commit` on its tasks."""
    app = App(name, broker="memory://", task_cls="celery.contrib.django.task:DjangoTask")
    app.conf.update(conf)
    app.set_default()
    app.set_current()
    return app


def on_publish(do: Callable[[], None]) -> None:
    """Call this each time after a message was sent, in the thread that sent it."""
    signals.after_task_publish.connect(lambda **_: do(), weak=False)


def taken(app: App) -> list[dict[str, Any]]:
    """All messages that wait in any queue, oldest first; they are off the broker then."""
    found = []
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        for name in sorted(memory.Channel.queues):
            while True:
                try:
                    message = channel.message_to_python(channel._get(name))
                except queue.Empty:
                    break
                found.append(_described(message, name))
    return found


def _described(message: Any, name: str) -> dict[str, Any]:
    headers = dict(message.headers)
    try:
        args, kwargs, embedded = message.payload
        refused = None
    except KombuError as error:
        args, kwargs, embedded = (), {}, {}
        refused = f"{type(error).__name__}: {error}"
    return {
        "id": headers.get("id"),
        "task": headers.get("task"),
        "queue": name,
        "args": list(args),
        "kwargs": dict(kwargs),
        "headers": headers,
        "embedded": embedded,
        "refused": refused,
    }


def run(app: App, message: dict[str, Any], *, redelivered: bool = False) -> dict[str, Any]:
    """What one run of a message comes to: its `state`, `error`, and `pause` before the next run.

    The run is traced as a worker does it. A retry is a new message on the broker.
    """
    if message["refused"]:
        return {"state": "FAILURE", "error": message["refused"], "pause": None}
    task = app.tasks.get(message["task"])
    if task is None:
        error = f"NotRegistered: the worker knows no task {message['task']}"
        return {"state": "FAILURE", "error": error, "pause": None}
    request = {
        **message["headers"],
        **(message["embedded"] or {}),
        "hostname": "worker",
        "is_eager": False,
        "delivery_info": {
            "exchange": "",
            "routing_key": message["queue"],
            "priority": 0,
            "redelivered": redelivered,
        },
    }
    trace = build_tracer(task.name, task, app=app, hostname="worker")
    info = trace(message["id"], message["args"], message["kwargs"], request).info
    if info is None:
        return {"state": "SUCCESS", "error": None, "pause": None}
    pause = getattr(info.retval, "when", None) if info.state == "RETRY" else None
    said = f"{type(info.retval).__name__}: {info.retval}"
    return {"state": info.state, "error": said, "pause": _seconds(pause, app)}


def _seconds(pause: float | datetime | None, app: App) -> float | None:
    if pause is None or isinstance(pause, int | float):
        return pause
    left: float = (pause - app.now()).total_seconds()
    return left
