"""Who gets the next message: round robin, prefetch, priorities, exclusive and single active consumers, cancelling."""

from typing import Any

import pytest

from tests.conformance.client import (
    Chan,
    Delivery,
    Peer,
    QueueOk,
    bodies,
    connect_channel,
    drain,
    publish_each,
    refused,
)
from tests.conformance.nouns import error, success


def per_tag(deliveries: list[Delivery]) -> dict[str, list[str]]:
    """Bodies by consumer tag, in order."""
    found: dict[str, list[str]] = {}
    for each in deliveries:
        found.setdefault(each.consumer_tag, []).append(each.body.decode())
    return found


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


@success("channel")
def test_no_local_is_taken_and_does_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.consume("q", "a", no_local=True)
    publish_each(chan, "q", "1")
    assert bodies(chan.deliveries(1)) == ["1"]
