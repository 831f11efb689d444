"""Sockets for the port: one thread, as many clients as the system has handles for, each with its turn.

`turn` waits for something to happen and deals with it; whoever drives it lets the engine's time pass in between. In a turn
each client is read from once, and what came of all of them is written at its end.
"""

from __future__ import annotations

import os
import selectors
import socket
from collections.abc import Callable
from contextlib import suppress
from math import inf

from mqviz.errors import BackendError
from mqviz.wire.connection import ServerConnection
from mqviz.wire.host import Host

TURN, MOST, LEAST = 262_144, 65_536, 4_096
"""Bytes read in a turn, about a hundredth of a second's work, in equal shares; but at most and at least so many from one client."""

TICK = 0.5
"""Seconds between two looks at the time limits of all clients."""

FAREWELL = 1.0
"""Seconds that a client has to close its side, so that it can still read our last word."""

_BACKLOG = 1024
_MOST_AT_ONCE = 64


class Client:
    """One socket and the connection on it. `unsent`: bytes that did not go out yet; `leaves`: when it is closed at the latest."""

    __slots__ = ("connection", "interest", "is_shut", "leaves", "socket", "unsent")

    def __init__(self, listener: Listener, opened: socket.socket, peer: str) -> None:
        self.socket = opened
        self.unsent: memoryview[int] = memoryview(b"")
        self.interest = selectors.EVENT_READ
        self.is_shut = False
        self.leaves = inf
        self.connection = ServerConnection(
            listener.host, peer, lambda: listener.is_to_write(self), lambda: listener.is_changed(self)
        )


class Listener:
    """Listens at one address for AMQP clients of `host`. BackendError where it cannot; `address` is where it does.

    `before_writing` is called in each turn when all that came in has been dealt with.
    """

    def __init__(self, host: Host, address: tuple[str, int]) -> None:
        self.host = host
        self.clients: dict[socket.socket, Client] = {}
        self._selector = selectors.DefaultSelector()
        self._to_write: dict[Client, None] = {}
        self._changed: dict[Client, None] = {}
        self._leaving: dict[Client, None] = {}
        self._ticked = host.clock.now()
        self.before_writing: Callable[[], None] = _nothing
        self._door = _open(address)
        name = self._door.getsockname()
        self.address: tuple[str, int] = (name[0], name[1])
        self._is_attended = False
        self._attend_door(True)
        self._bell, self._wire = socket.socketpair()
        for each in (self._bell, self._wire):
            each.setblocking(False)
        self._selector.register(self._bell, selectors.EVENT_READ)

    @property
    def bell(self) -> int:
        """A file descriptor: a byte written there (as by `signal.set_wakeup_fd`) ends the waiting."""
        return self._wire.fileno()

    def ring(self) -> None:
        """End the waiting, from another thread."""
        with suppress(OSError):
            self._wire.send(b"\0")

    # -- one turn -------------------------------------------------------------------------------

    def wait(self, seconds: float) -> list[tuple[selectors.SelectorKey, int]]:
        """Until something happens, at most so long; what."""
        if self._changed or self._to_write:
            seconds = 0.0
        left = self._ticked + TICK - self.host.clock.now()
        return self._selector.select(max(0.0, min(seconds, left)))

    def turn(self, happened: list[tuple[selectors.SelectorKey, int]]) -> None:
        """Deal with what happened: read from each client once, write what came of it."""
        share = max(LEAST, min(MOST, TURN // max(1, len(happened))))
        for key, events in happened:
            if key.fileobj is self._door:
                self._accept()
            elif key.fileobj is self._bell:
                self._answer_bell()
            else:
                self._serve(key.data, events, share)
        self._go_on()
        if self.host.clock.now() >= self._ticked + TICK:
            self._tick()
        self.before_writing()
        self._write_all()

    def is_to_write(self, client: Client) -> None:
        """Something waits to be written to this client."""
        self._to_write[client] = None

    def is_changed(self, client: Client) -> None:
        """Whether it is read from, or whether it is there at all, may have changed."""
        self._changed[client] = None

    def _accept(self) -> None:
        for _ in range(_MOST_AT_ONCE):
            try:
                opened, peer = self._door.accept()
            except (BlockingIOError, InterruptedError, ConnectionError):
                return
            except OSError as error:
                self.host.journal("full", "nobody", reason=(error.strerror or str(error)).lower())
                self._attend_door(False)
                return
            opened.setblocking(False)
            if len(self.clients) >= self.host.limits.connections:
                self.host.journal("refused", _text(peer), reason="there are too many connections")
                opened.close()
                continue
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client = self.clients[opened] = Client(self, opened, _text(peer))
            self._selector.register(opened, selectors.EVENT_READ, client)

    def _attend_door(self, attends: bool) -> None:
        """Without handles for more clients those who wait are not looked at until the next tick."""
        if attends is self._is_attended or self._door.fileno() < 0:
            return
        self._is_attended = attends
        if attends:
            self._selector.register(self._door, selectors.EVENT_READ)
        else:
            self._selector.unregister(self._door)

    def _answer_bell(self) -> None:
        with suppress(OSError):
            self._bell.recv(4096)

    def _serve(self, client: Client, events: int, share: int) -> None:
        if client.socket not in self.clients:
            return
        if events & selectors.EVENT_WRITE:
            self._to_write[client] = None
        if events & selectors.EVENT_READ:
            self._read(client, share)

    def _read(self, client: Client, share: int) -> None:
        try:
            data = client.socket.recv(share)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            client.connection.receive(data)
        else:
            client.connection.lost()
            self._forget(client)

    def _go_on(self) -> None:
        """Clients that are read from again, or not any more."""
        while self._changed:
            changed, self._changed = self._changed, {}
            for client in changed:
                if client.socket in self.clients:
                    client.connection.go_on()
                    self._to_write[client] = None

    # -- out ------------------------------------------------------------------------------------

    def _write_all(self) -> None:
        to_write, self._to_write = self._to_write, {}
        for client in to_write:
            if client.socket in self.clients:
                self._write(client)

    def _write(self, client: Client) -> None:
        connection = client.connection
        data = client.unsent or memoryview(connection.outlet.take())
        if data:
            try:
                sent = client.socket.send(data)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except OSError:
                connection.lost()
                self._forget(client)
                return
            client.unsent = data[sent:]
            connection.written(sent)
        if not client.unsent and not connection.outlet.size and connection.is_over:
            self._say_goodbye(client)
        self._reconsider(client)

    def _reconsider(self, client: Client) -> None:
        """Ask the system for what matters now."""
        connection = client.connection
        reads = connection.is_read or client.is_shut
        waits = bool(client.unsent or connection.outlet.size)
        interest = selectors.EVENT_READ * reads | selectors.EVENT_WRITE * waits
        if interest == client.interest or client.socket not in self.clients:
            return
        if not client.interest:
            self._selector.register(client.socket, interest, client)
        elif not interest:
            self._selector.unregister(client.socket)
        else:
            self._selector.modify(client.socket, interest, client)
        client.interest = interest

    # -- the end --------------------------------------------------------------------------------

    def _say_goodbye(self, client: Client) -> None:
        """Everything is written: close our side, and wait a little for the client's. (A socket closed with something unread is
        reset, and then the client may never read what we said last.)"""
        if client.is_shut:
            return
        client.is_shut = True
        client.leaves = self.host.clock.now() + FAREWELL
        self._leaving[client] = None
        with suppress(OSError):
            client.socket.shutdown(socket.SHUT_WR)

    def _forget(self, client: Client) -> None:
        if self.clients.pop(client.socket, None) is None:
            return
        if client.interest:
            self._selector.unregister(client.socket)
        self._leaving.pop(client, None)
        client.connection.outlet.let_go()
        client.socket.close()

    def _tick(self) -> None:
        self._ticked = now = self.host.clock.now()
        self._attend_door(True)
        for client in list(self.clients.values()):
            client.connection.tick()
        for client in [each for each in self._leaving if each.leaves <= now]:
            self._forget(client)
        self._go_on()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is connected any more."""
        return not self.clients

    def shut_door(self) -> None:
        """Nobody else is let in."""
        self._attend_door(False)
        self._door.close()

    def dismiss_strangers(self) -> None:
        """Who has not got as far as a virtual host need not be told anything."""
        for client in list(self.clients.values()):
            if client.connection.engine is None:
                client.connection.lost()

    def close(self) -> None:
        """Close all sockets at once."""
        self.shut_door()
        for client in list(self.clients.values()):
            client.connection.lost("the server ends")
            self._forget(client)
        self._selector.close()
        self._bell.close()
        self._wire.close()


def _nothing() -> None:
    """Nobody wants to know."""


def _open(address: tuple[str, int]) -> socket.socket:
    """The listening socket; BackendError says what is wrong, and names a free port where the one is busy."""
    host, port = address
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        door = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise BackendError(f"cannot listen on {host}:{port}: {_reason(error)}{_hint(host)}") from None
    door.setblocking(False)
    return door


def _reason(error: OSError) -> str:
    """What the system says, without what Python adds."""
    text = error.strerror if error.errno is None or isinstance(error, socket.gaierror) else os.strerror(error.errno)
    return (text or str(error)).lower()


def _hint(host: str) -> str:
    """A free port at the same address, where there is one."""
    try:
        with socket.create_server((host, 0)) as free:
            return f"; {free.getsockname()[1]} is free: --listen {host}:{free.getsockname()[1]}"
    except OSError:
        return ""


def _text(peer: tuple[object, ...]) -> str:
    return f"{peer[0]}:{peer[1]}" if len(peer) > 1 else str(peer)
