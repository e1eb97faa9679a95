"""Orders, runs some of the messages, lets time pass, and reads the metrics and the alerts."""

import time
from datetime import timedelta

from django.db.models import Aggregate, Min  # noqa: F401 - warm
from django.utils import timezone

from nexus_tui.labs.probing import celery_app
from nexus_tui.labs.probing import django_project as project

app = celery_app.make("reports")
real_now, real_time = timezone.now, time.time


class State:
    """Seconds that have passed beyond those of the clock; what the work of an order comes to."""

    passed = 0
    outcomes: dict = {}
    messages: list = []


def load():
    # Whatever a learner reads the time from, but the check's own and the database's.
    timezone.now = lambda: real_now() + timedelta(seconds=State.passed)
    time.time = lambda: real_time() + State.passed
    import reports.work

    reports.work.carry_out = carry_out
    project.set_up("reports")
    import reports.monitoring
    import reports.tasks  # noqa: F401 - as the workers do


def carry_out(order):
    """Instead of the work: the next outcome of this order."""
    outcomes = State.outcomes.get(order.pk) or ["done"]
    outcome = outcomes.pop(0) if len(outcomes) > 1 else outcomes[0]
    if outcome == "away":
        raise ConnectionError("the service is away")
    if outcome == "broken":
        raise ValueError(f"order {order.pk} has no sales")


def clear():
    """No orders and no messages."""
    from reports.models import Order

    celery_app.taken(app)
    State.messages.clear()
    Order.objects.all().delete()


def order(queue, outcomes=None, lost=False):
    """One more order; its message is sent, or it is lost."""
    from reports import tasks
    from reports.models import Order

    made = Order.objects.create(queue=queue)
    State.outcomes[made.pk] = list(outcomes or [])
    if not lost:
        task = tasks.render_report if queue == "report" else tasks.send_mail
        task.delay(made.pk)
        State.messages += celery_app.taken(app)


def order_many(queue, count):
    """So many orders at once, whose messages nobody will take here."""
    from reports.models import Order

    Order.objects.bulk_create(Order(queue=queue) for _ in range(count))


def let_pass(time):
    """So many seconds pass."""
    State.passed += time


def work(most=None):
    """Run so many messages, or all of them with their retries."""
    runs = 0
    while State.messages and (most is None or runs < most):
        celery_app.run(app, State.messages.pop(0))
        State.messages += celery_app.taken(app)
        runs += 1


def finish_lost():
    """Somebody finds the orders whose messages were lost."""
    from reports.models import Order

    Order.objects.filter(status="waiting").update(status="done")


def scrape():
    """The text of the metrics, and the queues that wake somebody."""
    from reports import metrics, monitoring

    monitoring.collect()
    return {"text": metrics.expose(), "alerts": sorted(monitoring.alerts())}
