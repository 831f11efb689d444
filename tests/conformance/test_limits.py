"""When a message leaves without an ack: TTL, expiry of queues, length, bytes, overflow."""

from typing import Any

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import (
    Chan,
    Peer,
    Verbs,
    bodies,
    connect_channel,
    drain,
    has_queue,
    publish_each,
    refused,
)
from tests.conformance.nouns import error, success

SHORT = 0.06
"""Seconds that are enough for a TTL of 30 ms."""


def queue(chan: Chan, **arguments: Any) -> None:
    """Declares q; `x_max_length` is the argument x-max-length."""
    chan.declare_queue("q", arguments={key.replace("_", "-"): value for key, value in arguments.items()})


@success("x-message-ttl")
def test_messages_go_when_their_time_is_over(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_message_ttl=30)
    publish_each(chan, "q", "1 2")
    peer.let_pass(SHORT)
    chan.await_ready("q", 0)
    assert drain(chan, "q") == []


@success("x-message-ttl")
def test_ttl_zero_delivers_to_who_waits_and_keeps_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_message_ttl=0)
    publish_each(chan, "q", "1")
    chan.await_ready("q", 0)
    chan.consume("q", "c")
    publish_each(chan, "q", "2")
    assert bodies(chan.deliveries(1)) == ["2"]


@success("x-message-ttl")
def test_unacked_messages_do_not_expire_until_they_come_back(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_message_ttl=150)
    publish_each(chan, "q", "1 2")
    first, second = chan.get("q"), chan.get("q")
    assert first is not None
    assert second is not None
    peer.let_pass(0.2)
    chan.ack(first.delivery_tag)
    chan.nack(second.delivery_tag)
    chan.await_ready("q", 0)


@error("x-message-ttl")
def test_a_message_is_there_before_its_time(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_message_ttl=60_000)
    publish_each(chan, "q", "1")
    peer.let_pass(SHORT)
    assert drain(chan, "q") == ["1"]


@success("expiration")
def test_the_shorter_of_both_times_counts(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_message_ttl=60_000)
    publish_each(chan, "q", "1", Properties(expiration="30"))
    publish_each(chan, "q", "2", Properties(expiration="90000"))
    peer.let_pass(SHORT)
    chan.await_ready("q", 1)
    assert drain(chan, "q") == ["2"]


@success("expiration")
def test_expiration_stays_on_a_message_that_is_delivered(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan)
    publish_each(chan, "q", "1", Properties(expiration="90000"))
    assert chan.take("q").properties.expiration == "90000"


@success("expiration", "x-message-ttl")
def test_expiration_acts_at_the_head_only(peer: Peer) -> None:
    """The second is long over but counts until the first has gone."""
    chan = connect_channel(peer)
    queue(chan)
    publish_each(chan, "q", "1")
    publish_each(chan, "q", "2", Properties(expiration="30"))
    peer.let_pass(SHORT)
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["1"]


@success("expiration")
def test_expiration_zero_is_for_who_waits(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan)
    publish_each(chan, "q", "1", Properties(expiration="0"))
    chan.await_ready("q", 0)
    chan.consume("q", "c", no_ack=True)
    publish_each(chan, "q", "2", Properties(expiration="0"))
    assert bodies(chan.deliveries(1)) == ["2"]


@error("expiration", "reply code")
@pytest.mark.parametrize(
    ("expiration", "text"),
    [
        ("soon", "no_integer"),
        ("-1", "{value_negative,-1}"),
        ("1.5", '{leftover_string,".5"}'),
        ("", "no_integer"),
    ],
)
def test_expiration_must_be_a_number(peer: Peer, expiration: str, text: str) -> None:
    chan = connect_channel(peer)
    queue(chan)
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - invalid expiration '{expiration}': {text}"):
        publish_each(chan, "q", "1", Properties(expiration=expiration))


@success("x-expires")
def test_unused_queue_goes(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_expires=30)
    publish_each(chan, "q", "1")
    peer.let_pass(SHORT)
    chan.await_gone("q")


@success("x-expires")
def test_consumer_keeps_a_queue_alive(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_expires=100)
    chan.consume("q", "c")
    peer.let_pass(0.2)
    publish_each(chan, "q", "1")
    assert bodies(chan.deliveries(1)) == ["1"]
    chan.cancel("c")
    peer.let_pass(0.15)
    chan.await_gone("q")


@success("x-expires")
@pytest.mark.parametrize("use", ["declare", "passive declare", "get"])
def test_use_renews_the_lease(peer: Peer, use: str) -> None:
    chan = connect_channel(peer)
    queue(chan, x_expires=300)
    uses: Verbs = {
        "declare": lambda: queue(chan, x_expires=300),
        "passive declare": lambda: chan.declare_queue("q", passive=True),
        "get": lambda: chan.get("q"),
    }
    for _ in range(4):
        peer.let_pass(0.1)
        uses[use]()
    assert has_queue(chan, "q")


@error("x-expires")
def test_publishing_does_not_renew_the_lease(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_expires=100)
    for _ in range(3):
        peer.let_pass(0.04)
        publish_each(chan, "q", "1")
    chan.await_gone("q")


@success("x-max-length", "x-overflow")
@pytest.mark.parametrize("overflow", [{}, {"x_overflow": "drop-head"}])
def test_the_oldest_are_dropped(peer: Peer, overflow: dict[str, str]) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=2, **overflow)
    publish_each(chan, "q", "1 2 3 4")
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["3", "4"]


@success("x-max-length")
def test_only_ready_messages_count(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=2)
    publish_each(chan, "q", "1 2")
    assert [chan.get("q"), chan.get("q")] != [None, None]
    publish_each(chan, "q", "3 4")
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["3", "4"]


@success("x-max-length")
def test_length_zero_delivers_to_who_waits_and_keeps_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=0)
    publish_each(chan, "q", "1")
    chan.await_ready("q", 0)
    chan.consume("q", "c", no_ack=True)
    publish_each(chan, "q", "2")
    assert bodies(chan.deliveries(1)) == ["2"]


@error("x-max-length", "requeue order")
def test_requeued_messages_come_to_a_full_queue(peer: Peer) -> None:
    """They go back to the head, and there they are the first to be dropped."""
    chan = connect_channel(peer)
    queue(chan, x_max_length=2)
    publish_each(chan, "q", "1 2")
    first = chan.get("q")
    assert first is not None
    publish_each(chan, "q", "3")
    chan.nack(first.delivery_tag)
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["2", "3"]


@success("x-max-length-bytes")
def test_bytes_of_bodies_are_limited(peer: Peer) -> None:
    """Only bodies count, not properties."""
    chan = connect_channel(peer)
    queue(chan, x_max_length_bytes=6)
    publish_each(chan, "q", "aaa bbb ccc", Properties(headers={"n": "a long value of a header"}))
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["bbb", "ccc"]


@error("x-max-length-bytes")
def test_a_message_too_big_for_the_queue_empties_it(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length_bytes=4)
    publish_each(chan, "q", "a b ccccc")
    chan.await_ready("q", 0)


@success("x-max-length", "x-max-length-bytes")
def test_the_stricter_of_both_limits_counts(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length_bytes=4, x_max_length=2)
    publish_each(chan, "q", "a b c")
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["b", "c"]
    publish_each(chan, "q", "aaa bbb")
    assert drain(chan, "q") == ["bbb"]
