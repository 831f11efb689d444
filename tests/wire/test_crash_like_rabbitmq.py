"""What RabbitMQ's clients see after kill -9 and on a full disk is what ours see."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import pika
import pytest
from pika.exceptions import AMQPError, ChannelClosedByBroker

from tests.cli.keeping import PERSISTENT, Kept
from tests.rabbitmq_node import Node

TRANSIENT = pika.BasicProperties()


class Server(Protocol):
    def connect(self) -> pika.BlockingConnection: ...

    def kill_and_start(self) -> None: ...


class OurServer:
    """`mqviz serve --data`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.kept = Kept(folder)

    def connect(self) -> pika.BlockingConnection:
        return self.kept.connect()

    def kill_and_start(self) -> None:
        self.kept.close()
        self.kept = Kept(self._folder)


class TheirServer:
    """A private node of its own, since it is killed."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def connect(self) -> pika.BlockingConnection:
        return pika.BlockingConnection(self._node.parameters())

    def kill_and_start(self) -> None:
        self._node.kill_and_start()


@contextmanager
def our_server(folder: Path) -> Iterator[Server]:
    server = OurServer(folder)
    try:
        yield server
    finally:
        server.kept.close()


@contextmanager
def their_server(_: Path) -> Iterator[Server]:
    with Node() as node:
        yield TheirServer(node)


@pytest.fixture(params=["mqviz", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq)])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    if request.param == "rabbitmq":
        request.getfixturevalue("rabbitmq")
    of: AbstractContextManager[Server] = (their_server if request.param == "rabbitmq" else our_server)(tmp_path / "data")
    with of as started:
        yield started


@pytest.fixture(autouse=True)
def quiet_pika(monkeypatch: pytest.MonkeyPatch) -> None:
    """It complains when a server is killed."""
    monkeypatch.setattr(logging.getLogger("pika"), "level", logging.CRITICAL)


def publish(channel: Any, queue: str, bodies: str, properties: pika.BasicProperties = PERSISTENT) -> None:
    for body in bodies.split():
        channel.basic_publish("", queue, body.encode(), properties)


def drained(channel: Any, queue: str) -> list[tuple[str, bool]]:
    found = []
    while True:
        method, _, body = channel.basic_get(queue, auto_ack=True)
        if method is None:
            return found
        found.append((body.decode(), method.redelivered))


def furnish(channel: Any) -> None:
    """Queues with something in each, some of which has been delivered."""
    channel.confirm_delivery()
    channel.queue_declare("classic", durable=True)
    channel.queue_declare("quorum", durable=True, arguments={"x-queue-type": "quorum"})
    channel.queue_declare("short-lived", durable=True, arguments={"x-message-ttl": 1500})
    channel.queue_declare("important", durable=True, arguments={"x-max-priority": 3})
    channel.queue_declare("mine", durable=True, exclusive=True)
    publish(channel, "classic", "1 2 3")
    publish(channel, "classic", "transient", TRANSIENT)
    publish(channel, "quorum", "1 2 3", TRANSIENT)
    publish(channel, "short-lived", "1")
    for priority, body in enumerate(("low", "middle", "high"), 1):
        publish(channel, "important", body, pika.BasicProperties(delivery_mode=2, priority=priority))
    assert channel.basic_get("classic")[2] == b"1"
    assert channel.basic_get("quorum")[2] == b"1"


def test_what_is_there_after_a_kill(server: Server) -> None:
    """Of a classic queue all come back redelivered; a quorum queue knows, and has the transient ones; time goes on for what expires."""
    before = server.connect()
    furnish(before.channel())
    before.sleep(2.0)
    server.kill_and_start()
    with suppress(AMQPError):
        before.close()
    with closing(server.connect()) as connection:
        channel = connection.channel()
        assert drained(channel, "classic") == [("1", True), ("2", True), ("3", True)]
        # In RabbitMQ, but not in ours, what was out comes back behind the first that was not.
        assert sorted(drained(channel, "quorum")) == [("1", True), ("2", False), ("3", False)]
        assert drained(channel, "short-lived") == []
        assert drained(channel, "important") == [("high", True), ("middle", True), ("low", True)]
        with pytest.raises(ChannelClosedByBroker, match="404"):
            channel.queue_declare("mine", passive=True)


@pytest.mark.rabbitmq
def test_what_a_blocked_client_hears_of_a_full_disk(rabbitmq: Node) -> None:
    """The words of `Alarms.reason`, once in an episode. (A blocked connection cannot even be closed: it is not read from.)"""
    with closing(Blocked(rabbitmq)) as first, closing(Blocked(rabbitmq)) as second:
        with rabbitmq.disk_alarm():
            first.publish()
            with rabbitmq.memory_alarm():
                second.publish()
        for each in (first, second):
            each.wait_for(2)
        assert (first.heard, second.heard) == (["low on disk", ""], ["low on disk & memory", ""])


class Blocked:
    """A client, and what it hears of being blocked; "" when it is no more."""

    def __init__(self, node: Node) -> None:
        self.heard: list[str] = []
        self._connection = pika.BlockingConnection(node.parameters())
        self._channel = self._connection.channel()
        self._connection.add_on_connection_blocked_callback(lambda _, frame: self.heard.append(frame.method.reason))
        self._connection.add_on_connection_unblocked_callback(lambda *_: self.heard.append(""))

    def publish(self) -> None:
        """Publish, and hear why that is not read."""
        self._channel.basic_publish("", "nowhere", b"x")
        self.wait_for(1)

    def wait_for(self, count: int) -> None:
        """Until it has heard so often."""
        while len(self.heard) < count:
            self._connection.process_data_events(10)

    def close(self) -> None:
        self._connection.close()
