"""The queues of the imports on RabbitMQ."""

import os

from kombu import Queue

PREFIX = os.environ.get("NEXUS_PREFIX", "")
QUEUE = PREFIX + "imports"
DEAD_EXCHANGE = PREFIX + "imports-dlx"
DEAD_QUEUE = PREFIX + "imports-dead"

# The worker reads this queue and no other.
imports = Queue(QUEUE, durable=True)


def declare(connection):
    """Make all queues and exchanges; each deployment calls it before the workers start."""
    imports(connection).declare()
