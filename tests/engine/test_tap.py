"""An observer sees every step of every copy, and changes nothing."""

from collections import Counter
from typing import Any

import pytest

from mqviz.clock import Scheduler
from mqviz.engine.account import COUNTERS
from mqviz.engine.broker import Broker
from mqviz.model.amqp import Properties
from tests.engine.clients import client, consumer, declare, publish


class Notes:
    """A tap that counts what it is told."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.lines: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        def note(*what: Any) -> None:
            self.seen[name] += 1
            self.lines.append((name, *what))

        return note


def test_each_step_is_told(broker: Broker) -> None:
    broker.tap = notes = Notes()
    declare(broker, "dead")
    declare(broker, "q", x_dead_letter_exchange="", x_dead_letter_routing_key="dead")
    declare(broker, "short", x_max_length=1)
    declare(broker, "full", x_max_length=0, x_overflow="reject-publish")
    worker = consumer(broker, "q")
    publish(broker, "q", *"123")
    worker.channel.ack(1)
    worker.channel.nack(2)
    worker.channel.reject(3, requeue=False)
    worker.channel.get("dead")
    worker.channel.reject(5, requeue=False)
    publish(broker, "short", "4", "5")
    publish(broker, "short", "6", properties=Properties(expiration="0"))
    publish(broker, "full", "7")
    publish(broker, "nobody", "8")
    publish(broker, "nobody", "9", mandatory=True)
    publish(broker, "dead", "10")
    broker.purge("dead")
    publish(broker, "dead", "11")
    broker.stop()
    assert notes.seen == {
        "routed": 9,
        "delivered": 5,
        "settled": 1,
        "requeued": 2,
        "dead_lettered": 1,
        "rejected": 1,
        "dropped": 2,
        "expired": 1,
        "refused": 1,
        "unroutable": 1,
        "returned": 1,
        "purged": 1,
        "lost": 2,
    }
    assert ("dead_lettered", "", "rejected") in [(line[0], *line[3:]) for line in notes.lines]


def test_who_is_watched_does_the_same(broker: Broker) -> None:
    declare(broker, "q")
    worker = consumer(broker, "q", prefetch=2)
    publish(broker, "q", *"123")
    broker.tap = Notes()
    assert not broker.queues["q"].plain
    publish(broker, "q", *"45")
    worker.channel.ack(1)
    broker.tap = None
    assert broker.queues["q"].plain
    worker.channel.ack(3, multiple=True)
    assert worker.ear.bodies == ["1", "2", "3", "4", "5"]
    assert broker.copies.balances


@pytest.mark.parametrize("no_ack", [True, False])
def test_both_ways_count_the_same(no_ack: bool) -> None:
    """The short way and the long way that a tap makes messages take."""
    accounts = []
    for tap in (None, Notes()):
        broker = Broker(Scheduler())
        broker.tap = tap
        declare(broker, "q")
        publish(broker, "q", *"12")
        worker = consumer(broker, "q", prefetch=2, no_ack=no_ack)
        publish(broker, "q", *"345")
        if not no_ack:
            worker.channel.nack(1)
            worker.channel.ack(3, multiple=True)
        queue = broker.queues["q"]
        assert queue.plain is (tap is None)
        counters = {name: getattr(queue, name) for name in (*COUNTERS, "deepest", "unacked", "message_bytes")}
        accounts.append((counters, worker.ear.bodies))
    assert accounts[0] == accounts[1]


def test_a_queue_declared_while_watched_is_watched(broker: Broker) -> None:
    broker.tap = notes = Notes()
    declare(broker, "q")
    client(broker).channel.publish("", "q")
    assert notes.seen == {"routed": 1}
