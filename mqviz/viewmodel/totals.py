"""The totals under the picture: what is true of all queues together."""

from __future__ import annotations

from dataclasses import dataclass

from mqviz.model.snapshot import QueueStats, Snapshot


@dataclass(frozen=True, slots=True)
class Totals:
    """Messages now ready and unacked; redelivered, dead-lettered and dropped since the start; on the network now (None: cannot be told).

    `dropped`: thrown away by limit, expiry, rejection or restart, or not routed, and not dead-lettered.
    """

    ready: int = 0
    unacked: int = 0
    redelivered: int = 0
    dead_lettered: int = 0
    dropped: int = 0
    in_flight: int | None = None


def totals_of(snapshot: Snapshot) -> Totals:
    """The totals of a snapshot."""
    queues = snapshot.queues
    unroutable = sum(exchange.unroutable or 0 for exchange in snapshot.exchanges)
    return Totals(
        ready=sum(queue.messages_ready for queue in queues),
        unacked=sum(queue.messages_unacknowledged for queue in queues),
        redelivered=sum(queue.redelivered or 0 for queue in queues),
        dead_lettered=sum(queue.dead_lettered or 0 for queue in queues),
        dropped=unroutable + sum(_thrown_away(queue) for queue in queues),
        in_flight=snapshot.ledger.messages.in_transit if snapshot.ledger else None,
    )


def _thrown_away(queue: QueueStats) -> int:
    return (queue.dropped or 0) + (queue.expired or 0) + (queue.rejected or 0) + (queue.lost or 0)
