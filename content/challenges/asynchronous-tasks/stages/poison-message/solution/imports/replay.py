"""Sends dead messages of the imports once more; somebody calls it after a repair."""

from imports.queues import QUEUE, dead


def replay(connection):
    """Move the messages that are dead now back to their queue, each of them once."""
    box = dead(connection)
    for _ in range(box.queue_declare(passive=True).message_count):
        letter = box.get()
        if letter is None:
            break
        headers = {
            name: value for name, value in letter.headers.items() if not name.startswith("x-")
        }
        connection.Producer().publish(
            letter.body,
            routing_key=QUEUE,
            headers=headers | {"retries": 0},
            content_type=letter.content_type,
            content_encoding=letter.content_encoding,
            correlation_id=letter.properties.get("correlation_id"),
            delivery_mode=2,
        )
        letter.ack()
