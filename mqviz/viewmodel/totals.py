"""The totals under the picture: what is true of all queues together."""

from __future__ import annotations

from dataclasses import dataclass

from mqviz.model.snapshot import Snapshot


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
    unroutable = sum(exchange.unroutable for exchange in snapshot.exchanges)
    return Totals(
        ready=sum(queue.messages_ready for queue in queues),
        unacked=sum(queue.messages_unacknowledged for queue in queues),
        redelivered=sum(queue.redelivered for queue in queues),
        dead_lettered=sum(queue.dead_lettered for queue in queues),
        dropped=unroutable + sum(queue.dropped + queue.expired + queue.rejected + queue.lost for queue in queues),
        in_flight=snapshot.ledger.messages.in_transit if snapshot.ledger else None,
    )
