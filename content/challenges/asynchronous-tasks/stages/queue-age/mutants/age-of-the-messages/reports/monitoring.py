"""What is measured, and when somebody is woken."""

from celery.signals import (
    before_task_publish,
    task_failure,
    task_prerun,
    task_retry,
    task_success,
)

from reports import clock, metrics
from reports.models import QUEUES, Order

PROMISED = 300  # seconds from the order to the result


sent = {}


@before_task_publish.connect
def noted(sender, headers, **rest):
    queue = "mail" if sender.endswith("send_mail") else "report"
    sent.setdefault(headers["id"], (queue, clock.now()))


@task_prerun.connect
def started(task_id, **rest):
    sent.pop(task_id, None)


@task_success.connect
def succeeded(sender, **rest):
    metrics.count("tasks_total", task=sender.name, outcome="success")


@task_failure.connect
def failed(sender, **rest):
    metrics.count("tasks_total", task=sender.name, outcome="failure")


@task_retry.connect
def retried(sender, **rest):
    metrics.count("tasks_total", task=sender.name, outcome="retry")


def age(queue):
    """Seconds since the oldest message of a queue was sent that has not been started."""
    times = [time for name, time in sent.values() if name == queue]
    return (clock.now() - min(times)).total_seconds() if times else 0


def collect():
    """Set the gauges; called for each scrape, before the metrics are read."""
    for queue in QUEUES:
        waiting = Order.objects.filter(queue=queue, status="waiting").count()
        metrics.gauge("orders_waiting", waiting, queue=queue)
        metrics.gauge("oldest_waiting_seconds", age(queue), queue=queue)


def alerts():
    """The queues for which somebody is to be woken now; called each minute."""
    return [queue for queue in QUEUES if age(queue) > PROMISED]
