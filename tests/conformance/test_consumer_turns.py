"""Consumers: turns, priorities and what goes with their connection, in corners."""

from tests.conformance.client import Peer, bodies, connect_channel, per_tag, publish_each
from tests.conformance.nouns import error, success
from tests.conformance.test_consumers import single_active


@success("channel")
def test_no_local_is_taken_and_does_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a", no_local=True)
    publish_each(chan, "q", "1")
    assert bodies(chan.deliveries(1)) == ["1"]


@success("round robin", "prefetch per consumer")
def test_turns_are_kept_while_nothing_was_refused_for_want_of_room(peer: Peer) -> None:
    """That a consumer is full is noticed only when it would be its turn; acks before that change no order."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2")
    first, second = chan.deliveries(2)
    chan.ack(second.delivery_tag)
    chan.ack(first.delivery_tag)
    publish_each(chan, "q", "3 4")
    assert per_tag(chan.deliveries(2)) == {"a": ["3"], "b": ["4"]}


@success("round robin", "prefetch per consumer")
def test_who_makes_room_first_is_served_first(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    for tag in "abc":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2 3 4 5 6")
    first, second, third = chan.deliveries(3)
    for each in (third, first, second):
        chan.ack(each.delivery_tag)
    assert per_tag(chan.deliveries(3)) == {"c": ["4"], "a": ["5"], "b": ["6"]}


@success("round robin", "prefetch per consumer")
def test_the_order_after_all_were_full_is_that_of_the_acks(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2 3")
    first, second = chan.deliveries(2)
    chan.ack(second.delivery_tag)
    [third] = chan.deliveries(1)
    chan.ack(third.delivery_tag)
    chan.ack(first.delivery_tag)
    publish_each(chan, "q", "4 5")
    assert per_tag(chan.deliveries(2)) == {"b": ["4"], "a": ["5"]}


@success("round robin")
def test_a_new_consumer_stands_at_the_end_of_the_line(peer: Peer) -> None:
    """Also behind the one that was served last."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1")
    chan.consume("q", "c")
    publish_each(chan, "q", "2 3 4")
    assert per_tag(chan.deliveries(4)) == {"a": ["1", "3"], "b": ["2"], "c": ["4"]}


@success("round robin")
def test_turns_over_channels_and_connections(peer: Peer) -> None:
    chans = [connect_channel(peer) for _ in range(3)]
    chans[0].declare_queue("q")
    for chan in chans:
        chan.consume("q", "a")
    publish_each(chans[0], "q", "1 2 3 4 5 6")
    assert [bodies(chan.deliveries(2)) for chan in chans] == [["1", "4"], ["2", "5"], ["3", "6"]]


@success("consumer priority", "requeue order")
def test_a_higher_one_that_nacks_gets_it_again(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "low")
    chan.consume("q", "high", arguments={"x-priority": 1})
    publish_each(chan, "q", "1")
    [delivery] = chan.deliveries(1)
    chan.nack(delivery.delivery_tag)
    assert per_tag(chan.deliveries(1)) == {"high": ["1"]}


@success("x-single-active-consumer", "consumer priority")
def test_priority_does_not_take_over_from_the_active_one(peer: Peer) -> None:
    chan = connect_channel(peer)
    single_active(chan)
    chan.consume("q", "low")
    chan.consume("q", "middle")
    chan.consume("q", "high", arguments={"x-priority": 9})
    publish_each(chan, "q", "1")
    assert per_tag(chan.deliveries(1)) == {"low": ["1"]}
    chan.cancel("low")
    publish_each(chan, "q", "2")
    assert per_tag(chan.deliveries(1)) == {"high": ["2"]}


@success("x-single-active-consumer", "get")
def test_get_from_a_queue_with_single_active_consumer(peer: Peer) -> None:
    chan = connect_channel(peer)
    single_active(chan)
    publish_each(chan, "q", "1")
    assert chan.take("q").body == b"1"


@success("exclusive consumer", "connection")
def test_exclusive_consumer_goes_with_its_connection(peer: Peer) -> None:
    holder, chan = connect_channel(peer), connect_channel(peer)
    holder.declare_queue("q")
    holder.consume("q", "a", exclusive=True)
    holder.conn.close()
    chan.consume("q", "b", exclusive=True)
    publish_each(chan, "q", "1")
    assert bodies(chan.deliveries(1)) == ["1"]


@error("cancel notification", "classic queue")
def test_a_purge_cancels_nobody(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    chan.consume("q", "a")
    publish_each(chan, "q", "1 2 3")
    chan.deliveries(1)
    assert chan.purge("q") == 2
    assert chan.cancelled(0) == []


@error("cancel notification", "exclusive queue")
def test_the_owner_that_goes_hears_nothing_but_others_do(peer: Peer) -> None:
    """An auto-delete queue of two consumers is deleted under neither."""
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q", auto_delete=True)
    chan.consume("q", "a")
    other.consume("q", "b")
    chan.conn.close()
    assert other.cancelled(0) == []
    publish_each(other, "q", "1")
    assert bodies(other.deliveries(1)) == ["1"]


@success("consumer priority")
def test_a_priority_too_big_is_taken(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a", arguments={"x-priority": 1 << 40})
    chan.consume("q", "b", arguments={"x-priority": -(1 << 40)})
    publish_each(chan, "q", "1 2")
    assert per_tag(chan.deliveries(2)) == {"a": ["1", "2"]}
