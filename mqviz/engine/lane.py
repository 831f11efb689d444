"""What a client publishes again and again, looked at once: straight into the queues, as long as nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mqviz.engine.message import Message
from mqviz.engine.routing import Exchange, Route
from mqviz.model.amqp import Properties

if TYPE_CHECKING:
    from mqviz.engine.publishing import Publishing

NO_ROUTE = Route((), remembered=False)


class Lane:
    """Messages of one channel that differ in nothing but their time, without a body, and not mandatory.

    One goes the way of `Publishing.publish`, which looks at everything. Those that follow need not, as long as the route is true:
    a broker that has to look at publishes forgets all routes, a channel that gets confirms or a transaction, or closes, leaves its lanes.
    """

    __slots__ = ("_channel", "_name", "_properties", "_route", "_routing_key", "_size", "_target")

    def __init__(self, channel: Publishing, exchange: str, routing_key: str, properties: Properties, size: int) -> None:
        self._channel = channel
        self._target: Exchange = channel.broker.topology.default
        self._name = exchange
        self._routing_key = routing_key
        self._properties = properties
        self._size = size
        self._route = NO_ROUTE

    def publish(self) -> None:
        """basic.publish of one more."""
        channel, route = self._channel, self._route
        if not route.is_true:
            self._publish_with_care()
            return
        broker = channel.broker
        now = broker.scheduler.now
        broker.published = number = broker.published + 1
        message = Message(self._name, self._routing_key, self._properties, b"", self._size, number, now, None)
        queue = route.only
        if queue is not None and queue.push(message, now):
            route.taken += 1
        else:
            channel.put(message, self._target, route)

    def _publish_with_care(self) -> None:
        channel = self._channel
        channel.publish(self._name, self._routing_key, b"", self._properties, size=self._size)
        if not (channel.unusual or channel.confirming or channel.broker.guarded):
            self._target = channel.targets[self._name]
            self._route = self._target.routes.get(self._routing_key, NO_ROUTE)

    def leave(self) -> None:
        """Look at everything again with the next message."""
        self._route = NO_ROUTE
