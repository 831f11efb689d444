"""Unacknowledged copies that come back: to their places in the queue, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mqviz.engine import limits
from mqviz.engine.message import Copy
from mqviz.model.amqp import DeadReason

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue


def requeue(queue: Queue, copies: Iterable[Copy], by_client: bool = False) -> None:
    """Copies go back to their places, redelivered; then limits, then consumers see to them.

    `by_client`: not because the channel was lost. A quorum queue without a delivery limit writes those anew, at its end.
    """
    if not queue.is_alive:
        return
    at_the_end = by_client and queue.type == "quorum" and queue.limits.delivery_limit is None
    for copy in copies:
        queue.unacked -= 1
        copy.redelivered = True
        copy.delivery_count += 1
        if limits.delivered_too_often(queue, copy):
            limits.discard(queue, copy, DeadReason.DELIVERY_LIMIT)
        else:
            _restore(queue, copy, at_the_end)
    if not queue.plain:
        limits.shorten(queue)
        limits.expire(queue, queue.broker.scheduler.now)
    queue.run()


def _restore(queue: Queue, copy: Copy, at_the_end: bool) -> None:
    (queue.ready.append if at_the_end else queue.ready.restore)(copy)
    queue.ready_bytes += copy.message.size
    if queue.broker.tap is not None:
        queue.broker.tap.requeued(copy, queue)
    # A copy that waits for long must not keep alive whom it was delivered to.
    copy.consumer = None


def reject(queue: Queue, copies: Iterable[Copy]) -> None:
    """Copies leave, to the dead-letter exchange if there is one."""
    for copy in copies:
        queue.unacked -= 1
        if queue.is_alive:
            limits.discard(queue, copy, DeadReason.REJECTED)
