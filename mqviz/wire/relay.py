"""Sockets of AMQP clients on a thread of their own, which only carries bytes: what they mean is found out elsewhere.

The thread puts what happens into a queue and rings; orders come back through another. Nobody holds a lock.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

from mqviz.errors import BackendError

READ = 32_768
MOST_UNREAD = 1 << 18
"""Bytes of one client that may wait to be dealt with; more stays in the network's own buffers."""

_BACKLOG = 128
_LONGEST_WAIT = 1.0


class News(NamedTuple):
    """What happened to a client, by its number: "opened" (`text`: its address), "data", "written" (`size` bytes), "lost"."""

    what: str
    client: int
    data: bytes = b""
    text: str = ""
    size: int = 0


class _Peer:
    """One socket. `unsent`: what did not go out yet; `unread`: bytes handed on that nobody has dealt with.

    `leaving`: it is to be closed when all is out.
    """

    __slots__ = ("interest", "is_read", "leaving", "number", "socket", "unread", "unsent")

    def __init__(self, number: int, opened: socket.socket) -> None:
        self.number = number
        self.socket = opened
        self.unsent = bytearray()
        self.unread = 0
        self.is_read = True
        self.leaving = False
        self.interest = 0


class Relay:
    """Listens at an address until `close`. BackendError where it cannot. `news` is what happened; `wake` is called when there is some."""

    def __init__(self, address: tuple[str, int], wake: Callable[[], None]) -> None:
        try:
            self._door = socket.create_server(address, backlog=_BACKLOG)
        except OSError as error:
            raise BackendError(f"cannot listen on {address[0]}:{address[1]}: {(error.strerror or str(error)).lower()}") from None
        self.address: tuple[str, int] = self._door.getsockname()[:2]
        self.news: SimpleQueue[News] = SimpleQueue()
        self._wake = wake
        self._orders: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._peers: dict[int, _Peer] = {}
        self._ever = 0
        self._ends = False
        self._selector = selectors.DefaultSelector()
        self._bell, self._rope = socket.socketpair()
        for each in (self._door, self._bell, self._rope):
            each.setblocking(False)
        for each in (self._door, self._bell):
            self._selector.register(each, selectors.EVENT_READ)
        self._thread = Thread(target=self._run, name="mqviz port", daemon=True)
        self._thread.start()

    # -- for the owner, from its own thread -------------------------------------------------------------

    def send(self, client: int, data: bytes) -> None:
        """Write these bytes, as fast as the client takes them; "written" tells how many are out."""
        self._order(lambda: self._send(client, data))

    def taken(self, client: int, count: int) -> None:
        """So many of a client's bytes have been dealt with."""
        self._order(lambda: self._taken(client, count))

    def let_read(self, client: int, is_read: bool) -> None:
        """Read from a client, or leave what it sends in the network."""
        self._order(lambda: self._let_read(client, is_read))

    def part(self, client: int, *, at_once: bool = False) -> None:
        """Close a client's socket: when everything is written, or now."""
        self._order(lambda: self._part(client, at_once))

    def close(self) -> None:
        """Close all sockets and end the thread."""
        self._order(self._end)
        self._thread.join(2.0)

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.put(order)
        with suppress(OSError):
            self._rope.send(b"\0")

    # -- on the thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._ends:
            for key, events in self._selector.select(_LONGEST_WAIT):
                if key.fileobj is self._door:
                    self._accept()
                elif key.fileobj is self._bell:
                    with suppress(OSError):
                        self._bell.recv(4096)
                elif key.data.number in self._peers:
                    self._serve(key.data, events)
            self._obey()
        for peer in list(self._peers.values()):
            self._drop(peer)
        self._selector.close()
        for each in (self._door, self._bell, self._rope):
            each.close()

    def _obey(self) -> None:
        while not self._orders.empty():
            self._orders.get()()

    def _tell(self, news: News) -> None:
        self.news.put(news)
        self._wake()

    def _accept(self) -> None:
        with suppress(OSError):
            opened, peer = self._door.accept()
            opened.setblocking(False)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ever += 1
            found = self._peers[self._ever] = _Peer(self._ever, opened)
            self._reconsider(found)
            self._tell(News("opened", found.number, text=f"{peer[0]}:{peer[1]}"))

    def _serve(self, peer: _Peer, events: int) -> None:
        if events & selectors.EVENT_READ:
            self._read(peer)
        if events & selectors.EVENT_WRITE and peer.number in self._peers:
            self._write(peer)

    def _read(self, peer: _Peer) -> None:
        try:
            data = peer.socket.recv(READ)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self._drop(peer)
            self._tell(News("lost", peer.number))
            return
        peer.unread += len(data)
        self._reconsider(peer)
        self._tell(News("data", peer.number, data))

    def _write(self, peer: _Peer) -> None:
        try:
            sent = peer.socket.send(peer.unsent)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self._drop(peer)
            self._tell(News("lost", peer.number))
            return
        del peer.unsent[:sent]
        self._tell(News("written", peer.number, size=sent))
        if peer.leaving and not peer.unsent:
            self._shut(peer)
        else:
            self._reconsider(peer)

    def _shut(self, peer: _Peer) -> None:
        """Say that nothing more comes, and wait for the client to close: else it may not read our last word."""
        with suppress(OSError):
            peer.socket.shutdown(socket.SHUT_WR)
        self._reconsider(peer)

    def _reconsider(self, peer: _Peer) -> None:
        """Ask the system for what matters now."""
        reads = peer.leaving or (peer.is_read and peer.unread < MOST_UNREAD)
        interest = selectors.EVENT_READ * reads | selectors.EVENT_WRITE * bool(peer.unsent)
        if interest == peer.interest:
            return
        if not peer.interest:
            self._selector.register(peer.socket, interest, peer)
        elif not interest:
            self._selector.unregister(peer.socket)
        else:
            self._selector.modify(peer.socket, interest, peer)
        peer.interest = interest

    def _drop(self, peer: _Peer) -> None:
        del self._peers[peer.number]
        if peer.interest:
            self._selector.unregister(peer.socket)
        peer.socket.close()

    # -- orders -----------------------------------------------------------------------------------------

    def _send(self, client: int, data: bytes) -> None:
        peer = self._peers.get(client)
        if peer is not None:
            peer.unsent += data
            self._write(peer)

    def _taken(self, client: int, count: int) -> None:
        peer = self._peers.get(client)
        if peer is not None:
            peer.unread -= count
            self._reconsider(peer)

    def _let_read(self, client: int, is_read: bool) -> None:
        peer = self._peers.get(client)
        if peer is not None:
            peer.is_read = is_read
            self._reconsider(peer)

    def _part(self, client: int, at_once: bool) -> None:
        peer = self._peers.get(client)
        if peer is None:
            return
        if at_once:
            self._drop(peer)
        else:
            peer.leaving = True
            if not peer.unsent:
                self._shut(peer)

    def _end(self) -> None:
        self._ends = True


def free_port(host: str) -> int:
    """A port that nobody listens at now; 0 where there is none."""
    try:
        with socket.create_server((host, 0)) as free:
            return int(free.getsockname()[1])
    except OSError:
        return 0
