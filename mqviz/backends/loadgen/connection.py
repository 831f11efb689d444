"""A client's connection to the real broker, and how it is held back when the network does not take what it publishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pika.adapters.select_connection import IOLoop

from mqviz.backends.loadgen.channel import RealChannel
from mqviz.backends.loadgen.line import Line, error_of
from mqviz.engine.connection import CAPABILITIES, Connection
from mqviz.engine.sink import Sink
from mqviz.errors import AmqpError
from mqviz.sim.client import Client

if TYPE_CHECKING:
    from mqviz.backends.loadgen.broker import RealBroker

HIGH, LOW = 1 << 20, 1 << 18
"""Bytes unsent at which publishing is held, and at which it goes on."""

_AGAIN, _TRIES = 0.001, 500
"""Seconds between two looks at whether all is sent, and how many of them there are."""

Action = Callable[[Any], None]


class RealConnection(Connection):
    """One connection with one channel. Until that is open, what is to be done on it waits. `error`: why it could not be opened."""

    __slots__ = ("_actions", "_line", "_loop", "_real", "error", "held", "real_broker")

    def __init__(self, broker: RealBroker, sink: Sink, name: str, user: str, loop: IOLoop) -> None:
        super().__init__(broker, sink, name, user, CAPABILITIES)
        self.real_broker = broker
        self._real: Any = None
        self._actions: list[Action] = []
        self._loop = loop
        self._line: Line | None = None
        self.error: BaseException | None = None
        self.held = False

    # -- opening ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Connect."""
        if self.is_open and self._line is None:
            self._line = Line(
                self.real_broker.parameters(self.name),
                on_open_callback=self._on_open,
                on_open_error_callback=self._on_error,
                on_close_callback=self._on_close,
                custom_ioloop=self._loop,
            )

    @property
    def unsent(self) -> int:
        """Bytes that the network has not taken."""
        return 0 if self._line is None else self._line.unsent

    @property
    def is_ready(self) -> bool:
        """Whether the channel is open at the broker."""
        return self._real is not None

    def channel(self, number: int | None = None) -> RealChannel:
        """channel.open: a client has one."""
        channel = self.channels[1] = RealChannel(self, 1)
        return channel

    def _on_open(self, line: Any) -> None:
        if not self.is_open:
            line.close()
            return
        line.add_on_connection_blocked_callback(self._on_blocked)
        line.add_on_connection_unblocked_callback(self._on_unblocked)
        line.channel(on_open_callback=self._on_channel)

    def _on_channel(self, real: Any) -> None:
        real.add_on_close_callback(self._on_channel_close)
        self._real = real
        actions, self._actions = self._actions, []
        for action in actions:
            self.later(action)

    def _on_error(self, _: Any, error: Any) -> None:
        self.error = error
        self.real_broker.vain.append(self)
        self._gone(error_of(error))

    # -- what the clients do ----------------------------------------------------------------------------

    def later(self, action: Action) -> None:
        """Do it on the channel, as soon as there is one; a channel that has just gone does nothing more."""
        if self._real is None:
            self._actions.append(action)
        elif self._real.is_open:
            action(self._real)

    def send(self, action: Action) -> None:
        """Publish something; where too much is unsent, the client is told to hold on."""
        self.later(action)
        if not self.real_broker.has_room(1) or self.unsent > HIGH:
            self.hold()

    def hold(self) -> None:
        """No more for now."""
        if not self.held:
            self.held = True
            self.real_broker.holding[self] = None
            self.sink.flow(self, False)

    def look(self, may_go_on: bool) -> None:
        """Go on where the network has taken most of it."""
        if self.held and may_go_on and (not self.is_open or self.unsent < LOW):
            self.held = False
            self.real_broker.holding.pop(self, None)
            if self.is_open:
                self.sink.flow(self, True)

    # -- what the broker does ---------------------------------------------------------------------------

    def _on_blocked(self, _: Any, frame: Any) -> None:
        self.is_blocked = True
        self.real_broker.time.touch()
        self.sink.blocked(self, str(frame.method.reason))

    def _on_unblocked(self, _: Any, frame: Any) -> None:
        self.is_blocked = False
        self.real_broker.time.touch()
        self.sink.unblocked(self)

    def _on_channel_close(self, _: Any, reason: Any) -> None:
        channel = self.channels.get(1)
        if self.is_open and isinstance(channel, RealChannel) and self._line is not None and self._line.is_open:
            self.real_broker.time.touch()
            channel.lost(error_of(reason))

    def _on_close(self, _: Any, reason: Any) -> None:
        self._gone(error_of(reason))

    def _gone(self, error: AmqpError) -> None:
        self.real_broker.lines.pop(self, None)
        if self.is_open:
            self.real_broker.time.touch()
            self._doubt(is_flushed=False)
            super().close()
            self.sink.closed(self, error)

    def close(self) -> None:
        """In good order where the client leaves so; else as a process dies."""
        if not self.is_open:
            return
        leaves = isinstance(self.sink, Client) and self.sink.is_leaving
        if not leaves:
            self._doubt(is_flushed=not self.is_blocked)
        super().close()
        self.held = False
        self.real_broker.holding.pop(self, None)
        if leaves:
            self._say_goodbye()
        else:
            self._cut(_TRIES)

    def _cut(self, tries: int) -> None:
        """Once the network has what the client did before: a dead process leaves that to its system, which sends it."""
        if self.unsent and tries:
            self._loop.call_later(_AGAIN, lambda: self._cut(tries - 1))
        elif self._line is not None:
            self._line.cut()

    def _doubt(self, is_flushed: bool) -> None:
        for channel in self.channels.values():
            if isinstance(channel, RealChannel):
                self.real_broker.doubt(channel, is_flushed)

    def goodbye(self) -> None:
        """The run is over: close in good order."""
        if self.is_open:
            super().close()
            self._say_goodbye()

    def _say_goodbye(self) -> None:
        line = self._line
        if line is not None and line.is_open:
            line.close()
        elif line is not None and not line.is_closed and not line.is_closing:
            line.cut()
