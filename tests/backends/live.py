"""A live backend under test, and clients that keep a private node busy. Waiting is for a condition, with a deadline, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

import pika
import pika.exceptions
from msgspec.structs import replace

from mqviz.backends.rabbitmq import RabbitBackend
from mqviz.clock import WallClock
from mqviz.model.backend import Command, Outcome, SetReadOnly, Update
from mqviz.model.feed import FeedState, LiveBroker
from mqviz.model.snapshot import LogEntry, QueueStats
from tests.rabbitmq_node import HOST, Node, Vhost

PATIENCE = 30.0


def broker_of(vhost: Vhost | Node, **others: Any) -> LiveBroker:
    """The private node, looked at in this virtual host, often."""
    node = vhost if isinstance(vhost, Node) else vhost.node
    name = "/" if isinstance(vhost, Node) else vhost.name
    broker = LiveBroker(
        host=HOST, port=node.port, virtual_host=name, management=f"http://{HOST}:{node.management_port}", interval=0.3, answer_timeout=5.0
    )
    return replace(broker, **others)


class Live:
    """A RabbitBackend that is waited for; a context manager."""

    def __init__(self, broker: LiveBroker, password: str = "guest", *, actions: Path | None = None, read_only: bool = True) -> None:
        self._news = Event()
        self.backend = RabbitBackend(broker, password, WallClock(), wake=self._news.set, actions=actions)
        self.log: list[LogEntry] = []
        self.update = self.backend.observe()
        self._outcomes: dict[int, Outcome] = {}
        self._number = 0
        if not read_only:
            self.backend.submit(SetReadOnly(read_only=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.close()

    def observe(self) -> Update:
        """What is true now."""
        self.update = self.backend.observe()
        self.log.extend(self.update.log)
        self._outcomes.update({each.number: each for each in self.update.outcomes})
        return self.update

    def until(self, condition: Callable[[Update], object], patience: float = PATIENCE) -> Update:
        """The first update of which the condition is true; AssertionError after so many seconds."""
        deadline = time.monotonic() + patience
        while not condition(self.observe()):
            assert time.monotonic() < deadline, f"in vain: {self.update.feed}, {self.update.snapshot.broker}"
            self._news.wait(0.05)
            self._news.clear()
        return self.update

    def seeing(self) -> Update:
        """Once there is a picture."""
        return self.until(lambda update: update.feed is not None and update.feed.state is FeedState.SEEING)

    def ask(self, command: Command) -> Outcome:
        """The outcome of a command."""
        self._number += 1
        number = self._number
        self.backend.submit(replace(command, number=number))
        self.until(lambda _: number in self._outcomes)
        return self._outcomes[number]

    def queue(self, name: str) -> QueueStats | None:
        """The queue as it was seen last."""
        return next((each for each in self.update.snapshot.queues if each.name == name), None)

    def depth(self, name: str) -> tuple[int, int]:
        """Ready and unacknowledged as seen last; (-1, -1) where the queue was not."""
        queue = self.queue(name)
        return (-1, -1) if queue is None else (queue.messages_ready, queue.messages_unacknowledged)


@contextmanager
def channel(vhost: Vhost, name: str | None = None, **others: Any) -> Iterator[Any]:
    """A channel of a connection that calls itself by this name."""
    properties = {"connection_name": name} if name else None
    connection = pika.BlockingConnection(vhost.parameters(client_properties=properties, **others))
    try:
        yield connection.channel()
    finally:
        if connection.is_open:
            connection.close()


class Worker:
    """A consumer on a thread of its own that takes up to `prefetch` messages and keeps them, or acknowledges each at once."""

    def __init__(self, vhost: Vhost, queue: str, name: str | None = None, *, prefetch: int = 5, acks: bool = True) -> None:
        properties = {"connection_name": name} if name else None
        self.connection = pika.BlockingConnection(vhost.parameters(client_properties=properties))
        channel = self.connection.channel()
        channel.basic_qos(prefetch_count=prefetch)
        self.redelivered = 0
        self._acks, self._is_ending = acks, False
        channel.basic_consume(queue, self._take)
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_ending = True
        self._thread.join(10)

    def _take(self, channel: Any, method: Any, _properties: Any, _body: bytes) -> None:
        self.redelivered += method.redelivered
        if self._acks:
            channel.basic_ack(method.delivery_tag)

    def _work(self) -> None:
        try:
            while not self._is_ending:
                self.connection.process_data_events(time_limit=0.05)
            self.connection.close()
        except pika.exceptions.AMQPError:
            return
