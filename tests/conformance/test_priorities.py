"""Queues with priorities."""

from collections.abc import Sequence

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Chan, Peer, bodies, connect_channel, drain, publish_each, refused
from tests.conformance.nouns import error, success


def publish_ranked(chan: Chan, ranked: Sequence[tuple[str, int | None]]) -> None:
    """Publishes bodies with priorities to q."""
    for text, priority in ranked:
        chan.publish("", "q", text.encode(), Properties(priority=priority))


def ranked_queue(chan: Chan, highest: int = 5, **arguments: int) -> None:
    """Queue q with so many priorities."""
    more = {key.replace("_", "-"): value for key, value in arguments.items()}
    chan.declare_queue("q", arguments={"x-max-priority": highest} | more)


@success("x-max-priority", "priority")
def test_higher_priorities_leave_first(peer: Peer) -> None:
    chan = connect_channel(peer)
    ranked_queue(chan)
    publish_ranked(chan, [("a", 1), ("b", 5), ("c", 3), ("d", 5), ("e", 1)])
    assert drain(chan, "q") == ["b", "d", "c", "a", "e"]


@success("x-max-priority", "priority")
def test_no_priority_is_the_lowest(peer: Peer) -> None:
    chan = connect_channel(peer)
    ranked_queue(chan)
    publish_ranked(chan, [("a", None), ("b", 0), ("c", 1)])
    assert drain(chan, "q") == ["c", "a", "b"]


@success("x-max-priority", "priority")
def test_priorities_above_the_highest_count_as_it(peer: Peer) -> None:
    """The property itself stays as it was."""
    chan = connect_channel(peer)
    ranked_queue(chan, 2)
    publish_ranked(chan, [("a", 2), ("b", 200), ("c", 2)])
    got = [chan.take("q") for _ in range(3)]
    assert [(each.body, each.properties.priority) for each in got] == [(b"a", 2), (b"b", 200), (b"c", 2)]


@success("x-max-priority")
@pytest.mark.parametrize("highest", [0, 255])
def test_limits_of_the_argument(peer: Peer, highest: int) -> None:
    chan = connect_channel(peer)
    ranked_queue(chan, highest)
    publish_ranked(chan, [("a", 0), ("b", 255)])
    assert drain(chan, "q") == (["b", "a"] if highest else ["a", "b"])


@success("priority", "requeue order")
def test_requeued_messages_go_back_within_their_priority(peer: Peer) -> None:
    chan = connect_channel(peer)
    ranked_queue(chan)
    publish_ranked(chan, [("a", 1), ("b", 5), ("c", 1), ("d", 5)])
    tags = [got.delivery_tag for got in (chan.get("q") for _ in range(3)) if got]
    publish_ranked(chan, [("e", 5), ("f", 1)])
    chan.nack(tags[-1], multiple=True)
    assert drain(chan, "q") == ["b", "d", "e", "a", "c", "f"]


@success("priority")
def test_what_is_delivered_already_is_not_overtaken(peer: Peer) -> None:
    chan = connect_channel(peer)
    ranked_queue(chan)
    chan.qos(2)
    chan.consume("q", "c")
    publish_ranked(chan, [("a", 1), ("b", 1), ("c", 1), ("d", 5)])
    first, _ = chan.deliveries(2)
    chan.ack(first.delivery_tag)
    assert bodies(chan.deliveries(1)) == ["d"]


@error("x-max-priority", "x-max-length")
def test_a_full_queue_drops_the_highest_priority(peer: Peer) -> None:
    """The head is dropped, and the head is what would leave first: even the newcomer itself."""
    chan = connect_channel(peer)
    ranked_queue(chan, x_max_length=2)
    publish_ranked(chan, [("a", 5), ("b", 1), ("c", 1), ("d", 5)])
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["b", "c"]


@error("x-max-priority", "expiration")
def test_a_lower_priority_does_not_expire_behind_a_higher_one(peer: Peer) -> None:
    """Only the head of the whole queue is looked at."""
    chan = connect_channel(peer)
    ranked_queue(chan)
    publish_ranked(chan, [("a", 5)])
    publish_each(chan, "q", "b", Properties(priority=1, expiration="30"))
    peer.let_pass(0.06)
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["a"]


@error("priority")
def test_without_the_argument_priorities_mean_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    publish_ranked(chan, [("a", 1), ("b", 5)])
    assert drain(chan, "q") == ["a", "b"]


@error("x-max-priority", "equivalence", "reply code")
def test_the_highest_priority_cannot_be_changed(peer: Peer) -> None:
    chan = connect_channel(peer)
    ranked_queue(chan, 5)
    text = "PRECONDITION_FAILED - inequivalent arg 'x-max-priority' for queue 'q' in vhost '/': received '6' but current is '5'"
    with refused(chan, "channel", 406, text):
        ranked_queue(chan, 6)


@error("x-max-priority", "expiration")
def test_expired_message_that_jumps_to_the_head_is_still_got(peer: Peer) -> None:
    """The head is looked at when a message leaves or is the only one, not when another takes its place."""
    chan = connect_channel(peer)
    ranked_queue(chan)
    publish_ranked(chan, [("a", 1)])
    publish_each(chan, "q", "b", Properties(priority=5, expiration="0"))
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["b", "a"]
