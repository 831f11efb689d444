"""A client's connection: its channels, and whether it may go on sending."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from mqviz.engine.channel import Channel
from mqviz.engine.refusals import refusal
from mqviz.engine.sink import Sink
from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker

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
    """Whether the broker reads from it: blocking is an alarm before it has published, blocked after."""

    RUNNING = "running"
    FLOW = "flow"
    BLOCKING = "blocking"
    BLOCKED = "blocked"
    CLOSED = "closed"


class Connection:
    """One client. All its channels close with it, then its exclusive queues are deleted."""

    __slots__ = ("broker", "capabilities", "channels", "name", "sink", "state", "user")

    def __init__(self, broker: Broker, sink: Sink, name: str, user: str, capabilities: frozenset[str]) -> None:
        self.broker = broker
        self.sink = sink
        self.name = name
        self.user = user
        self.capabilities = capabilities
        self.channels: dict[int, Channel] = {}
        self.state = ConnectionState.RUNNING

    @property
    def is_open(self) -> bool:
        """Whether it is still there."""
        return self.state is not ConnectionState.CLOSED

    def channel(self, number: int | None = None) -> Channel:
        """channel.open, of the lowest free number unless one is given."""
        if not self.is_open:
            raise refusal(ReplyCode.CONNECTION_FORCED, "connection is closed")
        if number is None:
            number = next(each for each in range(1, CHANNEL_MAX + 2) if each not in self.channels)
        if number in self.channels:
            raise self.fail(refusal(ReplyCode.CHANNEL_ERROR, "second 'channel.open' seen"))
        if number > CHANNEL_MAX:
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
        self.state = ConnectionState.CLOSED
        for number in sorted(self.channels):
            self.channels[number].close()
        self.broker.disconnected(self)
