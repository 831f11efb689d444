"""Transactions."""

import pytest

from tests.conformance.client import Peer, QueueOk, Returned, bodies, connect_channel, drain, publish_each, refused
from tests.conformance.nouns import error, success


@success("transactions")
def test_a_commit_publishes_all(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.tx_select()
    publish_each(chan, "q", "1 2")
    assert chan.declare_queue("q") == QueueOk("q", 0, 0)
    chan.tx_commit()
    chan.await_ready("q", 2)
    assert drain(connect_channel(peer), "q") == ["1", "2"]


@success("transactions")
def test_a_rollback_forgets_the_publishes(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.tx_select()
    publish_each(chan, "q", "1")
    chan.tx_rollback()
    publish_each(chan, "q", "2")
    chan.tx_commit()
    assert drain(connect_channel(peer), "q") == ["2"]


@success("transactions", "manual ack")
def test_acks_wait_for_the_commit(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1 2 3")
    chan.tx_select()
    chan.qos(1)
    chan.consume("q", "a")
    [first] = chan.deliveries(1)
    chan.ack(first.delivery_tag)
    assert chan.deliveries(0) == []
    chan.tx_commit()
    assert bodies(chan.deliveries(1)) == ["2"]


@success("transactions", "manual ack")
def test_a_rollback_forgets_the_acks(peer: Peer) -> None:
    """The message is unacked again, not requeued, and may be acked once more."""
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1")
    chan.tx_select()
    got = chan.get("q")
    assert got is not None
    chan.ack(got.delivery_tag)
    chan.tx_rollback()
    assert other.declare_queue("q", passive=True) == QueueOk("q", 0, 0)
    chan.ack(got.delivery_tag)
    chan.tx_commit()
    chan.close()
    assert drain(other, "q") == []


@success("transactions", "nack")
def test_nacks_wait_for_the_commit(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1")
    chan.tx_select()
    got = chan.get("q")
    assert got is not None
    chan.nack(got.delivery_tag)
    assert other.get("q") is None
    chan.tx_commit()
    assert other.take("q").redelivered


@success("transactions", "returns")
def test_returns_come_at_the_commit(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.tx_select()
    chan.publish("", "nowhere", b"1", mandatory=True)
    assert chan.answers(0) == []
    chan.tx_commit()
    assert [type(each) for each in chan.answers(1)] == [Returned]


@error("transactions", "channel")
def test_a_channel_that_closes_rolls_back(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1")
    chan.tx_select()
    got = chan.get("q")
    assert got is not None
    chan.ack(got.delivery_tag)
    publish_each(chan, "q", "2")
    chan.close()
    assert drain(other, "q") == ["1"]


@error("transactions", "reply code")
@pytest.mark.parametrize("verb", ["tx_commit", "tx_rollback"])
def test_no_transaction_was_begun(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - channel is not transactional"):
        getattr(chan, verb)()


@error("transactions", "reply code")
def test_mistakes_in_a_transaction_are_told_at_once(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.tx_select()
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'x' in vhost '/'"):
        chan.publish("x", "k", b"1")


@error("transactions", "manual ack", "reply code")
def test_an_unknown_tag_in_a_transaction_is_told_at_once(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.tx_select()
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 7"):
        chan.ack(7)


@success("transactions", "multiple", "requeue order")
def test_nacks_and_publishes_of_a_commit(peer: Peer) -> None:
    """Publishes go first, then what was requeued comes back before them, to its place."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3")
    for _ in range(3):
        assert chan.get("q") is not None
    chan.tx_select()
    chan.nack(2, multiple=True)
    publish_each(chan, "q", "4")
    chan.ack(3)
    chan.tx_commit()
    chan.await_ready("q", 3)
    assert drain(chan, "q") == ["1", "2", "4"]


@success("transactions")
def test_a_transaction_begins_anew_after_each_commit(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    chan.tx_select()
    chan.tx_select()
    publish_each(chan, "q", "1")
    chan.tx_commit()
    publish_each(chan, "q", "2")
    assert other.take("q").body == b"1"
    assert other.get("q") is None


@success("transactions", "mandatory")
def test_a_rolled_back_publish_is_not_returned(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.tx_select()
    chan.publish("", "nowhere", b"1", mandatory=True)
    chan.tx_rollback()
    chan.tx_commit()
    assert chan.answers(0) == []


@error("transactions", "manual ack", "reply code")
def test_a_tag_acked_in_a_transaction_is_used_up(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    assert chan.get("q") is not None
    chan.tx_select()
    chan.ack(1)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 1"):
        chan.ack(1)


@success("transactions", "recover")
def test_recover_in_a_transaction(peer: Peer) -> None:
    """It acts at once, on what is not acked in the transaction."""
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2")
    assert chan.get("q") is not None
    assert chan.get("q") is not None
    chan.tx_select()
    chan.ack(1)
    chan.recover()
    assert other.take("q").body == b"2"
    chan.tx_commit()
    chan.close()
    assert other.get("q") is None


@success("transactions")
def test_queues_are_looked_up_by_name_at_the_commit(peer: Peer) -> None:
    """Which ones was decided when it was published."""
    chan, other = connect_channel(peer), connect_channel(peer)
    for queue in "qrs":
        chan.declare_queue(queue)
    for queue in "qr":
        chan.bind(queue, "amq.fanout")
    chan.tx_select()
    chan.publish("amq.fanout", "", b"1")
    other.delete_queue("q")
    other.declare_queue("q")
    other.delete_queue("r")
    other.bind("s", "amq.fanout")
    chan.tx_commit()
    assert (drain(other, "q"), drain(other, "s")) == (["1"], [])


@success("transactions", "mandatory")
def test_a_queue_that_is_gone_at_the_commit_makes_it_unroutable(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    chan.tx_select()
    chan.publish("", "q", b"1", mandatory=True)
    other.delete_queue("q")
    chan.tx_commit()
    [returned] = chan.answers(1)
    assert isinstance(returned, Returned)
    assert (returned.code, returned.body) == (312, b"1")


@error("transactions", "x-overflow", "reply code")
@pytest.mark.parametrize("others", ["", "r"])
def test_a_commit_of_what_a_full_queue_refuses(peer: Peer, others: str) -> None:
    """The channel closes; what other queues took stays."""
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-max-length": 0, "x-overflow": "reject-publish"})
    for queue in others:
        chan.declare_queue(queue)
    for queue in f"q{others}":
        chan.bind(queue, "amq.fanout")
    chan.tx_select()
    chan.publish("amq.fanout", "", b"1")
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - partial tx completion"):
        chan.tx_commit()
    other = connect_channel(peer)
    assert [drain(other, queue) for queue in others] == [["1"] for _ in others]


@success("transactions", "prefetch per channel")
@pytest.mark.parametrize(("end", "more"), [("tx_commit", ["3", "4"]), ("tx_rollback", [])])
def test_acks_make_no_room_in_the_channel_before_the_commit(peer: Peer, end: str, more: list[str]) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1 2 3 4 5")
    chan.tx_select()
    chan.qos(2, global_=True)
    chan.consume("q", "a")
    first, second = chan.deliveries(2)
    chan.ack(first.delivery_tag)
    chan.nack(second.delivery_tag, requeue=False)
    assert chan.deliveries(0) == []
    getattr(chan, end)()
    assert bodies(chan.deliveries(len(more))) == more


@success("transactions", "prefetch per channel", "get")
def test_a_rollback_changes_no_room_in_the_channel(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(other, "q", "1 2 3")
    chan.qos(1, global_=True)
    chan.tx_select()
    assert chan.get("q") is not None
    chan.ack(1)
    chan.tx_rollback()
    chan.consume("q", "a")
    assert bodies(chan.deliveries(1)) == ["2"]
