"""Prefetch of a consumer and of a channel."""

from tests.conformance.client import Peer, bodies, connect_channel, per_tag, publish_each, refused
from tests.conformance.nouns import error, success


@success("prefetch per consumer")
def test_an_ack_makes_room_for_one_more(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(2)
    publish_each(chan, "q", "1 2 3 4")
    chan.consume("q", "a")
    first, _ = chan.deliveries(2)
    chan.ack(first.delivery_tag)
    assert bodies(chan.deliveries(1)) == ["3"]


@success("prefetch per consumer")
def test_prefetch_is_of_each_consumer_on_its_own(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(2)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2 3 4 5 6")
    assert per_tag(chan.deliveries(4)) == {"a": ["1", "3"], "b": ["2", "4"]}


@success("prefetch per consumer")
def test_prefetch_acts_on_consumers_that_come_later(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a")
    chan.qos(1)
    publish_each(chan, "q", "1 2 3")
    assert bodies(chan.deliveries(3)) == ["1", "2", "3"]


@success("prefetch per consumer")
def test_prefetch_zero_is_no_limit(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    chan.qos(0)
    publish_each(chan, "q", "1 2 3")
    chan.consume("q", "a")
    assert bodies(chan.deliveries(3)) == ["1", "2", "3"]


@success("prefetch per consumer", "automatic ack")
def test_automatic_ack_knows_no_prefetch(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    publish_each(chan, "q", "1 2 3")
    chan.consume("q", "a", no_ack=True)
    assert bodies(chan.deliveries(3)) == ["1", "2", "3"]


@success("prefetch per consumer", "get")
def test_get_knows_no_prefetch(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    publish_each(chan, "q", "1 2 3")
    assert [got.body for got in (chan.get("q"), chan.get("q")) if got] == [b"1", b"2"]
    chan.consume("q", "a")
    assert bodies(chan.deliveries(1)) == ["3"]


@error("prefetch per consumer", "reply code")
def test_prefetch_by_size_is_not_implemented(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "connection", 540, "NOT_IMPLEMENTED - prefetch_size!=0 (10)"):
        chan.qos(1, prefetch_size=10)


@success("prefetch per channel")
def test_prefetch_of_the_channel_is_shared(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(3, global_=True)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2 3 4 5")
    deliveries = chan.deliveries(3)
    assert bodies(deliveries) == ["1", "2", "3"]
    chan.ack(deliveries[0].delivery_tag)
    assert bodies(chan.deliveries(1)) == ["4"]


@success("prefetch per channel")
def test_both_limits_hold(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(2)
    chan.qos(3, global_=True)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2 3 4 5")
    found = per_tag(chan.deliveries(3))
    assert {tag: len(messages) for tag, messages in found.items()} == {"a": 2, "b": 1}


@success("prefetch per channel")
def test_prefetch_of_the_channel_acts_at_once(peer: Peer) -> None:
    """Raising it lets more come, on consumers that are there already."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1, global_=True)
    chan.consume("q", "a")
    publish_each(chan, "q", "1 2 3")
    assert bodies(chan.deliveries(1)) == ["1"]
    chan.qos(2, global_=True)
    assert bodies(chan.deliveries(1)) == ["2"]
    chan.qos(0, global_=True)
    assert bodies(chan.deliveries(1)) == ["3"]


@success("prefetch per channel", "channel")
def test_prefetch_of_one_channel_does_not_bind_another(peer: Peer) -> None:
    chan = connect_channel(peer)
    other = chan.conn.channel()
    chan.declare_queue("q")
    chan.qos(1, global_=True)
    publish_each(chan, "q", "1 2 3")
    chan.consume("q", "a")
    assert bodies(chan.deliveries(1)) == ["1"]
    other.consume("q", "a")
    assert bodies(other.deliveries(2)) == ["2", "3"]


@error("prefetch per channel")
def test_a_full_channel_gets_nothing_more(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(2, global_=True)
    publish_each(chan, "q", "1 2 3")
    chan.consume("q", "a")
    chan.deliveries(2)
    chan.consume("q", "b")
    assert chan.deliveries(0) == []
    chan.await_ready("q", 1)


@success("prefetch per channel", "get")
def test_messages_got_do_not_count_for_the_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1, global_=True)
    publish_each(chan, "q", "1 2 3")
    assert chan.get("q") is not None
    chan.consume("q", "a")
    assert bodies(chan.deliveries(1)) == ["2"]


@success("prefetch per channel")
def test_prefetch_of_consumers_lifts_that_of_the_channel(peer: Peer) -> None:
    """Set without the flag global, the channel's own limit is forgotten."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1, global_=True)
    chan.consume("q", "a")
    publish_each(chan, "q", "1 2 3")
    assert bodies(chan.deliveries(1)) == ["1"]
    chan.qos(5)
    assert bodies(chan.deliveries(2)) == ["2", "3"]


@success("prefetch per channel", "multiple")
def test_a_multiple_ack_makes_room_in_the_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    for queue in ("q", "r"):
        chan.declare_queue(queue)
    chan.qos(2, global_=True)
    for queue in ("q", "r"):
        chan.consume(queue, queue)
    publish_each(chan, "q", "1 2 3")
    first, second = chan.deliveries(2)
    publish_each(chan, "r", "4")
    assert chan.deliveries(0) == []
    chan.ack(second.delivery_tag, multiple=True)
    assert sorted(bodies(chan.deliveries(2))) == ["3", "4"]
    assert first.redelivered is False


@success("prefetch per channel", "automatic ack")
def test_automatic_ack_does_not_count_for_the_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1, global_=True)
    chan.consume("q", "a", no_ack=True)
    publish_each(chan, "q", "1 2 3")
    assert bodies(chan.deliveries(3)) == ["1", "2", "3"]


@success("prefetch per consumer", "nack")
def test_a_requeue_makes_room_and_fills_it_again(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(2)
    publish_each(chan, "q", "1 2 3")
    chan.consume("q", "a")
    first, second = chan.deliveries(2)
    chan.nack(second.delivery_tag)
    [again] = chan.deliveries(1)
    assert (again.body, again.redelivered) == (b"2", True)
    chan.ack(first.delivery_tag)
    assert bodies(chan.deliveries(1)) == ["3"]


@error("prefetch per consumer", "prefetch per channel")
def test_lowering_the_channels_limit_below_what_is_out(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(3, global_=True)
    chan.consume("q", "a")
    publish_each(chan, "q", "1 2 3 4 5")
    first, second, third = chan.deliveries(3)
    chan.qos(1, global_=True)
    chan.ack(first.delivery_tag)
    chan.ack(second.delivery_tag)
    assert chan.deliveries(0) == []
    chan.ack(third.delivery_tag)
    assert bodies(chan.deliveries(1)) == ["4"]


@success("prefetch per channel", "round robin")
def test_consumers_of_a_full_channel_go_on_in_turn(peer: Peer) -> None:
    """All that waited for the channel join the line together, in the order in which they were held back."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1, global_=True)
    chan.consume("q", "a")
    publish_each(chan, "q", "1 2")
    [first] = chan.deliveries(1)
    chan.consume("q", "b")
    chan.ack(first.delivery_tag)
    assert per_tag(chan.deliveries(1)) == {"a": ["2"]}
    chan.qos(0, global_=True)
    publish_each(chan, "q", "3 4")
    assert per_tag(chan.deliveries(2)) == {"b": ["3"], "a": ["4"]}


@error("prefetch per channel", "get")
def test_messages_got_before_a_limit_count_for_good(peer: Peer) -> None:
    """The limit begins with all that is unacked, and only acks of deliveries make room: obscure, as RabbitMQ's source says."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3")
    assert chan.get("q") is not None
    chan.qos(1, global_=True)
    chan.consume("q", "a")
    assert chan.deliveries(0) == []
    chan.ack(1)
    assert chan.deliveries(0) == []
    chan.qos(2, global_=True)
    assert bodies(chan.deliveries(1)) == ["2"]
    chan.qos(0, global_=True)
    assert bodies(chan.deliveries(1)) == ["3"]


@error("prefetch per channel", "automatic ack")
def test_a_full_channel_holds_back_automatic_acks_too(peer: Peer) -> None:
    chan = connect_channel(peer)
    for queue in "qr":
        chan.declare_queue(queue)
    chan.qos(1, global_=True)
    chan.consume("q", "a")
    chan.consume("r", "b", no_ack=True)
    publish_each(chan, "q", "1")
    [first] = chan.deliveries(1)
    publish_each(chan, "r", "2 3")
    assert chan.deliveries(0) == []
    chan.ack(first.delivery_tag)
    assert bodies(chan.deliveries(2)) == ["2", "3"]
