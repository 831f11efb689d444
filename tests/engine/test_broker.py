"""The broker's life: restart with its losses counted, down and up, the ack timeout, the ledger, policies."""

import pytest

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.engine.connection import ConnectionState
from mqviz.errors import AmqpError, BackendError
from mqviz.model.amqp import PolicySpec, Properties
from mqviz.model.scenario import BrokerSpec
from tests.engine.clients import client, consumer, declare, publish, ready

PERSISTENT = Properties(delivery_mode=2)


def test_a_restart_keeps_durable_and_persistent_and_counts_the_rest(broker: Broker) -> None:
    declare(broker, "durable", durable=True)
    declare(broker, "transient")
    for queue in ("durable", "transient"):
        publish(broker, queue, "1", "2", properties=PERSISTENT)
        publish(broker, queue, "3")
    broker.restart()
    assert ready(broker, "durable") == ["1", "2"]
    assert "transient" not in broker.queues
    assert (broker.totals("durable").lost, broker.totals("transient").lost) == (1, 3)
    assert (broker.copies.lost, broker.copies.ready, broker.copies.balances) == (4, 2, True)


def test_unacknowledged_messages_come_back_redelivered(broker: Broker) -> None:
    declare(broker, "q", durable=True)
    publish(broker, "q", *"123", properties=PERSISTENT)
    worker, other = consumer(broker, "q", prefetch=1), consumer(broker, "q", prefetch=1)
    broker.restart()
    assert [(copy.message.body, copy.redelivered) for copy in broker.queues["q"].ready] == [
        (b"1", True),
        (b"2", True),
        (b"3", False),
    ]
    assert (worker.ear.bodies, other.ear.bodies) == (["1"], ["2"])


def test_everybody_is_told_that_the_broker_goes(broker: Broker) -> None:
    clients = [client(broker), client(broker)]
    broker.stop()
    for each in clients:
        assert [error.text for error in each.ear.errors] == [
            "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'"
        ]
        assert each.connection.state is ConnectionState.CLOSED
    with pytest.raises(BackendError):
        client(broker)
    broker.start()
    assert client(broker).connection.is_open


def test_durable_topology_stays(broker: Broker) -> None:
    channel = client(broker).channel
    channel.declare_exchange("keep", "fanout", durable=True)
    channel.declare_exchange("go", "fanout")
    channel.declare_queue("keep", durable=True)
    channel.declare_queue("go")
    channel.bind("keep", "keep")
    channel.bind("keep", "go")
    channel.bind("go", "keep")
    broker.restart()
    assert [(each.source.name, each.destination.name) for each in broker.bindings] == [("keep", "keep")]
    assert "go" not in broker.exchanges
    assert broker.route("keep", "") == ("keep",)


def test_messages_expire_while_the_broker_is_down(broker: Broker) -> None:
    declare(broker, "q", durable=True, x_message_ttl=1_000)
    publish(broker, "q", "1", properties=PERSISTENT)
    broker.stop()
    broker.scheduler.run_until(2.0, lambda: False)
    broker.start()
    assert ready(broker, "q") == []
    assert broker.queues["q"].expired == 1


def test_an_operator_closes_a_connection_by_name(broker: Broker) -> None:
    declare(broker, "q")
    worker = client(broker, name="worker")
    worker.channel.consume("q")
    publish(broker, "q", "1")
    broker.close_connection("worker", "Closed via management plugin")
    assert [error.text for error in worker.ear.errors] == ["CONNECTION_FORCED - Closed via management plugin"]
    assert [copy.redelivered for copy in broker.queues["q"].ready] == [True]


def test_two_of_a_name_are_told_apart(broker: Broker) -> None:
    one, other = client(broker, name="shop"), client(broker, name="shop")
    assert one.connection.name == "shop"
    assert other.connection.name != "shop"
    assert len(broker.connections) == 2


# -- the ack timeout ----------------------------------------------------------------------------


def impatient(scheduler: Scheduler, seconds: float | None) -> Broker:
    broker = Broker(scheduler, spec=BrokerSpec(consumer_timeout=seconds))
    declare(broker, "q")
    return broker


def test_a_delivery_unacknowledged_too_long_closes_the_channel(scheduler: Scheduler) -> None:
    broker = impatient(scheduler, 2.0)
    worker = consumer(broker, "q")
    publish(broker, "q", "1")
    scheduler.run_until(1.9, lambda: False)
    assert worker.channel.is_open
    scheduler.run_until(2.0, lambda: False)
    [error] = worker.ear.channel_errors
    assert error.code == 406
    assert error.text == (
        "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 2000 ms. "
        "This timeout value can be configured, see consumers doc guide to learn more"
    )
    assert [copy.redelivered for copy in broker.queues["q"].ready] == [True]


def test_the_timeout_is_of_the_oldest_and_takes_one_timer(scheduler: Scheduler) -> None:
    broker = impatient(scheduler, 2.0)
    worker = consumer(broker, "q")
    for second in range(5):
        scheduler.run_until(float(second), lambda: False)
        publish(broker, "q", *"123")
        worker.channel.ack(worker.ear.deliveries[-1].tag, multiple=True)
        assert len(scheduler) == 1
    publish(broker, "q", "4")
    scheduler.run_until(5.9, lambda: False)
    assert worker.channel.is_open
    scheduler.run_until(6.0, lambda: False)
    assert not worker.channel.is_open


def test_by_default_it_is_half_an_hour(scheduler: Scheduler) -> None:
    broker = impatient(scheduler, None)
    worker = client(broker)
    publish(broker, "q", "1")
    worker.channel.get("q")
    scheduler.run_until(1_799.0, lambda: False)
    assert worker.channel.is_open
    scheduler.run_until(1_800.0, lambda: False)
    assert not worker.channel.is_open


# -- verbs after the end, and scope of errors ---------------------------------------------------


def test_a_verb_on_a_closed_channel_closes_nothing_more(broker: Broker) -> None:
    one = client(broker)
    one.channel.close()
    for verb in (
        lambda: one.channel.declare_queue("q"),
        lambda: one.channel.publish("", "q"),
        lambda: one.channel.ack(1),
        lambda: one.channel.nack(1),
    ):
        with pytest.raises(AmqpError, match=r"expected 'channel\.open'"):
            verb()
    assert one.connection.is_open


def test_a_soft_error_closes_the_channel_a_hard_one_the_connection(broker: Broker) -> None:
    one = client(broker)
    other = one.connection.channel()
    with pytest.raises(AmqpError) as soft:
        one.channel.declare_queue("q", passive=True)
    assert (soft.value.class_id, soft.value.method_id, other.is_open) == (50, 10, True)
    with pytest.raises(AmqpError) as hard:
        other.publish("", "q", immediate=True)
    assert (hard.value.class_id, hard.value.method_id, one.connection.is_open) == (60, 40, False)


# -- account and policies -----------------------------------------------------------------------


def test_a_deleted_queue_stays_in_the_account(broker: Broker) -> None:
    declare(broker, "q")
    worker = consumer(broker, "q", prefetch=2)
    publish(broker, "q", *"12345")
    worker.channel.ack(1)
    client(broker).channel.delete_queue("q")
    declare(broker, "q")
    publish(broker, "q", "6")
    worker.channel.ack(2)
    total = broker.totals("q")
    assert (total.enqueued, total.acknowledged, total.deleted, total.ready) == (6, 1, 4, 1)
    assert broker.copies.balances


def test_every_end_of_a_message_is_counted(broker: Broker) -> None:
    declare(broker, "q", x_max_length=1, x_overflow="reject-publish")
    sender = client(broker).channel
    sender.publish("", "q")
    sender.publish("", "q")
    sender.publish("", "nobody")
    sender.publish("", "nobody", mandatory=True)
    ledger = broker.messages
    assert (ledger.published, ledger.routed, ledger.refused) == (4, 1, 1)
    assert (ledger.unroutable, ledger.returned, ledger.balances) == (1, 1, True)


def test_the_highest_policy_applies_alone(broker: Broker) -> None:
    declare(broker, "q")
    broker.set_policy(PolicySpec(name="low", pattern=".*", definition={"max-length": 1, "message-ttl": 5_000}))
    broker.set_policy(PolicySpec(name="high", pattern="^q$", definition={"max-length": 7}, priority=3))
    queue = broker.queues["q"]
    assert (queue.policy, queue.limits.max_length, queue.limits.ttl) == ("high", 7, None)
    broker.delete_policy("high")
    assert (queue.policy, queue.limits.max_length, queue.limits.ttl) == ("low", 1, 5.0)
    broker.delete_policy("low")
    assert (queue.policy, queue.limits.max_length) == (None, None)


def test_a_policy_is_for_its_kind(broker: Broker) -> None:
    declare(broker, "q")
    declare(broker, "big", durable=True, x_queue_type="quorum")
    for kind in ("exchanges", "quorum_queues", "classic_queues"):
        policy = PolicySpec(name=kind, pattern="", definition={"max-length": 1}, apply_to=kind)
        broker.set_policy(policy)
    assert [broker.queues[name].policy for name in ("q", "big")] == ["classic_queues", "quorum_queues"]
    assert broker.exchanges["amq.direct"].policy == "exchanges"


def test_names_that_the_broker_gives_are_its_own(broker: Broker) -> None:
    channel = client(broker).channel
    first, second = channel.declare_queue(), channel.declare_queue()
    assert first.name.startswith("amq.gen-")
    assert first.name != second.name


def test_the_virtual_host_is_in_the_texts(scheduler: Scheduler) -> None:
    broker = Broker(scheduler, vhost="shop")
    with pytest.raises(AmqpError, match="no queue 'q' in vhost 'shop'"):
        client(broker).channel.declare_queue("q", passive=True)


@pytest.mark.parametrize(("apply_to", "limits"), [("classic_queues", (1, None)), ("quorum_queues", (None, 1)), ("queues", (1, 1))])
def test_a_policy_of_newer_versions_is_for_one_type_of_queue(broker: Broker, apply_to: str, limits: tuple[int | None, ...]) -> None:
    channel = client(broker).channel
    channel.declare_queue("classic", durable=True)
    channel.declare_queue("quorum", durable=True, arguments={"x-queue-type": "quorum"})
    broker.set_policy(PolicySpec(name="p", pattern=".*", definition={"max-length": 1}, apply_to=apply_to))
    assert tuple(broker.queues[name].limits.max_length for name in ("classic", "quorum")) == limits
