"""Transactions: what conformance cannot see, the account and the ends that are no commit."""

from mqviz.engine.broker import Broker
from tests.engine.clients import client, consumer, declare, publish, ready


def test_a_rollback_published_nothing(broker: Broker) -> None:
    declare(broker, "q")
    one = client(broker)
    one.channel.tx_select()
    one.channel.publish("", "q", b"1")
    assert (broker.published, ready(broker, "q")) == (0, [])
    one.channel.tx_rollback()
    one.channel.tx_commit()
    assert (broker.published, broker.messages.balances) == (0, True)


def test_numbers_are_given_at_the_commit(broker: Broker) -> None:
    declare(broker, "q")
    one = client(broker)
    one.channel.tx_select()
    one.channel.publish("", "q", b"late")
    publish(broker, "q", "early")
    one.channel.tx_commit()
    assert [(copy.message.number, copy.message.body) for copy in broker.queues["q"].ready] == [(1, b"early"), (2, b"late")]


def test_settled_but_not_committed_comes_back_with_the_channel(broker: Broker) -> None:
    declare(broker, "q")
    worker = consumer(broker, "q")
    worker.channel.tx_select()
    publish(broker, "q", *"1234")
    worker.channel.ack(2)
    worker.channel.nack(3, requeue=False)
    assert broker.queues["q"].unacked == 4
    worker.channel.close()
    assert ready(broker, "q") == ["1", "2", "3", "4"]
    assert broker.copies.balances


def test_after_a_rollback_tags_can_be_settled_again(broker: Broker) -> None:
    declare(broker, "q")
    worker = consumer(broker, "q", prefetch=3)
    worker.channel.tx_select()
    publish(broker, "q", *"1234")
    worker.channel.ack(2, multiple=True)
    worker.channel.tx_rollback()
    assert worker.ear.bodies == ["1", "2", "3"]
    worker.channel.ack(3, multiple=True)
    worker.channel.tx_commit()
    assert worker.ear.bodies == ["1", "2", "3", "4"]
    assert broker.queues["q"].acknowledged == 3
