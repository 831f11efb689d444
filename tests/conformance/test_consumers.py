"""Who gets the next message: round robin, priorities, exclusive and single active consumers, cancelling."""

from typing import Any

import pytest

from tests.conformance.client import Chan, Peer, QueueOk, bodies, connect_channel, drain, per_tag, publish_each, refused
from tests.conformance.nouns import error, success


@success("round robin")
def test_round_robin_in_the_order_of_subscription(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    for tag in "abc":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2 3 4 5 6 7")
    assert per_tag(chan.deliveries(7)) == {"a": ["1", "4", "7"], "b": ["2", "5"], "c": ["3", "6"]}


@success("round robin", "prefetch per consumer")
def test_a_consumer_without_limit_takes_the_whole_backlog(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2 3 4")
    chan.consume("q", "a")
    assert per_tag(chan.deliveries(4)) == {"a": ["1", "2", "3", "4"]}
    chan.consume("q", "b")
    assert chan.deliveries(0) == []


@success("round robin", "prefetch per consumer")
def test_full_consumers_are_passed_over(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    chan.consume("q", "a")
    chan.qos(3)
    chan.consume("q", "b")
    publish_each(chan, "q", "1 2 3 4 5 6")
    assert per_tag(chan.deliveries(4)) == {"a": ["1"], "b": ["2", "3", "4"]}
    chan.await_ready("q", 2)


@error("round robin")
def test_nobody_gets_what_a_cancelled_consumer_would_have_got(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    for tag in "abc":
        chan.consume("q", tag)
    publish_each(chan, "q", "1")
    chan.cancel("b")
    publish_each(chan, "q", "2 3 4")
    assert per_tag(chan.deliveries(4)) == {"a": ["1", "3"], "c": ["2", "4"]}


@success("consumer priority")
def test_the_higher_priority_comes_first(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(2)
    chan.consume("q", "low")
    chan.consume("q", "high", arguments={"x-priority": 10})
    chan.consume("q", "lowest", arguments={"x-priority": -1})
    publish_each(chan, "q", "1 2 3 4 5")
    assert per_tag(chan.deliveries(5)) == {"high": ["1", "2"], "low": ["3", "4"], "lowest": ["5"]}


@success("consumer priority")
def test_equal_priorities_take_turns(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "low")
    for tag in "ab":
        chan.consume("q", tag, arguments={"x-priority": 5})
    publish_each(chan, "q", "1 2 3 4")
    assert per_tag(chan.deliveries(4)) == {"a": ["1", "3"], "b": ["2", "4"]}


@success("consumer priority", "prefetch per consumer")
def test_room_of_the_higher_one_counts_again_after_an_ack(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.qos(1)
    chan.consume("q", "low")
    chan.consume("q", "high", arguments={"x-priority": 10})
    publish_each(chan, "q", "1")
    [first] = chan.deliveries(1)
    chan.ack(first.delivery_tag)
    publish_each(chan, "q", "2")
    assert per_tag(chan.deliveries(1)) == {"high": ["2"]}


@error("consumer priority", "reply code")
def test_priority_of_a_consumer_must_be_a_number(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    text = "PRECONDITION_FAILED - invalid arg 'x-priority' for queue 'q' in vhost '/': \"expected integer, got longstr\""
    with refused(chan, "channel", 406, text):
        chan.consume("q", "a", arguments={"x-priority": "high"})


EXCLUSIVE_USE = "ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use"


@success("exclusive consumer")
def test_exclusive_consumer_leaves_room_when_it_goes(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a", exclusive=True)
    chan.cancel("a")
    chan.consume("q", "b")
    publish_each(chan, "q", "1")
    assert per_tag(chan.deliveries(1)) == {"b": ["1"]}


@error("exclusive consumer", "reply code")
@pytest.mark.parametrize(("first", "second"), [(True, False), (True, True), (False, True)])
def test_exclusive_and_another_do_not_go_together(peer: Peer, first: bool, second: bool) -> None:
    holder, chan = connect_channel(peer), connect_channel(peer)
    holder.declare_queue("q")
    holder.consume("q", "a", exclusive=first)
    with refused(chan, "channel", 403, EXCLUSIVE_USE):
        chan.consume("q", "b", exclusive=second)


@error("exclusive consumer", "get")
def test_exclusive_consumer_does_not_keep_others_from_getting(peer: Peer) -> None:
    holder, chan = connect_channel(peer), connect_channel(peer)
    holder.declare_queue("q")
    holder.qos(1)
    holder.consume("q", "a", exclusive=True)
    publish_each(chan, "q", "1 2")
    assert bodies(holder.deliveries(1)) == ["1"]
    assert chan.take("q").body == b"2"


def single_active(chan: Chan, **arguments: Any) -> None:
    """Queue q with a single active consumer."""
    chan.declare_queue("q", arguments={"x-single-active-consumer": True} | arguments)


@success("x-single-active-consumer")
def test_only_the_first_consumer_is_active(peer: Peer) -> None:
    chan = connect_channel(peer)
    single_active(chan)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2 3")
    assert per_tag(chan.deliveries(3)) == {"a": ["1", "2", "3"]}


@success("x-single-active-consumer")
def test_the_next_one_takes_over(peer: Peer) -> None:
    chan = connect_channel(peer)
    single_active(chan)
    for tag in "abc":
        chan.consume("q", tag)
    chan.cancel("a")
    publish_each(chan, "q", "1")
    assert per_tag(chan.deliveries(1)) == {"b": ["1"]}


@success("x-single-active-consumer", "connection")
def test_unacked_of_the_active_one_go_to_the_next(peer: Peer) -> None:
    first, second = connect_channel(peer), connect_channel(peer)
    single_active(first)
    first.consume("q", "a")
    second.consume("q", "b")
    publish_each(second, "q", "1 2")
    assert bodies(first.deliveries(2)) == ["1", "2"]
    first.conn.close()
    found = second.deliveries(2)
    assert (bodies(found), [each.redelivered for each in found]) == (["1", "2"], [True, True])


@success("x-single-active-consumer", "prefetch per consumer")
def test_the_others_do_not_help_when_the_active_one_is_full(peer: Peer) -> None:
    chan = connect_channel(peer)
    single_active(chan)
    chan.qos(1)
    for tag in "ab":
        chan.consume("q", tag)
    publish_each(chan, "q", "1 2")
    assert per_tag(chan.deliveries(1)) == {"a": ["1"]}
    chan.await_ready("q", 1)


@error("x-single-active-consumer", "exclusive consumer", "reply code")
def test_exclusive_consumer_is_refused(peer: Peer) -> None:
    chan = connect_channel(peer)
    single_active(chan)
    with refused(chan, "channel", 403, EXCLUSIVE_USE):
        chan.consume("q", "a", exclusive=True)


@success("cancel notification")
def test_a_deleted_queue_cancels_its_consumers(peer: Peer) -> None:
    chan, other = connect_channel(peer), connect_channel(peer)
    chan.declare_queue("q")
    for tag in "ab":
        chan.consume("q", tag)
    other.delete_queue("q")
    assert sorted(chan.cancelled(2)) == ["a", "b"]


@success("cancel notification", "channel")
def test_the_channel_goes_on_after_the_notice(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a")
    chan.delete_queue("q")
    assert chan.cancelled(1) == ["a"]
    chan.declare_queue("q")
    chan.consume("q", "a")
    publish_each(chan, "q", "1")
    assert per_tag(chan.deliveries(1)) == {"a": ["1"]}


@error("cancel notification")
def test_own_cancel_gives_no_notice(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a")
    chan.cancel("a")
    assert chan.cancelled(0) == []


@error("cancel notification", "connection")
def test_a_client_that_does_not_know_the_notice_gets_none(peer: Peer) -> None:
    chan = peer.connect(without=["consumer_cancel_notify"]).channel()
    chan.declare_queue("q")
    chan.consume("q", "a")
    chan.delete_queue("q")
    assert chan.cancelled(0) == []


@success("manual ack")
def test_what_a_cancelled_consumer_holds_stays_unacked(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_each(chan, "q", "1 2")
    chan.consume("q", "a")
    first, second = chan.deliveries(2)
    chan.cancel("a")
    assert chan.declare_queue("q", passive=True) == QueueOk("q", 0, 0)
    chan.ack(first.delivery_tag)
    chan.nack(second.delivery_tag)
    assert drain(chan, "q") == ["2"]


@success("channel")
def test_cancelling_an_unknown_consumer_is_no_mistake(peer: Peer) -> None:
    connect_channel(peer).cancel("nobody")


@error("channel", "reply code")
def test_a_consumer_tag_is_used_once_in_a_channel(peer: Peer) -> None:
    """It is the whole connection that closes."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a")
    with refused(chan, "connection", 530, "NOT_ALLOWED - attempt to reuse consumer tag 'a'"):
        chan.consume("q", "a")


@success("channel")
def test_the_broker_names_consumers(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    tags = [chan.consume("q") for _ in range(2)]
    assert all(tag.startswith("amq.ctag-") for tag in tags)
    assert len(set(tags)) == 2
