"""When a queue goes by itself: unused for too long (x-expires), or left by its last consumer (auto-delete)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue


def renew(queue: Queue) -> None:
    """Declared, fetched from, left by a consumer, or limited anew: the lease begins again."""
    queue.used = queue.broker.scheduler.now
    if queue.limits.expires is not None and queue.expiry is None:
        _arm(queue)


def _arm(queue: Queue) -> None:
    """One timer for a queue; one that rings too early arms itself again."""
    assert queue.limits.expires is not None
    queue.expiry = queue.broker.scheduler.call_at(queue.used + queue.limits.expires, _ring, queue)


def _ring(queue: Queue) -> None:
    queue.expiry = None
    if queue.limits.expires is None or queue.consumers:
        return
    if queue.used + queue.limits.expires > queue.broker.scheduler.now:
        _arm(queue)
    else:
        queue.broker.delete(queue)


def left(queue: Queue) -> None:
    """A consumer has left: an auto-delete queue goes with its last one, any other begins its lease."""
    if not queue.is_alive:
        return
    if queue.auto_delete and queue.had_consumers and not queue.consumers:
        queue.broker.delete(queue)
    else:
        renew(queue)
