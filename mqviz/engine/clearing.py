"""What happens to all ready copies of a queue at once: they are purged, or the broker goes down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mqviz.engine.message import Copy

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue


def purge(queue: Queue) -> int:
    """Throw away what is ready; how many."""
    gone, broker = _cleared(queue), queue.broker
    queue.purged += len(gone)
    queue.exits += len(gone) * broker.scheduler.now
    for copy in gone:
        if broker.watching:
            broker.left(copy)
        if broker.tap is not None:
            broker.tap.purged(copy, queue)
    return len(gone)


def lose(queue: Queue) -> None:
    """The broker goes down: transient messages are lost (a quorum queue has none), of a transient queue all."""
    broker = queue.broker
    for copy in _cleared(queue):
        if queue.keeps(copy.message):
            queue.ready.append(copy)
            queue.message_bytes += copy.message.size
            continue
        queue.lost += 1
        queue.exits += broker.scheduler.now
        if broker.tap is not None:
            broker.tap.lost(copy, queue)
    queue.count_ready_bytes()


def _cleared(queue: Queue) -> list[Copy]:
    """What was ready, taken out."""
    gone = list(queue.ready)
    queue.ready.clear()
    queue.ready_bytes = 0
    queue.message_bytes -= sum(copy.message.size for copy in gone)
    return gone
