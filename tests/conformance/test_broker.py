"""The broker as a whole: connections, channels, restart, memory alarm, ack timeout. Most of it is slow on a real broker."""

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import (
    Got,
    Peer,
    QueueOk,
    Refused,
    bodies,
    connect_channel,
    drain,
    has_exchange,
    has_queue,
    publish_each,
    refused,
)
from tests.conformance.nouns import error, success

PERSISTENT = Properties(delivery_mode=2)
SHUTDOWN = Refused("connection", 320, "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'")


@success("connection", "channel")
def test_channels_of_a_connection_are_independent(peer: Peer) -> None:
    chan = connect_channel(peer)
    other = chan.conn.channel()
    chan.declare_queue("q")
    other.consume("q", "a")
    chan.consume("q", "a")
    publish_each(chan, "q", "1 2")
    assert (bodies(other.deliveries(1)), bodies(chan.deliveries(1))) == (["1"], ["2"])
    chan.close()
    assert bodies(other.deliveries(1)) == ["2"]


@success("connection")
def test_closing_a_connection_leaves_the_others(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a")
    chan.conn.close()
    assert other.declare_queue("q", passive=True) == QueueOk("q", 0, 0)
    assert other.conn.is_open()


@error("connection", "channel", "reply code")
def test_a_hard_error_closes_all_channels_of_its_connection_alone(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    sibling = chan.conn.channel()
    sibling.declare_queue("q")
    publish_each(sibling, "q", "1")
    sibling.get("q")
    with refused(chan, "connection", 540, "NOT_IMPLEMENTED - active=false"):
        chan.flow(False)
    assert sibling.closed() == Refused("connection", 540, "NOT_IMPLEMENTED - active=false")
    assert other.take("q").redelivered


@error("channel", "reply code")
def test_a_soft_error_leaves_the_sibling(peer: Peer) -> None:
    chan = connect_channel(peer)
    sibling = chan.conn.channel()
    with refused(chan, "channel", 404, "NOT_FOUND - no queue 'missing' in vhost '/'"):
        chan.get("missing")
    assert sibling.declare_queue("q") == QueueOk("q", 0, 0)
    assert sibling.conn.is_open()


@success("channel")
def test_the_number_of_a_closed_channel_is_free_again(peer: Peer) -> None:
    conn = peer.connect()
    conn.channel(7).close()
    chan = conn.channel(7)
    assert chan.declare_queue("q") == QueueOk("q", 0, 0)


@error("channel", "connection", "reply code")
def test_a_channel_is_opened_once(peer: Peer) -> None:
    chan = peer.connect().channel(1)
    with refused(chan, "connection", 504, "CHANNEL_ERROR - second 'channel.open' seen"):
        chan.conn.channel(1)


@error("connection", "reply code")
def test_the_operator_closes_a_connection(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    chan.consume("q", "a")
    chan.deliveries(1)
    peer.close_connection(chan.conn, "maintenance")
    assert chan.conn.closed() == Refused("connection", 320, "CONNECTION_FORCED - maintenance")
    assert other.take("q").redelivered


# -- restart: durable things stay ----------------------------------------------------------------


@success("durable", "persistence", "connection")
def test_durable_things_survive_a_restart(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "topic", durable=True)
    for name in ("kept", "other"):
        chan.declare_queue(name, durable=True)
        chan.bind(name, "x", f"{name}.#")
    chan.confirm_select()
    publish_each(chan, "kept", "1 2", PERSISTENT)
    publish_each(chan, "kept", "transient")
    publish_each(chan, "kept", "3", PERSISTENT)
    assert len(chan.answers(4)) == 4
    peer.restart()
    assert chan.conn.closed() == SHUTDOWN
    chan = connect_channel(peer)
    assert drain(chan, "kept") == ["1", "2", "3"]
    chan.publish("x", "other.key", b"4")
    assert drain(chan, "other") == ["4"]


@error("durable", "persistence", "exclusive queue")
def test_transient_things_do_not_survive_a_restart(peer: Peer) -> None:
    """A durable exclusive queue goes as well: its connection is gone."""
    chan = connect_channel(peer)
    chan.declare_queue("mine", durable=True, exclusive=True)
    chan.declare_queue("auto", durable=True, auto_delete=True)
    chan.declare_queue("transient")
    chan.declare_exchange("x", "fanout")
    chan.declare_exchange("y", "fanout", durable=True)
    chan.bind("transient", "y")
    publish_each(chan, "transient", "1", PERSISTENT)
    peer.restart()
    chan = connect_channel(peer)
    found = [has_queue(chan, "transient"), has_queue(chan, "mine"), has_queue(chan, "auto")]
    assert found == [False, False, True]
    assert (has_exchange(chan, "x"), has_exchange(chan, "y")) == (False, True)
    assert has_exchange(chan, "amq.topic")


@success("persistence", "manual ack", "confirms")
def test_unacked_messages_come_back_redelivered_after_a_restart(peer: Peer) -> None:
    """A message that was never delivered comes without the flag."""
    chan = connect_channel(peer)
    chan.declare_queue("q", durable=True)
    chan.confirm_select()
    publish_each(chan, "q", "1 2 3", PERSISTENT)
    assert len(chan.answers(3)) == 3
    first, second = chan.get("q"), chan.get("q")
    assert first is not None
    assert second is not None
    chan.ack(first.delivery_tag)
    peer.restart()
    chan = connect_channel(peer)
    found = [chan.take("q") for _ in range(2)]
    assert [(got.body, got.redelivered) for got in found] == [(b"2", True), (b"3", False)]


@success("durable", "x-max-length")
def test_limits_are_remembered_over_a_restart(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", durable=True, arguments={"x-max-length": 2})
    peer.restart()
    chan = connect_channel(peer)
    publish_each(chan, "q", "1 2 3", PERSISTENT)
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["2", "3"]


# -- memory alarm ----------------------------------------------------------------------------------


@success("memory alarm", "blocked and unblocked")
def test_a_publisher_is_blocked_and_unblocked_once(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    with peer.memory_alarm():
        for _ in range(3):
            publish_each(chan, "q", "1")
        assert chan.conn.blocks(1) == ["low on memory"]
    assert chan.conn.blocks(1) == [""]
    chan.await_ready("q", 3)


@success("memory alarm", "blocked and unblocked")
def test_consumers_go_on_during_an_alarm(peer: Peer) -> None:
    publisher, consumer = connect_channel(peer), connect_channel(peer)
    publisher.declare_queue("q")
    publish_each(publisher, "q", "1 2 3")
    with peer.memory_alarm():
        publish_each(publisher, "q", "late")
        assert publisher.conn.blocks(1) == ["low on memory"]
        consumer.qos(2)
        consumer.consume("q", "a")
        first, _ = consumer.deliveries(2)
        consumer.ack(first.delivery_tag)
        assert bodies(consumer.deliveries(1)) == ["3"]
        assert consumer.conn.is_open()
    second = consumer.deliveries(0)
    assert second == []
    consumer.ack(0, multiple=True)
    assert bodies(consumer.deliveries(1)) == ["late"]


@error("memory alarm", "blocked and unblocked")
def test_who_does_not_publish_hears_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    with peer.memory_alarm():
        chan.declare_queue("q")
        assert chan.get("q") is None
    assert chan.conn.blocks(0) == []


@error("memory alarm", "blocked and unblocked")
def test_what_a_blocked_connection_publishes_waits(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    with peer.memory_alarm():
        publish_each(chan, "q", "1")
        chan.conn.blocks(1)
        publish_each(chan, "q", "2")
        peer.let_pass(0.05)
        before = other.declare_queue("q", passive=True).messages
    assert chan.conn.blocks(1) == [""]
    chan.await_ready("q", 2)
    assert (before, drain(chan, "q")) == (0, ["1", "2"])


@error("blocked and unblocked", "connection")
def test_a_client_that_does_not_know_blocked_is_blocked_silently(peer: Peer) -> None:
    chan = peer.connect(without=["connection.blocked"]).channel()
    chan.declare_queue("q")
    with peer.memory_alarm():
        publish_each(chan, "q", "1")
        peer.let_pass(0.05)
    chan.await_ready("q", 1)
    assert chan.conn.blocks(0) == []


# -- ack timeout -----------------------------------------------------------------------------------

TIMED_OUT = (
    "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 300 ms. "
    "This timeout value can be configured, see consumers doc guide to learn more"
)


@error("ack timeout", "reply code")
def test_who_does_not_acknowledge_in_time_loses_the_channel(peer: Peer) -> None:
    with peer.ack_timeout(0.3):
        chan, other = connect_channel(peer), connect_channel(peer)
        chan.declare_queue("q")
        publish_each(chan, "q", "1 2")
        chan.consume("q", "a")
        chan.deliveries(2)
        peer.let_pass(0.6)
        assert chan.closed() == Refused("channel", 406, TIMED_OUT)
        assert chan.conn.is_open()
        found: list[Got] = [other.take("q") for _ in range(2)]
    assert [(got.body, got.redelivered) for got in found] == [(b"1", True), (b"2", True)]


@success("ack timeout")
@pytest.mark.parametrize("how", ["ack", "no_ack"])
def test_who_acknowledges_in_time_keeps_it(peer: Peer, how: str) -> None:
    with peer.ack_timeout(0.3):
        chan = connect_channel(peer)
        chan.declare_queue("q")
        publish_each(chan, "q", "1")
        chan.consume("q", "a", no_ack=how == "no_ack")
        [delivery] = chan.deliveries(1)
        if how == "ack":
            chan.ack(delivery.delivery_tag)
        peer.let_pass(0.6)
        publish_each(chan, "q", "2")
        assert bodies(chan.deliveries(1)) == ["2"]


@error("ack timeout", "get")
def test_messages_got_must_be_acknowledged_in_time_too(peer: Peer) -> None:
    with peer.ack_timeout(0.3):
        chan = connect_channel(peer)
        chan.declare_queue("q")
        publish_each(chan, "q", "1")
        assert chan.get("q") is not None
        peer.let_pass(0.6)
        assert chan.closed().code == 406


@success("memory alarm", "blocked and unblocked", "connection")
def test_who_connects_during_an_alarm_is_blocked_when_it_publishes(peer: Peer) -> None:
    watcher = connect_channel(peer)
    watcher.declare_queue("q")
    with peer.memory_alarm():
        chan = connect_channel(peer)
        publish_each(chan, "q", "1")
        assert chan.conn.blocks(1) == ["low on memory"]
    assert chan.conn.blocks(1) == [""]
    watcher.await_ready("q", 1)


@success("blocked and unblocked", "memory alarm")
def test_each_episode_is_told_anew(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    for _ in range(2):
        with peer.memory_alarm():
            publish_each(chan, "q", "1")
            assert chan.conn.blocks(1) == ["low on memory"]
        assert chan.conn.blocks(1) == [""]
    chan.await_ready("q", 2)


@success("ack timeout", "multiple")
def test_only_the_slow_channel_closes(peer: Peer) -> None:
    with peer.ack_timeout(0.3):
        slow = connect_channel(peer)
        quick = slow.conn.channel()
        slow.declare_queue("q")
        publish_each(slow, "q", "1 2")
        for chan in (slow, quick):
            chan.qos(1)
            chan.consume("q", "a")
        slow.deliveries(1)
        [delivery] = quick.deliveries(1)
        quick.ack(delivery.delivery_tag)
        peer.let_pass(0.4)
        assert slow.closed().code == 406
        [again] = quick.deliveries(1)
        assert (again.body, again.redelivered) == (b"1", True)


@success("quorum queue", "durable", "x-single-active-consumer")
def test_a_quorum_queue_survives_a_restart(peer: Peer) -> None:
    """Transient messages too: everything in it is on disk. What was unacked counts as returned."""
    chan = connect_channel(peer)
    chan.declare_queue("q", durable=True, arguments={"x-queue-type": "quorum"})
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert len(chan.answers(2)) == 2
    assert chan.get("q") is not None
    peer.restart()
    chan = connect_channel(peer)
    chan.await_ready("q", 2)
    found = [chan.take("q") for _ in range(2)]
    assert [(got.body, got.redelivered) for got in found] == [(b"1", True), (b"2", False)]
