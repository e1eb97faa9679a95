"""The queues of the imports on RabbitMQ."""

import os

from kombu import Exchange, Queue

PREFIX = os.environ.get("NEXUS_PREFIX", "")
QUEUE = PREFIX + "imports"
DEAD_EXCHANGE = PREFIX + "imports-dlx"
DEAD_QUEUE = PREFIX + "imports-dead"

# The worker reads this queue and no other.
imports = Queue(
    QUEUE,
    durable=True,
    queue_arguments={
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": DEAD_QUEUE,
    },
)
dead = Queue(
    DEAD_QUEUE,
    exchange=Exchange(DEAD_EXCHANGE, type="direct"),
    routing_key=DEAD_QUEUE,
    durable=True,
)


def declare(connection):
    """Make all queues and exchanges; each deployment calls it before the workers start."""
    imports(connection).declare()
    dead(connection).declare()
