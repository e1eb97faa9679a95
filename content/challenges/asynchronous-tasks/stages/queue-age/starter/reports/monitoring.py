"""What is measured, and when somebody is woken."""

from celery.signals import task_postrun

from reports import metrics
from reports.models import QUEUES, Order

MOST_WAITING = 1000
PROMISED = 300  # seconds from the order to the result


@task_postrun.connect
def ran(task_id, task, state, **rest):
    outcome = "success" if state == "SUCCESS" else "failure"
    metrics.count("tasks_total", task=task.name, id=task_id, outcome=outcome)


def waiting(queue):
    return Order.objects.filter(queue=queue, status="waiting").count()


def collect():
    """Set the gauges; called for each scrape, before the metrics are read."""
    for queue in QUEUES:
        metrics.gauge("orders_waiting", waiting(queue), queue=queue)


def alerts():
    """The queues for which somebody is to be woken now; called each minute."""
    return [queue for queue in QUEUES if waiting(queue) > MOST_WAITING]
