"""The operator's hands at the broker: short connections that declare, bind and delete."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mqviz.engine.broker import Broker
from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError


@contextmanager
def at_work(broker: Broker) -> Iterator[Channel]:
    """A channel for a moment."""
    connection = broker.connect(_Operator(), name="operator")
    try:
        yield connection.channel()
    finally:
        connection.close()


class _Operator:
    """Consumes and publishes nothing, so there is nothing to hear."""

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """It has no subscription."""

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """It publishes nothing."""

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """It publishes nothing."""

    def committed(self, channel: Channel) -> None:
        """It has no transactions."""

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """It has no subscription."""

    def channel_closed(self, channel: Channel, error: AmqpError) -> None:
        """It leaves at once anyway."""

    def closed(self, connection: Connection, error: AmqpError) -> None:
        """It leaves at once anyway."""

    def blocked(self, connection: Connection, reason: str) -> None:
        """It publishes nothing."""

    def unblocked(self, connection: Connection) -> None:
        """It publishes nothing."""

    def flow(self, connection: Connection, active: bool) -> None:
        """It publishes nothing."""
