"""Where one connection stands, what was agreed with the client, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mqviz.engine import refusals
from mqviz.engine.connection import Connection
from mqviz.errors import AmqpError
from mqviz.model.amqp import ReplyCode
from mqviz.wire import frames, handshake, methods
from mqviz.wire.fields import NO_UTF8, MalformedError
from mqviz.wire.handshake import HandshakeError, State
from mqviz.wire.host import Host
from mqviz.wire.incoming import Incoming, erlang
from mqviz.wire.methods import Layout
from mqviz.wire.outlet import Outlet

MOST_OUTPUT = 64
"""So many times `Limits.output` may wait at most, for a client that cannot be made to pause: direct replies."""


class ConnectionState:
    """One client. `on_output` and `on_change` are called as `Outlet` says; `peer` is the client's address.

    `_at`: the channel of the frame in hand; `_deaf`: nothing that comes can be made out any more.
    """

    def __init__(self, host: Host, peer: str, on_output: Callable[[], None], on_change: Callable[[], None]) -> None:
        self.peer = peer
        self.name = peer
        self.state = State.HEADER
        self.engine: Connection | None = None
        self.outlet = Outlet(host.limits.output, on_output, on_change)
        self._host = host
        self._longest = handshake.LONGEST_BEFORE_TUNE - frames.OVERHEAD
        self._channels: dict[int, Incoming] = {}
        self._most_channels = host.limits.channels
        self._understands: frozenset[str] = frozenset()
        self._heartbeat = 0
        self._user = ""
        self._unfinished = 0
        self._at = 0
        self._deaf = False
        self._heard = self._spoke = self._clear = host.clock.now()
        self._deadline: float | None = self._heard + host.limits.login

    @property
    def is_over(self) -> bool:
        """Whether the socket is to be closed, once everything is written."""
        return self.state is State.OVER

    @property
    def is_read(self) -> bool:
        """Whether more is to be read from the client now."""
        return not self.outlet.halted and self.state is not State.OVER

    # -- what the client did wrong --------------------------------------------------------------

    def _fail(self, error: AmqpError) -> None:
        """Close what the error closes."""
        if error.closes_connection or not self._at:
            self._say_close(error)
        else:
            self._say_channel_close(self._at, error)

    def _say_channel_close(self, number: int, error: AmqpError) -> None:
        incoming = self._channels.get(number)
        if incoming is None or incoming.closing:
            return
        incoming.closing = True
        self._drop_content(incoming)
        self.outlet.reply("channel.close", number, error.code, error.text, error.class_id, error.method_id)
        self._host.journal("channel_failed", self.peer, name=self.name, channel=number, text=error.text)

    def _drop_content(self, incoming: Incoming) -> None:
        """What was coming in on a channel will not be published."""
        self._unfinished -= incoming.arrived
        incoming.forget()

    def _say_close(self, error: AmqpError) -> None:
        if self.state in (State.CLOSING, State.OVER):
            return
        self._leave()
        self.outlet.reply("connection.close", 0, error.code, error.text, error.class_id, error.method_id)
        self._become(State.CLOSING, self._host.limits.silence if self._deaf else self._host.limits.farewell)
        self._host.journal("failed", self.peer, name=self.name, text=error.text)

    def _shun(self, error: HandshakeError) -> None:
        """Tell the client nothing, or only that its login was refused; it is dropped a little later."""
        self._host.journal("refused", self.peer, reason=str(error))
        if error.told is not None:
            self.outlet.reply("connection.close", 0, error.told.code, error.told.text, 0, 0)
            self._become(State.CLOSING, self._host.limits.farewell)
            return
        self._deaf = True
        self._become(State.SHUNNED, self._host.limits.silence)

    def _become(self, state: State, seconds: float) -> None:
        self.state = state
        self._deadline = self._host.clock.now() + seconds

    # -- the end --------------------------------------------------------------------------------

    def _leave(self) -> None:
        """The engine forgets the client; what it says is read again, since it may be the answer to our close."""
        self._channels.clear()
        self.outlet.owner = None
        if self.engine is not None:
            self.engine.close()
        if self.outlet.halted:
            self.outlet.halted.clear()
            self.outlet.on_change()

    def _end(self) -> None:
        self._leave()
        self._deaf = True
        self.state = State.OVER
        self._deadline = None
        self.outlet.on_change()

    def lost(self, why: str = "the client went without a word") -> None:
        """There is no network under it any more."""
        if self.state is not State.OVER:
            if self.state in (State.RUNNING, State.OPENING):
                self._host.journal("lost", self.peer, name=self.name, reason=why)
            self._end()

    # -- time -----------------------------------------------------------------------------------

    def written(self, count: int) -> None:
        """So many bytes have gone out."""
        if count:
            self._spoke = self._host.clock.now()
            self.outlet.written(count)

    def tick(self) -> None:
        """See whether time is up for something, and whether a heartbeat is due."""
        now, limits, outlet = self._host.clock.now(), self._host.limits, self.outlet
        if not outlet.size:
            self._clear = now
        if self._deadline is not None and now >= self._deadline:
            self._time_is_up()
        elif outlet.size and now - max(self._spoke, self._clear) > limits.stalled:
            self.lost(f"it read nothing for {limits.stalled:g} s")
        elif outlet.size > MOST_OUTPUT * limits.output:
            self.lost("it reads too slowly")
        elif self._heartbeat and self.state is State.RUNNING:
            self._beat(now)

    def _time_is_up(self) -> None:
        if self.state not in (State.CLOSING, State.SHUNNED):
            self._host.journal("refused", self.peer, reason=f"no login within {self._host.limits.login:g} s")
        self._end()

    def _beat(self, now: float) -> None:
        """Two intervals without a sign of life are too long, unless we do not listen; half of one without a word from us, too."""
        if now - self._heard > 2 * self._heartbeat and not self.outlet.halted:
            self.lost(f"no heartbeat for {2 * self._heartbeat} s")
        elif now - self._spoke >= self._heartbeat / 2:
            self.outlet.write(frames.HEARTBEAT)

    def _fields(self, layout: Layout, payload: bytes) -> dict[str, Any]:
        try:
            return methods.read(layout, payload)
        except MalformedError as error:
            if self.engine is None:
                raise HandshakeError(f"{layout.name}: {error}") from None
            text = NO_UTF8 if str(error) == NO_UTF8 else f"cannot decode {erlang(payload[4:])}"
            raise refusals.refusal(ReplyCode.FRAME_ERROR, text) from None
