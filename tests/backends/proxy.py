"""A proxy of one port that can stop forwarding without closing anything: how a network behaves that loses every packet."""

from __future__ import annotations

import select
import socket
from threading import Event, Thread
from typing import Self

from tests.rabbitmq_node import HOST


class Proxy:
    """Forwards to `port` of this machine until `stall` is called; a context manager."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._is_stalled, self._is_ended = Event(), Event()
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_ended.set()
        self._thread.join(10)
        for each in (self._listener, *self._pairs):
            each.close()

    def stall(self) -> None:
        """From now on nothing comes through, in either direction."""
        self._is_stalled.set()

    def go_on(self) -> None:
        """Forward again, what was held back first."""
        self._is_stalled.clear()

    def _run(self) -> None:
        while not self._is_ended.is_set():
            watched = [self._listener] if self._is_stalled.is_set() else [self._listener, *self._pairs]
            for each in select.select(watched, [], [], 0.05)[0]:
                if each is self._listener:
                    self._accept()
                elif each in self._pairs and not self._is_stalled.is_set():
                    self._forward(each)

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection((HOST, self._target))
        self._pairs |= {client: server, server: client}

    def _forward(self, source: socket.socket) -> None:
        target = self._pairs[source]
        try:
            piece = source.recv(65536)
            target.sendall(piece)
        except OSError:
            piece = b""
        if not piece:
            for each in (source, target):
                del self._pairs[each]
                each.close()
