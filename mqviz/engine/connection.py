"""A client's connection: its channels, and whether the broker reads what it publishes."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING

from mqviz.engine.channel import Channel
from mqviz.engine.publishing import Publication
from mqviz.engine.refusals import refusal
from mqviz.engine.sink import Sink
from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.queue import Queue

CAPABILITIES = frozenset(
    {
        "publisher_confirms",
        "exchange_exchange_bindings",
        "basic.nack",
        "consumer_cancel_notify",
        "connection.blocked",
        "authentication_failure_close",
    }
)
"""What a client can tell in connection.start-ok that it understands."""

CHANNEL_MAX = 2047


class ConnectionState(StrEnum):
    """Whether the broker reads from it. Blocking: there is an alarm, but it has not published since."""

    RUNNING = "running"
    FLOW = "flow"
    BLOCKING = "blocking"
    BLOCKED = "blocked"
    CLOSED = "closed"


class Connection:
    """One client. All its channels close with it, then its exclusive queues are deleted.

    `owned`: its exclusive queues. `unread`: what was published while it was blocked or in flow. It waits as it would in the TCP
    buffers, is published when the connection goes on, and is lost with it; it stays here then, to be counted. A client that is
    not read from had better not send.
    """

    __slots__ = (
        "broker",
        "capabilities",
        "channels",
        "in_flow",
        "is_blocked",
        "is_open",
        "name",
        "owned",
        "sink",
        "unread",
        "user",
    )

    def __init__(self, broker: Broker, sink: Sink, name: str, user: str, capabilities: frozenset[str]) -> None:
        self.broker = broker
        self.sink = sink
        self.name = name
        self.user = user
        self.capabilities = capabilities
        self.channels: dict[int, Channel] = {}
        self.unread: deque[tuple[Channel, Publication]] = deque()
        self.owned: dict[Queue, None] = {}
        self.is_open = True
        self.is_blocked = False
        self.in_flow = False

    @property
    def state(self) -> ConnectionState:
        """As the management API tells it."""
        if not self.is_open:
            return ConnectionState.CLOSED
        if self.is_blocked:
            return ConnectionState.BLOCKED
        if self.broker.alarms.on:
            return ConnectionState.BLOCKING
        return ConnectionState.FLOW if self.in_flow else ConnectionState.RUNNING

    # -- whether it is read from ----------------------------------------------------------------

    @property
    def is_read(self) -> bool:
        """Whether the broker takes what it publishes."""
        return not (self.is_blocked or self.in_flow)

    def takes(self, size: int) -> bool:
        """Whether a message that is published now is read.

        The first one in an alarm blocks the connection with its header, before its body has been read
        (rabbit_reader); one without a body has been read by then.
        """
        if not self.is_read:
            return False
        if self.broker.alarms.on:
            self._block()
            return not size
        return True

    def alarmed(self) -> None:
        """There is an alarm: who is in flow has published and is blocked at once."""
        if self.in_flow:
            self._block()

    def _block(self) -> None:
        self.is_blocked = True
        if "connection.blocked" in self.capabilities:
            self.sink.blocked(self, self.broker.alarms.reason)
        elif not self.in_flow:
            self.sink.flow(self, False)

    def unblock(self) -> None:
        """The alarm is over."""
        if not self.is_blocked:
            return
        self.is_blocked = False
        if "connection.blocked" in self.capabilities:
            self.sink.unblocked(self)
        elif not self.in_flow:
            self.sink.flow(self, True)
        self._read_on()

    def set_flow(self, in_flow: bool) -> None:
        """Go into flow or out of it."""
        self.in_flow = in_flow
        if not self.is_blocked or "connection.blocked" in self.capabilities:
            self.sink.flow(self, not in_flow)
        self._read_on()

    def _read_on(self) -> None:
        while self.unread and self.is_read:
            channel, publication = self.unread.popleft()
            try:
                channel.publish_again(publication)
            except AmqpError as error:
                self.unread.appendleft((channel, publication))
                if error.closes_connection:
                    self.sink.closed(self, error)
                else:
                    self.sink.channel_closed(channel, error)
                self.unread.popleft()

    # -- whether it reads ------------------------------------------------------------------------

    def pause(self) -> None:
        """The client does not read: its consumers get nothing until `resume`."""
        for channel in self.channels.values():
            for consumer in channel.consumers.values():
                consumer.pause()

    def resume(self) -> None:
        """The client reads again."""
        for channel in list(self.channels.values()):
            for consumer in list(channel.consumers.values()):
                consumer.resume()

    # -- channels -------------------------------------------------------------------------------

    def channel(self, number: int | None = None) -> Channel:
        """channel.open, of the lowest free number unless one is given."""
        if not self.is_open:
            raise refusal(ReplyCode.CONNECTION_FORCED, "connection is closed")
        if number is None:
            number = next(each for each in range(1, CHANNEL_MAX + 2) if each not in self.channels)
        if number in self.channels:
            raise self.fail(refusal(ReplyCode.CHANNEL_ERROR, "second 'channel.open' seen"))
        if len(self.channels) >= CHANNEL_MAX:
            text = f"number of channels opened ({CHANNEL_MAX}) has reached the negotiated channel_max ({CHANNEL_MAX})"
            raise self.fail(refusal(ReplyCode.NOT_ALLOWED, text))
        channel = self.channels[number] = Channel(self, number)
        return channel

    def fail(self, error: AmqpError) -> AmqpError:
        """Close because of a hard error; gives it back to be raised."""
        self.close()
        return error

    def close(self) -> None:
        """connection.close: unacknowledged messages go back, exclusive queues are deleted."""
        if not self.is_open:
            return
        self.is_open = False
        channels = [self.channels[number] for number in sorted(self.channels)]
        for channel in channels:
            channel.stop_consuming()
        for channel in channels:
            channel.close()
        self.broker.disconnected(self)
