"""Quorum queues: what they have more (delivery limit, x-delivery-count) and what they refuse."""

from typing import Any

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Chan, Confirm, Peer, QueueOk, bodies, connect_channel, drain, publish_each, refused
from tests.conformance.nouns import error, success


def quorum(chan: Chan, **arguments: Any) -> None:
    """Queue q of type quorum."""
    more = {key.replace("_", "-"): value for key, value in arguments.items()}
    chan.declare_queue("q", durable=True, arguments={"x-queue-type": "quorum"} | more)


def count_of(properties: Properties) -> object:
    """The header x-delivery-count."""
    return (properties.headers or {}).get("x-delivery-count")


@success("quorum queue")
def test_returns_are_counted_in_a_header(peer: Peer) -> None:
    """Absent at first; then the number of earlier deliveries that failed. (Only basic.get tells 0.)"""
    chan = connect_channel(peer)
    quorum(chan)
    chan.qos(1)
    publish_each(chan, "q", "1")
    chan.consume("q", "a")
    seen = []
    for _ in range(3):
        [delivery] = chan.deliveries(1)
        seen.append((count_of(delivery.properties), delivery.redelivered))
        chan.nack(delivery.delivery_tag)
    assert seen == [(None, False), (1, True), (2, True)]


@success("quorum queue", "get")
def test_get_shows_the_count_too(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    chan.confirm_select()
    publish_each(chan, "q", "1")
    assert chan.answers(1) == [Confirm(1, True)]
    got = chan.get("q")
    assert got is not None
    chan.reject(got.delivery_tag)
    again = chan.take("q")
    assert (count_of(got.properties), count_of(again.properties), again.redelivered) == (0, 1, True)


@success("quorum queue", "requeue order")
@pytest.mark.parametrize(("limit", "order"), [({}, "4 1 2 3"), ({"x_delivery_limit": 5}, "1 2 3 4")])
def test_nacked_messages_go_to_the_end_unless_there_is_a_limit(peer: Peer, limit: dict[str, int], order: str) -> None:
    """In 3.10.8 a queue without x-delivery-limit writes them anew, at the end of its log."""
    chan = connect_channel(peer)
    quorum(chan, **limit)
    publish_each(chan, "q", "1 2 3")
    chan.consume("q", "a")
    deliveries = chan.deliveries(3)
    chan.cancel("a")
    chan.confirm_select()
    publish_each(chan, "q", "4")
    assert chan.answers(1) == [Confirm(1, True)]
    for each in deliveries:
        chan.nack(each.delivery_tag)
    chan.await_ready("q", 4)
    assert drain(chan, "q") == order.split()


@success("quorum queue", "requeue order", "channel")
def test_a_lost_channel_gives_back_to_the_head(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    quorum(chan)
    publish_each(chan, "q", "1 2 3")
    chan.qos(2)
    chan.consume("q", "a")
    assert bodies(chan.deliveries(2)) == ["1", "2"]
    chan.close()
    other.await_ready("q", 3)
    assert drain(other, "q") == ["1", "2", "3"]


@success("x-delivery-limit")
def test_the_limit_ends_a_poison_message(peer: Peer) -> None:
    """With a limit of 2 it is delivered three times."""
    chan = connect_channel(peer)
    quorum(chan, x_delivery_limit=2)
    chan.qos(1)
    publish_each(chan, "q", "poison good")
    chan.consume("q", "a")
    for _ in range(3):
        [delivery] = chan.deliveries(1)
        assert delivery.body == b"poison"
        chan.nack(delivery.delivery_tag)
    assert bodies(chan.deliveries(1)) == ["good"]


@success("x-delivery-limit", "x-dead-letter-exchange", "x-death")
def test_the_limit_is_a_reason_to_die(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("d")
    chan.bind("d", "amq.fanout")
    quorum(chan, x_delivery_limit=1, x_dead_letter_exchange="amq.fanout")
    publish_each(chan, "q", "1")
    chan.qos(1)
    chan.consume("q", "a")
    for _ in range(2):
        [delivery] = chan.deliveries(1)
        chan.reject(delivery.delivery_tag)
    headers = chan.take("d").properties.headers
    assert headers is not None
    assert [(row["reason"], row["queue"], row["count"]) for row in headers["x-death"]] == [("delivery_limit", "q", 1)]
    assert headers["x-first-death-reason"] == "delivery_limit"


@success("x-delivery-limit", "connection")
def test_a_lost_connection_counts_towards_the_limit(peer: Peer) -> None:
    watcher = connect_channel(peer)
    quorum(watcher, x_delivery_limit=1)
    publish_each(watcher, "q", "1")
    for _ in range(2):
        chan = connect_channel(peer)
        chan.consume("q", "a")
        chan.deliveries(1)
        chan.conn.close()
    watcher.await_ready("q", 0)
    peer.let_pass(0.05)
    assert drain(watcher, "q") == []


@error("x-delivery-limit", "quorum queue")
def test_without_a_limit_it_goes_on(peer: Peer) -> None:
    """A limit of 20 is the default only since RabbitMQ 4.0."""
    chan = connect_channel(peer)
    quorum(chan)
    chan.qos(1)
    publish_each(chan, "q", "1")
    chan.consume("q", "a")
    for _ in range(22):
        [delivery] = chan.deliveries(1, more=True)
        chan.nack(delivery.delivery_tag)
    [delivery] = chan.deliveries(1)
    assert count_of(delivery.properties) == 22


@error("x-delivery-limit", "reply code")
def test_limit_zero_allows_one_delivery(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan, x_delivery_limit=0)
    publish_each(chan, "q", "1")
    chan.consume("q", "a")
    [delivery] = chan.deliveries(1)
    chan.nack(delivery.delivery_tag)
    assert chan.deliveries(0) == []


@success("quorum queue", "x-max-length")
def test_length_is_limited_too(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan, x_max_length=2)
    chan.confirm_select()
    publish_each(chan, "q", "1 2 3")
    assert sorted(chan.answers(3)) == [Confirm(tag, True) for tag in (1, 2, 3)]
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["2", "3"]


@success("quorum queue", "x-overflow")
def test_quorum_rejects_publishes(peer: Peer) -> None:
    """It takes one more than the limit before it says so: the publisher is told asynchronously."""
    chan = connect_channel(peer)
    quorum(chan, x_max_length=1, x_overflow="reject-publish")
    chan.confirm_select()
    answers = []
    for text in "1234":
        publish_each(chan, "q", text)
        answers += chan.answers(1)
    assert answers == [Confirm(1, True), Confirm(2, True), Confirm(3, False), Confirm(4, False)]
    assert drain(chan, "q") == ["1", "2"]


@success("quorum queue", "x-message-ttl")
def test_messages_expire_in_a_quorum_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan, x_message_ttl=30)
    publish_each(chan, "q", "1")
    peer.let_pass(0.06)
    chan.await_ready("q", 0)


@success("quorum queue", "x-single-active-consumer")
def test_quorum_single_active_consumer(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan, x_single_active_consumer=True)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2")
    assert [each.consumer_tag for each in chan.deliveries(2)] == ["a", "a"]
    chan.cancel("a")
    publish_each(chan, "q", "3")
    assert [each.consumer_tag for each in chan.deliveries(1)] == ["b"]


@success("quorum queue", "round robin")
def test_quorum_round_robin(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    for tag in "ab":
        chan.consume("q", tag)
    for text in "1234":
        publish_each(chan, "q", text)
        chan.await_ready("q", 0)
    found = [(each.consumer_tag, each.body.decode()) for each in chan.deliveries(4)]
    assert sorted(found) == [("a", "1"), ("a", "3"), ("b", "2"), ("b", "4")]


@error("quorum queue", "reply code")
@pytest.mark.parametrize(
    ("flags", "text"),
    [
        ({"durable": False}, "invalid property 'non-durable' for queue 'q' in vhost '/'"),
        ({"exclusive": True}, "invalid property 'exclusive-owner' for queue 'q' in vhost '/'"),
        ({"auto_delete": True}, "invalid property 'auto-delete' for queue 'q' in vhost '/'"),
    ],
)
def test_quorum_is_durable_and_shared(peer: Peer, flags: dict[str, bool], text: str) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - {text}"):
        chan.declare_queue("q", **({"durable": True} | flags), arguments={"x-queue-type": "quorum"})


@error("quorum queue", "x-queue-mode", "x-max-priority", "reply code")
@pytest.mark.parametrize(
    ("argument", "value"),
    [("x-max-priority", 5), ("x-queue-mode", "lazy")],
)
def test_arguments_quorum_does_not_know(peer: Peer, argument: str, value: Any) -> None:
    chan = connect_channel(peer)
    text = f"invalid arg '{argument}' for queue 'q' in vhost '/' of queue type rabbit_quorum_queue"
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - {text}"):
        chan.declare_queue("q", durable=True, arguments={"x-queue-type": "quorum", argument: value})


@error("x-delivery-limit", "classic queue", "reply code")
def test_arguments_classic_does_not_know(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "invalid arg 'x-delivery-limit' for queue 'q' in vhost '/' of queue type rabbit_classic_queue"
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - {text}"):
        chan.declare_queue("q", arguments={"x-queue-type": "classic", "x-delivery-limit": 3})


@error("quorum queue", "prefetch per channel", "reply code")
def test_quorum_knows_no_prefetch_of_the_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    chan.qos(1, global_=True)
    text = "NOT_IMPLEMENTED - queue 'q' in vhost '/' does not support global qos"
    with refused(chan, "connection", 540, text):
        chan.consume("q", "a")


@error("quorum queue", "equivalence", "x-queue-type", "reply code")
def test_the_type_of_a_queue_cannot_be_changed(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    text = "PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'q' in vhost '/': received 'classic' but current is 'quorum'"
    with refused(chan, "channel", 406, text):
        chan.declare_queue("q", durable=True, arguments={"x-queue-type": "classic"})


@success("quorum queue", "persistence")
def test_purge_and_delete_a_quorum_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert len(chan.answers(2)) == 2
    assert chan.purge("q") == 2
    assert chan.declare_queue("q", passive=True) == QueueOk("q", 0, 0)
    publish_each(chan, "q", "3")
    assert len(chan.answers(1)) == 1
    assert chan.delete_queue("q") == 1


@success("quorum queue", "requeue order")
@pytest.mark.parametrize(("limit", "order"), [({}, ["1", "2", "1"]), ({"x_delivery_limit": 5}, ["1", "1", "1"])])
def test_what_comes_after_a_nack(peer: Peer, limit: dict[str, int], order: list[str]) -> None:
    chan = connect_channel(peer)
    quorum(chan, **limit)
    chan.qos(1)
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert len(chan.answers(2)) == 2
    chan.consume("q", "a")
    seen = []
    for _ in range(3):
        [delivery] = chan.deliveries(1)
        seen.append(delivery.body.decode())
        chan.nack(delivery.delivery_tag)
    assert seen == order


@success("quorum queue", "x-dead-letter-exchange")
def test_a_rejected_message_of_a_quorum_queue_dies(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("d")
    quorum(chan, x_dead_letter_exchange="", x_dead_letter_routing_key="d")
    publish_each(chan, "q", "1")
    chan.await_ready("q", 1)
    got = chan.get("q")
    assert got is not None
    chan.reject(got.delivery_tag, requeue=False)
    headers = chan.take("d").properties.headers
    assert headers is not None
    assert [(row["reason"], row["queue"]) for row in headers["x-death"]] == [("rejected", "q")]
    assert "x-delivery-count" not in headers


@error("quorum queue", "get", "x-single-active-consumer", "reply code")
def test_get_from_a_quorum_queue_with_single_active_consumer(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan, x_single_active_consumer=True)
    text = (
        "RESOURCE_LOCKED - cannot obtain access to locked queue 'q' in vhost '/'. basic.get operations "
        "are not supported by quorum queues with single active consumer"
    )
    with refused(chan, "channel", 405, text):
        chan.get("q")


@error("quorum queue", "reply code")
@pytest.mark.parametrize("flag", ["if_unused", "if_empty"])
def test_quorum_is_deleted_whatever_is_in_it(peer: Peer, flag: str) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    name = flag.replace("_", "-")
    text = (
        f"NOT_IMPLEMENTED - cannot delete queue 'q' in vhost '/'. queue.delete operations with {name} flag set "
        "are not supported by quorum queues"
    )
    with refused(chan, "connection", 540, text):
        chan.delete_queue("q", **{flag: True})


@error("quorum queue", "exclusive consumer")
@pytest.mark.parametrize(("first", "second"), [(True, False), (True, True), (False, True)])
def test_exclusive_means_nothing_to_a_quorum_queue(peer: Peer, first: bool, second: bool) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    quorum(chan)
    chan.consume("q", "a", exclusive=first)
    other.consume("q", "b", exclusive=second)
    publish_each(chan, "q", "1")
    assert bodies(chan.deliveries(1)) == ["1"]


@success("quorum queue", "consumer priority")
def test_priority_of_consumers_of_a_quorum_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    chan.consume("q", "low")
    chan.consume("q", "high", arguments={"x-priority": 5})
    for text in "12":
        publish_each(chan, "q", text)
        chan.await_ready("q", 0)
    assert [each.consumer_tag for each in chan.deliveries(2)] == ["high", "high"]


@success("quorum queue", "cancel notification")
def test_a_deleted_quorum_queue_cancels_its_consumers(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    chan.consume("q", "a")
    chan.delete_queue("q")
    assert chan.cancelled(1) == ["a"]


@error("quorum queue", "priority")
def test_priorities_of_messages_mean_nothing_in_a_quorum_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    chan.confirm_select()
    for priority in (1, 9):
        chan.publish("", "q", str(priority).encode(), Properties(priority=priority))
    assert len(chan.answers(2)) == 2
    assert drain(chan, "q") == ["1", "9"]


@success("quorum queue", "transactions")
def test_a_transaction_on_a_quorum_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    quorum(chan)
    chan.tx_select()
    publish_each(chan, "q", "1 2")
    chan.tx_commit()
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["1", "2"]
