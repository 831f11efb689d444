"""Who hears of what the broker does: the client's side of a connection, and an observer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mqviz.errors import AmqpError

if TYPE_CHECKING:
    from mqviz.engine.channel import Channel
    from mqviz.engine.connection import Connection
    from mqviz.engine.consumer import Consumer
    from mqviz.engine.message import Copy, Message
    from mqviz.engine.queue import Queue


class Sink(Protocol):
    """Takes what the broker sends to one client. It stores or schedules; it never calls the broker back from inside."""

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver."""

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """basic.return."""

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """basic.ack of a publish; basic.nack where `ack` is false."""

    def committed(self, channel: Channel) -> None:
        """tx.commit-ok, where `tx_commit` had to wait for the store."""

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """basic.cancel by the broker: the queue is gone."""

    def channel_closed(self, channel: Channel, error: AmqpError) -> None:
        """The broker closed the channel by itself; not called for an error that a verb raised."""

    def blocked(self, connection: Connection, reason: str) -> None:
        """connection.blocked: nothing more is read from this connection."""

    def unblocked(self, connection: Connection) -> None:
        """connection.unblocked."""

    def flow(self, connection: Connection, active: bool) -> None:
        """TCP back-pressure, no method of AMQP: false is stop sending, true is go on."""

    def closed(self, connection: Connection, error: AmqpError) -> None:
        """The broker closed the connection by itself (it goes down, or was told to)."""


class Tap(Protocol):
    """Observes every step of every copy. It never calls the broker back."""

    def routed(self, message: Message, exchange: str, queue: Queue) -> None:
        """A copy entered a queue; `exchange` is the one that was published to."""

    def delivered(self, copy: Copy, queue: Queue, consumer: Consumer | None, redelivered: bool) -> None:
        """A copy went to a consumer, or was fetched by basic.get (None)."""

    def settled(self, copy: Copy, queue: Queue) -> None:
        """A copy was acknowledged, by ack or automatically."""

    def requeued(self, copy: Copy, queue: Queue) -> None:
        """A copy went back to its queue."""

    def dead_lettered(self, copy: Copy, queue: Queue, exchange: str, reason: str) -> None:
        """A copy left its queue for a dead-letter exchange."""

    def dropped(self, copy: Copy, queue: Queue) -> None:
        """A copy gave way because its queue was too long."""

    def expired(self, copy: Copy, queue: Queue) -> None:
        """A copy was too old."""

    def rejected(self, copy: Copy, queue: Queue) -> None:
        """A copy was rejected without requeue, or delivered too often."""

    def purged(self, copy: Copy, queue: Queue) -> None:
        """A copy was purged, or went with its queue."""

    def lost(self, copy: Copy, queue: Queue) -> None:
        """A copy did not outlive the broker."""

    def refused(self, message: Message, queue: Queue) -> None:
        """A full queue did not take a message."""

    def returned(self, message: Message, exchange: str) -> None:
        """A mandatory message reached no queue."""

    def direct_reply(self, message: Message) -> None:
        """A message went to who asked, through no queue (amq.rabbitmq.reply-to)."""

    def unroutable(self, message: Message, exchange: str) -> None:
        """A message reached no queue and is gone."""
