"""The cases' words spoken by pika to any AMQP server.

All connections of a peer share one loop that the test turns by waiting for something. Methods are
sent as they are in the specification (`pika.spec`), below pika's own checks, so that a case may
also say what a well-behaved client would not.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pika
from pika.adapters.select_connection import IOLoop
from pika.exceptions import ConnectionClosedByBroker

from mqviz.model.amqp import PolicySpec
from tests.conformance.client import Chan, Conn, Refused
from tests.conformance.pika_chan import PATIENCE, PikaChan
from tests.conformance.pika_codec import RawConnection

CAPABILITIES = (
    "authentication_failure_close",
    "basic.nack",
    "connection.blocked",
    "consumer_cancel_notify",
    "publisher_confirms",
)


class Server(Protocol):
    """Where an AMQP server listens, and what one may do to it that is not AMQP."""

    def parameters(self, **others: Any) -> pika.ConnectionParameters:
        """What pika needs to connect to a virtual host nobody used before."""

    def normal(self, text: str) -> str:
        """A reply text with what is this server's own (names of virtual hosts) made the same for all."""

    def restart(self) -> None: ...

    def set_policy(self, policy: PolicySpec) -> None: ...

    def delete_policy(self, name: str) -> None: ...

    def close_connection(self, name: str, reason: str) -> None:
        """Closes the connection of this name (client property connection_name)."""

    def memory_alarm(self) -> AbstractContextManager[None]: ...

    def ack_timeout(self, seconds: float) -> AbstractContextManager[None]: ...


class PikaPeer:
    """A `Peer` over a server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.loop = IOLoop()
        self.loop.activate_poller()
        self.conns: list[PikaConn] = []
        self.alarmed = False
        self._names = itertools.count(1)

    def connect(self, *, without: Sequence[str] = ()) -> PikaConn:
        """Waits until the connection is open."""
        capabilities = {each: True for each in CAPABILITIES if each not in without}
        name = f"conformance-{next(self._names)}"
        conn = PikaConn(self, name, {"capabilities": capabilities, "connection_name": name})
        self.conns.append(conn)
        self.wait(lambda: conn.raw.is_open or conn.refused is not None, "connection.open-ok")
        return conn

    def wait(self, done: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Turns the loop until `done`; fails after `patience` seconds, naming `what` did not come."""
        end = time.monotonic() + patience
        while not done():
            assert time.monotonic() < end, f"waited {patience} s for {what}"
            self._turn(end)

    def let_pass(self, seconds: float) -> None:
        """Really waits."""
        self.settle()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._turn(end)

    def settle(self, without: Chan | None = None) -> None:
        """Everything sent so far has been handed on by its channel to the queues it concerns."""
        for chan in (chan for conn in self.conns for chan in conn.chans):
            if chan is not without:
                chan.settle()

    def restart(self) -> None:
        """Down and up; waits until every connection knows."""
        self.settle()
        self.server.restart()
        for conn in self.conns:
            conn.await_closed()

    def set_policy(self, policy: PolicySpec) -> None:
        """Sets or replaces a policy."""
        self.settle()
        self.server.set_policy(policy)

    def delete_policy(self, name: str) -> None:
        """Deletes a policy."""
        self.settle()
        self.server.delete_policy(name)

    def close_connection(self, conn: Conn, reason: str) -> None:
        """The operator closes a connection."""
        self.settle()
        [name] = [each.name for each in self.conns if each is conn]
        self.server.close_connection(name, reason)

    @contextmanager
    def memory_alarm(self) -> Iterator[None]:
        """Inside, the server's memory is above the watermark, and it reads no more from who publishes."""
        self.settle()
        with self.server.memory_alarm():
            self.alarmed = True
            yield
        self.alarmed = False
        for conn in self.conns:
            conn.is_blocked = False

    def ack_timeout(self, seconds: float) -> AbstractContextManager[None]:
        """Connections made inside must acknowledge within so many seconds."""
        return self.server.ack_timeout(seconds)

    def shut(self) -> None:
        """Drops all connections at the end of a test."""
        for conn in self.conns:
            conn.abort()
        for conn in self.conns:
            conn.await_closed()
        self.loop.deactivate_poller()
        self.loop.close()

    def _turn(self, end: float) -> None:
        bell = self.loop.call_later(max(0.0, end - time.monotonic()), _nothing)
        self.loop.poll()
        self.loop.process_timeouts()
        self.loop.remove_timeout(bell)


class PikaConn:
    """A `Conn` over pika's."""

    def __init__(self, peer: PikaPeer, name: str, client_properties: dict[str, Any]) -> None:
        self.peer = peer
        self.name = name
        self.chans: list[PikaChan] = []
        self.is_blocked = False
        self.refused: Refused | None = None
        self._gone = False
        self._blocks: list[str] = []
        self.raw = RawConnection(
            peer.server.parameters(client_properties=client_properties, heartbeat=0),
            on_open_error_callback=self._on_close,
            on_close_callback=self._on_close,
            custom_ioloop=peer.loop,
        )
        self.raw.add_on_connection_blocked_callback(self._on_blocked)
        self.raw.add_on_connection_unblocked_callback(self._on_unblocked)

    def channel(self, number: int | None = None) -> PikaChan:
        """Waits until it is open."""
        chan = PikaChan(self, self, self.raw.open_channel(number))
        self.chans.append(chan)
        chan.wait(lambda: chan.raw.is_open, "channel.open-ok")
        return chan

    def close(self) -> None:
        """Waits for connection.close-ok."""
        self.peer.settle()
        self.raw.close()
        self.await_closed()

    def cut(self) -> None:
        """Closes the socket alone."""
        self.peer.settle()
        self.abort()
        self.await_closed()

    def abort(self) -> None:
        """Closes the socket, waits for nothing."""
        if not self._gone:
            self.raw.cut()

    def await_closed(self) -> None:
        """Waits until the connection is gone, for whatever reason."""
        self.peer.wait(lambda: self._gone, "the end of the connection")

    def closed(self) -> Refused:
        """Waits until the broker closes the connection."""
        self.await_closed()
        assert self.refused is not None, "closed by ourselves"
        return self.refused

    def is_open(self) -> bool:
        """Whether nobody has closed it, as far as was heard."""
        self.peer.let_pass(0.0)
        return not self._gone

    def blocks(self, count: int) -> list[str]:
        """Waits for so many of connection.blocked and unblocked."""
        self.peer.wait(lambda: len(self._blocks) >= count, f"{count} blocked/unblocked")
        taken, self._blocks = self._blocks, []
        assert len(taken) == count, taken
        return taken

    def published(self) -> None:
        """During an alarm the server stops reading here."""
        self.is_blocked = self.is_blocked or self.peer.alarmed

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Turns the peer's loop."""
        self.peer.wait(done, what)

    def let_pass(self, seconds: float) -> None:
        """Turns the peer's loop so long."""
        self.peer.let_pass(seconds)

    def settle(self, without: Chan | None = None) -> None:
        """All channels of the peer."""
        self.peer.settle(without)

    def normal(self, text: str) -> str:
        """A reply text as it is the same for all servers."""
        return self.peer.server.normal(text)

    def _on_close(self, _: object, reason: BaseException) -> None:
        self._gone = True
        if isinstance(reason, ConnectionClosedByBroker):
            text = self.peer.server.normal(reason.reply_text)
            self.refused = Refused("connection", reason.reply_code, text)

    def _on_blocked(self, _: object, frame: Any) -> None:
        self._blocks.append(frame.method.reason)

    def _on_unblocked(self, *_: object) -> None:
        self._blocks.append("")


def _nothing() -> None:
    pass
