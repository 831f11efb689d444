"""Get, recover and acknowledgements across channels."""

from tests.conformance.client import Peer, QueueOk, bodies, connect_channel, drain, publish_each, refused
from tests.conformance.nouns import error, success
from tests.conformance.test_acknowledging import delivered, flags


@error("reject", "reply code")
def test_reject_of_a_tag_already_rejected(peer: Peer) -> None:
    chan = connect_channel(peer)
    [first] = delivered(chan, "1")
    chan.reject(first.delivery_tag, requeue=False)
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 1"):
        chan.reject(first.delivery_tag, requeue=False)


@success("recover")
def test_recover_gives_back_all_unacked(peer: Peer) -> None:
    chan = connect_channel(peer)
    first, _, _ = delivered(chan, "1 2 3")
    chan.ack(first.delivery_tag)
    chan.recover()
    assert flags(chan) == [("2", True), ("3", True)]


@success("recover")
def test_recover_delivers_again_to_who_is_there(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a")
    publish_each(chan, "q", "1 2")
    chan.deliveries(2)
    chan.recover()
    again = chan.deliveries(2)
    assert [(each.body, each.redelivered, each.delivery_tag) for each in again] == [(b"1", True, 3), (b"2", True, 4)]


@error("recover", "reply code")
def test_recover_without_requeue_is_not_implemented(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "connection", 540, "NOT_IMPLEMENTED - requeue=false"):
        chan.recover(requeue=False)


@error("recover", "reply code")
def test_tags_from_before_a_recover_are_unknown(peer: Peer) -> None:
    chan = connect_channel(peer)
    [first] = delivered(chan, "1")
    chan.recover()
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 1"):
        chan.ack(first.delivery_tag)


@success("get")
def test_get_tells_how_many_are_left(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.direct", "k")
    chan.publish("amq.direct", "k", b"1")
    chan.publish("amq.direct", "k", b"2")
    got = chan.get("q")
    assert got is not None
    assert (got.messages, got.exchange, got.routing_key, got.redelivered) == (1, "amq.direct", "k", False)


@success("get")
def test_get_without_ack_leaves_nothing_behind(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    assert chan.get("q", no_ack=True) is not None
    chan.close()
    assert drain(connect_channel(peer), "q") == []


@error("get")
def test_get_of_an_empty_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    assert chan.get("q") is None


@error("get", "reply code")
def test_acking_what_was_got_without_ack(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1")
    got = chan.get("q", no_ack=True)
    assert got is not None
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - unknown delivery tag 1"):
        chan.ack(got.delivery_tag)


@success("multiple", "prefetch per consumer")
def test_multiple_ack_makes_room_for_each_it_took(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(3)
    publish_each(chan, "q", "1 2 3 4 5 6 7")
    chan.consume("q", "a")
    deliveries = chan.deliveries(3)
    chan.ack(deliveries[1].delivery_tag, multiple=True)
    assert bodies(chan.deliveries(2)) == ["4", "5"]


@success("recover", "requeue order")
def test_recover_may_hand_messages_to_another(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    delivered(chan, "1 2")
    other.consume("q", "b")
    chan.recover()
    found = other.deliveries(2)
    assert [(each.body, each.redelivered) for each in found] == [(b"1", True), (b"2", True)]


@success("requeue order")
def test_requeue_between_what_two_channels_hold(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3 4")
    gots = [chan.get("q"), other.get("q"), chan.get("q")]
    assert [got.body for got in gots if got] == [b"1", b"2", b"3"]
    chan.close()
    other.await_ready("q", 3)
    other.nack(1)
    assert flags(other) == [("1", True), ("2", True), ("3", True), ("4", False)]


@success("requeue order", "round robin")
def test_a_requeued_message_is_the_next_one_delivered(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3")
    got = chan.get("q")
    assert got is not None
    chan.nack(got.delivery_tag)
    chan.qos(1)
    chan.consume("q", "a")
    [delivery] = chan.deliveries(1)
    assert (delivery.body, delivery.redelivered) == (b"1", True)


@success("manual ack")
def test_redelivered_stays_once_it_is_set(peer: Peer) -> None:
    chan = connect_channel(peer)
    [first] = delivered(chan, "1")
    chan.nack(first.delivery_tag)
    for _ in range(2):
        got = chan.get("q")
        assert got is not None
        assert got.redelivered
        chan.reject(got.delivery_tag)


@error("manual ack", "exclusive queue")
def test_unacked_messages_of_an_exclusive_queue_are_gone_with_it(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q", exclusive=True)
    publish_each(chan, "q", "1")
    chan.get("q")
    chan.conn.close()
    other.await_gone("q")
    assert other.declare_queue("q") == QueueOk("q", 0, 0)
