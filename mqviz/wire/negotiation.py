"""Channel 0: login, tune, virtual host, and close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mqviz.engine import refusals
from mqviz.errors import BackendError
from mqviz.model.amqp import ReplyCode
from mqviz.wire import frames, handshake, methods
from mqviz.wire.connection_state import ConnectionState
from mqviz.wire.handshake import State
from mqviz.wire.methods import Layout


class Negotiation(ConnectionState):
    """The part of a connection that comes to terms with the client."""

    def greet(self, header: bytes) -> bool:
        """The protocol header; whether frames may follow."""
        if header not in handshake.ALSO_SPOKEN:
            self.outlet.write(handshake.PROTOCOL)
            self._host.journal("refused", self.peer, reason=f"no AMQP 0-9-1: it began with {header!r}")
            self._end()
            return False
        self.state = State.STARTING
        start = (0, 9, self._host.properties, b"PLAIN AMQPLAIN", b"en_US")
        self.outlet.write(methods.write("connection.start", 0, *start))
        return True

    def _on_connection(self, layout: Layout, payload: bytes) -> None:
        if self.state is State.CLOSING and layout.name not in handshake.HANDSHAKE[State.CLOSING]:
            return
        following = handshake.after(self.state, layout.name)
        found = self._fields(layout, payload)
        _STEPS[layout.name](self, found)
        if self.state is not State.OVER and self.state is not State.CLOSING:
            self.state = following

    def _start_ok(self, found: dict[str, Any]) -> None:
        self._understands = handshake.capabilities(found["client_properties"])
        self.name = handshake.connection_name(found["client_properties"]) or self.peer
        mechanism = found["mechanism"]
        user, password = handshake.credentials(mechanism, found["response"])
        if not self._host.admits(user, password):
            raise handshake.refused(mechanism, "authentication_failure_close" in self._understands)
        self._user = user.decode(errors="replace")
        limits = self._host.limits
        self.outlet.reply("connection.tune", 0, limits.channels, limits.frame, limits.heartbeat)

    def _tune_ok(self, found: dict[str, Any]) -> None:
        self._most_channels, frame, self._heartbeat = handshake.tuned(self._host.limits, found)
        self._longest = self.outlet.longest = frame - frames.OVERHEAD

    def _open(self, found: dict[str, Any]) -> None:
        name = found["virtual_host"]
        broker = self._host.vhosts.get(name)
        if broker is None:
            raise refusals.refusal(ReplyCode.NOT_ALLOWED, f"vhost {name} not found")
        try:
            engine = broker.connect(self.outlet, name=self.name, user=self._user, capabilities=self._understands)
        except BackendError as error:
            raise refusals.refusal(ReplyCode.CONNECTION_FORCED, str(error)) from None
        self.engine = self.outlet.owner = engine
        self.name = engine.name
        self.outlet.on_closed = self._say_close
        self.outlet.on_channel_closed = self._say_channel_close
        self._deadline = None
        self.outlet.reply("connection.open-ok", 0, "")
        self._host.journal("opened", self.peer, user=self._user, vhost=name, name=self.name)

    def _update_secret(self, found: dict[str, Any]) -> None:
        """Our users' passwords do not run out; the client is told that all is well."""
        self.outlet.reply("connection.update-secret-ok", 0)

    def _close(self, found: dict[str, Any]) -> None:
        self.outlet.reply("connection.close-ok", 0)
        self._host.journal("closed", self.peer, name=self.name)
        self._end()

    def _close_ok(self, found: dict[str, Any]) -> None:
        self._end()


_STEPS: dict[str, Callable[[Negotiation, dict[str, Any]], None]] = {
    "connection.start-ok": Negotiation._start_ok,
    "connection.tune-ok": Negotiation._tune_ok,
    "connection.open": Negotiation._open,
    "connection.update-secret": Negotiation._update_secret,
    "connection.close": Negotiation._close,
    "connection.close-ok": Negotiation._close_ok,
}
