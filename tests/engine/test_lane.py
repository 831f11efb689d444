"""A lane does what `publish` does, whatever changes between two messages; `ack_and_take` what `ack` does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mqviz.engine.broker import Broker
from mqviz.engine.channel import Channel
from mqviz.errors import AmqpError
from mqviz.model.amqp import Properties
from tests.engine.clients import client, consumer, declare, publish


def fan(broker: Broker, *queues: str) -> Channel:
    """A channel, and the exchange "all" with these queues."""
    channel = client(broker).channel
    channel.declare_exchange("all", "fanout")
    for name in queues:
        declare(broker, name)
        channel.bind(name, "all")
    return channel


def test_messages_go_to_every_queue_and_are_counted(broker: Broker) -> None:
    lane = fan(broker, "a", "b").lane("all", "key", Properties(app_id="shop"), size=7)
    for _ in range(5):
        lane.publish()
    assert [(len(queue.ready), queue.message_bytes) for queue in broker.queues.values()] == [(5, 35), (5, 35)]
    exchange = broker.exchanges["all"]
    assert (exchange.publish_in, exchange.publish_out) == (5, 10)
    assert (broker.published, broker.routed) == (5, 5)
    assert {copy.properties.app_id for copy in broker.queues["a"].ready} == {"shop"}


Change = Callable[[Broker, Channel], object]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda broker, channel: channel.bind("other", "all"), (3, 2)),
        (lambda broker, channel: channel.unbind("work", "all"), (1, 0)),
        (lambda broker, channel: channel.delete_queue("work"), (0, 0)),
        (lambda broker, channel: channel.tx_select(), (1, 0)),
        (lambda broker, channel: broker.set_memory_alarm(True), (1, 0)),
        (lambda broker, channel: broker.set_arguments("work", {"x-max-length": 2}), (2, 0)),
    ],
    ids=["bound", "unbound", "deleted", "transaction", "alarm", "limit"],
)
def test_a_change_between_two_messages_is_seen(broker: Broker, change: Change, left: tuple[int, int]) -> None:
    channel = fan(broker, "work")
    declare(broker, "other")
    lane = channel.lane("all", "", size=1)
    lane.publish()
    change(broker, channel)
    lane.publish()
    lane.publish()
    counts = tuple(len(broker.queues[name].ready) if name in broker.queues else 0 for name in ("work", "other"))
    assert counts == left


def test_a_closed_channel_or_a_lost_exchange_refuses(broker: Broker) -> None:
    channel = fan(broker, "work")
    lane = channel.lane("all", "")
    lane.publish()
    broker.topology.remove_exchange(broker.exchanges["all"])
    with pytest.raises(AmqpError, match="no exchange 'all'"):
        lane.publish()
    with pytest.raises(AmqpError, match="expected"):
        lane.publish()


def test_confirms_are_heard(broker: Broker) -> None:
    sender = client(broker)
    declare(broker, "work")
    lane = sender.channel.lane("", "work")
    lane.publish()
    sender.channel.confirm_select()
    lane.publish()
    lane.publish()
    assert sender.ear.confirms == [(1, True), (2, True)]


def test_what_is_handed_on_for_an_ack_is_given_back(broker: Broker) -> None:
    declare(broker, "work")
    worker = consumer(broker, "work", prefetch=1)
    publish(broker, "work", *"123")
    taken = worker.channel.ack_and_take(1)
    assert taken is not None
    assert (taken.message.body, worker.channel.last_tag, len(worker.ear.deliveries)) == (b"2", 2, 1)
    worker.channel.ack(2)
    assert [heard.body for heard in worker.ear.deliveries] == ["1", "3"]
    assert worker.channel.ack_and_take(3) is None
    with pytest.raises(AmqpError, match="unknown delivery tag 3"):
        worker.channel.ack_and_take(3)
    queue = broker.queues["work"]
    assert (queue.delivered, queue.acknowledged, queue.unacked, queue.message_bytes) == (3, 3, 0, 0)
