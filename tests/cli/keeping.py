"""`mqviz serve --data` as a program that is killed at any moment, and pika clients that load it meanwhile."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import pika
from pika.adapters.select_connection import SelectConnection
from pika.exceptions import AMQPConnectionError, AMQPError

from tests.cli.program import surroundings

PERSISTENT = pika.BasicProperties(delivery_mode=2)
WINDOW = 50
"""Publishes that wait for their confirm."""


class Kept:
    """The real program on a folder; `said`: what it told before it listened."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "mqviz", "serve", *arguments, "--listen", "127.0.0.1:0", "--data", str(folder)]
        self.program = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=surroundings())
        assert self.program.stderr is not None
        self.said = ""
        self._connections: list[pika.BlockingConnection] = []
        for line in self.program.stderr:
            found = re.search(r"at amqp://\w+@127\.0\.0\.1:(\d+)/", line)
            if found:
                self.parameters = pika.ConnectionParameters("127.0.0.1", int(found[1]))
                return
            self.said += line
        raise AssertionError(self.said)

    def kill(self) -> None:
        """kill -9."""
        self.program.kill()

    def close(self) -> None:
        """Kill it if it still runs, and see what became of the connections."""
        self.kill()
        self.program.communicate()
        for connection in self._connections:
            with suppress(AMQPError):
                connection.close()

    def end(self) -> str:
        """SIGTERM; what it says."""
        self.program.terminate()
        said = self.program.communicate(timeout=20)[1]
        assert self.program.returncode == 0, said
        return str(said)

    def connect(self) -> pika.BlockingConnection:
        """A connection, closed at the end."""
        connection = pika.BlockingConnection(self.parameters)
        self._connections.append(connection)
        return connection

    def block(self) -> Blocked:
        """A client that publishes while there is an alarm."""
        blocked = Blocked(self.connect())
        blocked.connection.channel().basic_publish("", "q", b"999 ", PERSISTENT)
        blocked.wait_for("low on disk")
        return blocked

    @contextmanager
    def channel(self) -> Iterator[Any]:
        """A channel with confirms, for as long as it is needed."""
        connection = self.connect()
        try:
            channel = connection.channel()
            channel.confirm_delivery()
            yield channel
        finally:
            if connection.is_open:
                connection.close()

    def drain(self, queue: str = "q") -> list[tuple[bytes, bool]]:
        """Take out what is in a queue: bodies, and whether they are redelivered."""
        found: list[tuple[bytes, bool]] = []
        with self.channel() as channel:
            left = channel.queue_declare(queue, passive=True).method.message_count
            if left:
                for method, _, body in channel.consume(queue):
                    found.append((body, method.redelivered))
                    if len(found) == left:
                        channel.basic_ack(method.delivery_tag, multiple=True)
                        break
        return found


@contextmanager
def kept(folder: Path, *arguments: str) -> Iterator[Kept]:
    """The program, killed at the end if it still runs."""
    new = Kept(folder, *arguments)
    try:
        yield new
    finally:
        new.close()


class Blocked:
    """A client; `heard`: why it is blocked, "" for that it is no more."""

    def __init__(self, connection: pika.BlockingConnection) -> None:
        self.connection = connection
        self.heard: list[str] = []
        connection.add_on_connection_blocked_callback(lambda _, frame: self.heard.append(frame.method.reason))
        connection.add_on_connection_unblocked_callback(lambda *_: self.heard.append(""))

    def wait_for(self, what: str) -> None:
        while what not in self.heard:
            self.connection.process_data_events(10)


class Load:
    """Persistent messages, numbered from 1, until the program is killed. Another channel acknowledges most of them.

    `confirmed`: those the broker answered for; `acked`: those that were acknowledged, which may be there again or not;
    `sent`: the last number.
    """

    def __init__(self, server: Kept, luck: Random, after: float) -> None:
        self.confirmed: set[int] = set()
        self.acked: set[int] = set()
        self.sent = 0
        self._server = server
        self._luck = luck
        self._after = after
        self._answered = 0
        self._connection = SelectConnection(server.parameters, self._opened, self._over, self._over)

    def run(self) -> None:
        """Until the program is dead."""
        self._connection.ioloop.start()
        self._connection.ioloop.close()

    def _opened(self, connection: SelectConnection) -> None:
        connection.ioloop.call_later(self._after, self._server.kill)
        connection.channel(on_open_callback=self._publishing)
        connection.channel(on_open_callback=self._consuming)

    def _over(self, connection: SelectConnection, _reason: object) -> None:
        connection.ioloop.stop()

    def _publishing(self, channel: Any) -> None:
        channel.confirm_delivery(lambda frame: self._heard(channel, frame.method), callback=lambda _: self._publish(channel))

    def _publish(self, channel: Any) -> None:
        while channel.is_open and self.sent - self._answered < WINDOW:
            self.sent += 1
            body = b"%d " % self.sent + bytes(self._luck.choice((1, 100, 5000, 50_000)))
            try:
                channel.basic_publish("", "q", body, PERSISTENT)
            except AMQPConnectionError:
                return

    def _heard(self, channel: Any, method: Any) -> None:
        assert isinstance(method, pika.spec.Basic.Ack)
        first = self._answered + 1 if method.multiple else method.delivery_tag
        self.confirmed |= set(range(first, method.delivery_tag + 1))
        self._answered = len(self.confirmed)
        self._publish(channel)

    def _consuming(self, channel: Any) -> None:
        channel.basic_qos(prefetch_count=200)
        channel.basic_consume("q", self._take)

    def _take(self, channel: Any, method: Any, _properties: object, body: bytes) -> None:
        if self._luck.random() < 0.7:
            self.acked.add(number_of(body))
            channel.basic_ack(method.delivery_tag)


def number_of(body: bytes) -> int:
    """The number of a message of the load."""
    return int(body.split(b" ", 1)[0])
