"""The engine against its peer: publish, route, queue, deliver, ack in process, over kombu's memory transport.

    python -m tests.benchmarks.bench_engine

Both publish a backlog of small messages to one queue and then take and acknowledge each. What is compared is
the CPU time of a message, from the difference between a long and a short run, so that start-up drops out.
Runs are interleaved; the ratio is the median of five, with the smallest and the greatest.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import kombu

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError

ROUNDS = 5
BODY = b"x" * 100
REACH = 10.0
"""What the design wants at least."""


class Inbox:
    """A sink that keeps delivery tags until they are worked on."""

    def __init__(self) -> None:
        self.tags: list[int] = []

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        self.tags.append(delivery_tag)

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None: ...

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None: ...

    def committed(self, channel: Channel) -> None: ...

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None: ...

    def channel_closed(self, channel: Channel, error: AmqpError) -> None: ...

    def blocked(self, connection: Connection, reason: str) -> None: ...

    def unblocked(self, connection: Connection) -> None: ...

    def flow(self, connection: Connection, active: bool) -> None: ...

    def closed(self, connection: Connection, error: AmqpError) -> None: ...


def engine_backlog(count: int) -> None:
    """So many messages wait in a queue; a consumer with prefetch 100 then acknowledges them one by one."""
    broker, inbox = Broker(Scheduler()), Inbox()
    channel = broker.connect(inbox).channel()
    channel.declare_queue("q")
    for _ in range(count):
        channel.publish("", "q", BODY)
    channel.qos(100)
    channel.consume("q")
    _acknowledge(channel, inbox, count)


def _acknowledge(channel: Channel, inbox: Inbox, count: int) -> None:
    while count:
        tags, inbox.tags = inbox.tags, []
        for tag in tags:
            channel.ack(tag)
        count -= len(tags)


def engine_one_by_one(count: int) -> None:
    """Each message is delivered and acknowledged before the next is published."""
    broker, inbox = Broker(Scheduler()), Inbox()
    channel = broker.connect(inbox).channel()
    channel.declare_queue("q")
    channel.qos(1)
    channel.consume("q")
    for _ in range(count):
        channel.publish("", "q", BODY)
        channel.ack(inbox.tags.pop())


def kombu_backlog(count: int) -> None:
    """The same with kombu: raw producer and consumer, acknowledged one by one, prefetch 100."""
    with kombu.Connection("memory://") as connection:
        channel = connection.channel()
        queue = kombu.Queue("q", kombu.Exchange("", type="direct"), "q", channel=channel)
        queue.declare()
        producer = kombu.Producer(channel)
        for _ in range(count):
            producer.publish(BODY, routing_key="q", content_type="application/data", content_encoding="binary")
        left = [count]

        def take(body: object, message: kombu.Message) -> None:
            message.ack()
            left[0] -= 1

        with kombu.Consumer(channel, [queue], callbacks=[take], accept=None) as consumer:
            consumer.qos(prefetch_count=100)
            while left[0]:
                connection.drain_events()
        queue.delete()


def cpu(work: Callable[[int], None], count: int) -> float:
    """CPU seconds of one run."""
    began = time.process_time()
    work(count)
    return time.process_time() - began


def each(work: Callable[[int], None], short: int, long: int) -> float:
    """CPU microseconds of one message."""
    return (cpu(work, long) - cpu(work, short)) / (long - short) * 1e6


def main() -> None:
    """Prints times, the ratio and its spread."""
    ours, one_by_one, theirs = [], [], []
    for _ in range(ROUNDS):
        ours.append(each(engine_backlog, 2_000, 22_000))
        theirs.append(each(kombu_backlog, 2_000, 22_000))
        one_by_one.append(each(engine_one_by_one, 2_000, 22_000))
    ratios = sorted(peer / mine for peer, mine in zip(theirs, ours, strict=True))
    print(f"engine, backlog     {statistics.median(ours):8.2f} us a message")
    print(f"engine, one by one  {statistics.median(one_by_one):8.2f} us a message")
    print(f"kombu memory://     {statistics.median(theirs):8.2f} us a message")
    ratio = statistics.median(ratios)
    print(f"ratio {ratio:.1f}x of {ROUNDS} runs, from {ratios[0]:.1f}x to {ratios[-1]:.1f}x; to reach: {REACH:.0f}x")


if __name__ == "__main__":
    main()
