"""What is measured, and when somebody is woken."""

from celery.signals import task_failure, task_retry, task_success
from django.db.models import Count, Min

from reports import clock, metrics
from reports.models import QUEUES, Order

PROMISED = 300  # seconds from the order to the result


@task_success.connect
def succeeded(sender, **rest):
    metrics.count("tasks_total", task=sender.name, outcome="success")


@task_failure.connect
def failed(sender, **rest):
    metrics.count("tasks_total", task=sender.name, outcome="failure")


@task_retry.connect
def retried(sender, **rest):
    metrics.count("tasks_total", task=sender.name, outcome="retry")


ages = {}


def collect():
    """Set the gauges; called for each scrape, before the metrics are read."""
    waiting = Order.objects.filter(status="waiting").values("queue")
    for row in waiting.annotate(oldest=Min("created"), waiting=Count("pk")):
        ages[row["queue"]] = (clock.now() - row["oldest"]).total_seconds()
        metrics.gauge("orders_waiting", row["waiting"], queue=row["queue"])
        metrics.gauge("oldest_waiting_seconds", ages[row["queue"]], queue=row["queue"])


def alerts():
    """The queues for which somebody is to be woken now; called each minute."""
    return [queue for queue in QUEUES if ages.get(queue, 0) > PROMISED]
