"""Delivery: round robin, prefetch, and the two paths, which must not differ."""

import pytest

from mqviz.engine.broker import Broker
from mqviz.model.amqp import PolicySpec
from tests.engine.clients import Client, client, consumer, declare, publish, ready


def test_round_robin_in_order_of_subscription(broker: Broker) -> None:
    declare(broker, "q")
    workers = [consumer(broker, "q") for _ in range(3)]
    publish(broker, "q", *"123456")
    assert [each.ear.bodies for each in workers] == [["1", "4"], ["2", "5"], ["3", "6"]]


def test_a_consumer_keeps_its_turn_until_it_is_found_full(broker: Broker) -> None:
    """As RabbitMQ: who acks before it is asked again stands where it stood."""
    declare(broker, "q")
    one, two, three = (consumer(broker, "q", prefetch=1) for _ in range(3))
    publish(broker, "q", *"12")
    two.channel.ack(1)
    one.channel.ack(1)
    publish(broker, "q", *"34")
    assert [each.ear.bodies for each in (one, two, three)] == [["1", "4"], ["2"], ["3"]]


def test_without_prefetch_one_consumer_takes_the_backlog(broker: Broker) -> None:
    declare(broker, "q")
    publish(broker, "q", *"1234")
    greedy, late = consumer(broker, "q"), consumer(broker, "q")
    assert (greedy.ear.bodies, late.ear.bodies) == (list("1234"), [])


@pytest.mark.parametrize("plain", [True, False])
def test_killing_a_consumer_returns_its_messages_to_their_places(broker: Broker, plain: bool) -> None:
    declare(broker, "q", **({} if plain else {"x_max_length": 100}))
    worker = consumer(broker, "q", prefetch=3)
    publish(broker, "q", *"12345")
    worker.channel.ack(2)
    assert broker.queues["q"].plain is plain
    worker.connection.close()
    assert [(copy.message.body, copy.redelivered) for copy in broker.queues["q"].ready] == [
        (b"1", True),
        (b"3", True),
        (b"4", True),
        (b"5", False),
    ]


def test_who_gives_back_joins_the_rotation_at_its_end(broker: Broker) -> None:
    declare(broker, "q")
    full = consumer(broker, "q", prefetch=2)
    publish(broker, "q", *"12")
    other = consumer(broker, "q")
    publish(broker, "q", "3")
    full.channel.nack(2, multiple=True)
    assert (full.ear.bodies, other.ear.bodies) == (["1", "2", "2"], ["3", "1"])


def tags(worker: Client) -> list[int]:
    return [each.tag for each in worker.ear.deliveries]


def test_a_queue_that_is_limited_while_it_works_goes_on_as_before(broker: Broker) -> None:
    """From the short path to the long one and back, with deliveries under way."""
    declare(broker, "q")
    worker = consumer(broker, "q", prefetch=2)
    publish(broker, "q", *"1234")
    broker.set_policy(PolicySpec(name="p", pattern="q", definition={"max-length": 3}))
    assert not broker.queues["q"].plain
    publish(broker, "q", *"567")
    assert ready(broker, "q") == ["5", "6", "7"]
    worker.channel.ack(2, multiple=True)
    broker.delete_policy("p")
    assert broker.queues["q"].plain
    publish(broker, "q", "8")
    worker.channel.ack(4, multiple=True)
    assert (worker.ear.bodies, tags(worker)) == (["1", "2", "5", "6", "7", "8"], [1, 2, 3, 4, 5, 6])


def test_counters_of_a_consumer(broker: Broker) -> None:
    declare(broker, "q")
    worker = consumer(broker, "q")
    publish(broker, "q", *"123")
    worker.channel.ack(1)
    worker.channel.nack(2)
    [one] = broker.queues["q"].consumers
    assert (one.delivered, one.redelivered, one.acknowledged, one.messages_unacknowledged) == (4, 1, 1, 2)


def test_a_queue_that_left_its_name_to_another_is_not_taken_for_it(broker: Broker) -> None:
    """Both in one basic.ack: the old one's copies went with it, the new one's are acknowledged."""
    declare(broker, "q")
    publish(broker, "q", *"12")
    worker = client(broker).channel
    for _ in range(2):
        worker.get("q")
    worker.delete_queue("q")
    declare(broker, "q")
    publish(broker, "q", "3")
    worker.get("q")
    worker.ack(0, multiple=True)
    assert (broker.queues["q"].acknowledged, broker.queues["q"].unacked) == (1, 0)
    assert (broker.copies.deleted, broker.copies.acknowledged, broker.copies.balances) == (2, 1, True)


def test_automatic_acks_leave_nothing_behind(broker: Broker) -> None:
    declare(broker, "q")
    worker = consumer(broker, "q", no_ack=True)
    publish(broker, "q", *"12")
    queue = broker.queues["q"]
    assert worker.ear.bodies == ["1", "2"]
    assert (queue.unacked, queue.acknowledged, queue.message_bytes) == (0, 2, 0)
    [one] = queue.consumers
    assert (one.acknowledged, one.messages_unacknowledged) == (2, 0)


def test_peek_takes_nothing(broker: Broker) -> None:
    declare(broker, "q")
    publish(broker, "q", *"123")
    assert [copy.message.body for copy in broker.peek("q", 2)] == [b"1", b"2"]
    assert ready(broker, "q") == ["1", "2", "3"]


def test_the_oldest_is_when_the_head_entered(broker: Broker) -> None:
    declare(broker, "q")
    assert broker.queues["q"].oldest is None
    broker.scheduler.run_until(2.0, lambda: False)
    publish(broker, "q", "1")
    broker.scheduler.run_until(5.0, lambda: False)
    publish(broker, "q", "2")
    assert broker.queues["q"].oldest == 2.0


def test_a_consumer_hears_of_the_end_of_its_queue_if_it_can(broker: Broker) -> None:
    declare(broker, "q")
    able, unable = client(broker), client(broker, capabilities=frozenset())
    for each in (able, unable):
        each.channel.consume("q", "tag")
    client(broker).channel.delete_queue("q")
    assert (able.ear.cancels, unable.ear.cancels) == (["tag"], [])


def test_a_closing_connection_gets_nothing_of_what_its_channels_give_back(broker: Broker) -> None:
    declare(broker, "q")
    holder = consumer(broker, "q")
    sibling = holder.connection.channel()
    publish(broker, "q", "1", "2")
    sibling.consume("q")
    heard = len(holder.ear.deliveries)
    holder.connection.close()
    assert len(holder.ear.deliveries) == heard == 2
    assert ready(broker, "q") == ["1", "2"]
