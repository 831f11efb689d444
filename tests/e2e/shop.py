"""A small company on a real broker: a shop that publishes, two packers that cannot keep up, and letters that nobody fetches."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Self

import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPError

from tests.rabbitmq_node import Vhost

LETTERS = 25
PREFETCH = 10
_RATE = 15.0
_WORK = 0.2
_AGAIN = 0.5
_PERSISTENT = pika.BasicProperties(delivery_mode=2)

Work = Callable[[pika.BlockingConnection, BlockingChannel], None]


class Shop:
    """Its programs come back by themselves after each loss; `losses` is what the broker said each time."""

    def __init__(self, vhost: Vhost) -> None:
        self._vhost, self._stops = vhost, Event()
        self.losses: list[str] = []
        self._declare()
        work = {"shop": self._publish, "packer-a": self._pack, "packer-b": self._pack}
        self._threads = [Thread(target=self._live, args=each, daemon=True) for each in work.items()]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stops.set()
        for thread in self._threads:
            thread.join(20)

    def _declare(self) -> None:
        with pika.BlockingConnection(self._vhost.parameters()) as connection:
            channel = connection.channel()
            channel.exchange_declare("shop", "direct", durable=True)
            for queue in ("letters", "orders"):
                channel.queue_declare(queue, durable=True)
                channel.queue_bind(queue, "shop", queue)
            for number in range(LETTERS):
                channel.basic_publish("shop", "letters", f"letter {number}".encode(), _PERSISTENT)

    def _live(self, name: str, work: Work) -> None:
        while not self._stops.is_set():
            try:
                with pika.BlockingConnection(self._vhost.parameters(client_properties={"connection_name": name})) as connection:
                    work(connection, connection.channel())
            except (AMQPError, OSError) as error:
                self.losses.append(f"{name}: {error!r}")
                self._stops.wait(_AGAIN)

    def _publish(self, connection: pika.BlockingConnection, channel: BlockingChannel) -> None:
        while not self._stops.is_set():
            channel.basic_publish("shop", "orders", b"an order", _PERSISTENT)
            connection.sleep(1 / _RATE)

    def _pack(self, connection: pika.BlockingConnection, channel: BlockingChannel) -> None:
        channel.basic_qos(prefetch_count=PREFETCH)
        orders: list[int] = []
        channel.basic_consume("orders", lambda ch, method, properties, body: orders.append(method.delivery_tag))
        while not self._stops.is_set():
            connection.sleep(_WORK)
            if orders:
                channel.basic_ack(orders.pop(0))
