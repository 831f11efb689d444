"""Looking at the messages of a queue, ready and unacknowledged, without taking them."""

from __future__ import annotations

from mqviz.engine.broker import Broker
from mqviz.engine.message import Copy
from mqviz.model.backend import PeekedMessage


def peek(broker: Broker, queue: str, count: int, now: float) -> tuple[PeekedMessage, ...] | None:
    """The oldest messages of a queue; None where there is no such queue."""
    if queue not in broker.queues:
        return None
    held = [copy for copy in _unacknowledged(broker) if copy.queue is broker.queues[queue]]
    found = [(copy, True) for copy in held] + [(copy, False) for copy in broker.peek(queue, count)]
    found.sort(key=_place)
    return tuple(_peeked(copy, is_held, now) for copy, is_held in found[:count])


def _unacknowledged(broker: Broker) -> list[Copy]:
    channels = (channel for connection in broker.connections.values() for channel in connection.channels.values())
    return [copy for channel in channels for copy in channel.unacked.values()]


def _place(found: tuple[Copy, bool]) -> int:
    return found[0].serial


def _peeked(copy: Copy, is_held: bool, now: float) -> PeekedMessage:
    message = copy.message
    return PeekedMessage(
        message=message.number,
        exchange=message.exchange,
        routing_key=message.routing_key,
        size=message.size,
        age=now - copy.entered,
        redelivered=copy.redelivered,
        unacknowledged=is_held,
        properties=copy.properties,
        body=message.body,
    )
