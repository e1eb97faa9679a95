"""What is measured, and when somebody is woken."""

from celery.signals import task_failure, task_retry, task_success
from django.db.models import Min

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


def age(queue):
    """Seconds that the oldest order of a queue has waited; 0: none waits."""
    waiting = Order.objects.filter(queue=queue, status="waiting")
    oldest = waiting.aggregate(oldest=Min("created"))["oldest"]
    return (clock.now() - oldest).total_seconds() if oldest else 0


def collect():
    """Set the gauges; called for each scrape, before the metrics are read."""
    for queue in QUEUES:
        waiting = Order.objects.filter(queue=queue, status="waiting").count()
        metrics.gauge("orders_waiting", waiting, queue=queue)
        metrics.gauge("oldest_waiting_seconds", age(queue), queue=queue)


def alerts():
    """The queues for which somebody is to be woken now; called each minute."""
    return [queue for queue in QUEUES if age(queue) > PROMISED]
