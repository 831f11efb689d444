"""The totals under the picture: what is true of all queues together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from mqviz.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Totals:
    """Messages now ready and unacked; redelivered, dead-lettered and dropped since the start; on the network now. None: cannot be told.

    `dropped`: thrown away by limit, expiry, rejection or restart, or not routed, and not dead-lettered.
    `sampled`: dots do not tell of single messages, but of measured rates.
    """

    ready: int | None = 0
    unacked: int | None = 0
    redelivered: int | None = 0
    dead_lettered: int | None = 0
    dropped: int | None = 0
    in_flight: int | None = None
    sampled: bool = False


def totals_of(snapshot: Snapshot) -> Totals:
    """The totals of a snapshot."""
    queues, counted = snapshot.queues, snapshot.broker.message_stats
    thrown = chain.from_iterable(map(_thrown_away, queues))
    if not is_listed(snapshot):
        return Totals(None, None, None, None, None, sampled=True)
    return Totals(
        ready=sum(queue.messages_ready for queue in queues),
        unacked=sum(queue.messages_unacknowledged for queue in queues) if tells_unacked(snapshot) else None,
        redelivered=counted.redeliver if counted else sum_of_told(queue.redelivered for queue in queues),
        dead_lettered=sum_of_told(queue.dead_lettered for queue in queues),
        dropped=sum_of_told((*thrown, *(exchange.unroutable for exchange in snapshot.exchanges))),
        in_flight=snapshot.ledger.messages.in_transit if snapshot.ledger else None,
        sampled=snapshot.live,
    )


def is_listed(snapshot: Snapshot) -> bool:
    """Whether what there is was told at all: every virtual host has exchanges, so a live broker without any has not listed them."""
    return not snapshot.live or bool(snapshot.exchanges or snapshot.queues)


def tells_unacked(snapshot: Snapshot) -> bool:
    """Whether unacknowledged messages are counted: AMQP alone, which lists no exchanges, tells only of ready ones."""
    return not snapshot.live or bool(snapshot.exchanges)


def sum_of_told(values: Iterable[int | None]) -> int | None:
    """The sum of those that are told; None where there are some and none is."""
    every = list(values)
    told = [value for value in every if value is not None]
    return sum(told) if told or not every else None


_thrown_away = attrgetter("dropped", "expired", "rejected", "lost")
