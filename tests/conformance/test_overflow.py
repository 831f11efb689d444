"""Overflow, and limits in corners."""

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import (
    Confirm,
    Peer,
    bodies,
    connect_channel,
    drain,
    publish_each,
)
from tests.conformance.nouns import error, success
from tests.conformance.test_limits import queue


@success("x-overflow", "confirms")
def test_drop_head_confirms(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=1)
    chan.confirm_select()
    publish_each(chan, "q", "1 2 3")
    assert sorted(chan.answers(3)) == [Confirm(tag, True) for tag in (1, 2, 3)]
    assert drain(chan, "q") == ["3"]


@success("x-overflow", "confirms")
@pytest.mark.parametrize("overflow", ["reject-publish", "reject-publish-dlx"])
def test_reject_publish_answers_with_nack(peer: Peer, overflow: str) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=1, x_overflow=overflow)
    chan.confirm_select()
    publish_each(chan, "q", "1 2")
    assert sorted(chan.answers(2)) == [Confirm(1, True), Confirm(2, False)]
    assert drain(chan, "q") == ["1"]


@error("x-overflow")
def test_reject_publish_is_silent_without_confirms(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=1, x_overflow="reject-publish")
    publish_each(chan, "q", "1 2 3")
    assert chan.answers(0) == []
    assert drain(chan, "q") == ["1"]
    publish_each(chan, "q", "4")
    assert drain(chan, "q") == ["4"]


@error("x-overflow", "x-max-length-bytes")
@pytest.mark.parametrize(("texts", "kept"), [("aa bb c", ["aa", "bb"]), ("aaa bb c", ["aaa", "c"]), ("aaaaa b", ["b"])])
def test_reject_publish_by_bytes(peer: Peer, texts: str, kept: list[str]) -> None:
    """Refused is what would lead beyond the limit; a smaller one after it may still find room."""
    chan = connect_channel(peer)
    queue(chan, x_max_length_bytes=4, x_overflow="reject-publish")
    chan.confirm_select()
    publish_each(chan, "q", texts)
    expected = [Confirm(tag, text in kept) for tag, text in enumerate(texts.split(), 1)]
    assert (sorted(chan.answers(len(expected))), drain(chan, "q")) == (expected, kept)


@error("x-overflow", "confirms", "fanout exchange")
def test_one_full_queue_of_several_nacks_the_publish(peer: Peer) -> None:
    """The other queue has its copy nevertheless."""
    chan = connect_channel(peer)
    queue(chan, x_max_length=0, x_overflow="reject-publish")
    chan.declare_queue("r")
    for name in ("q", "r"):
        chan.bind(name, "amq.fanout")
    chan.confirm_select()
    chan.publish("amq.fanout", "", b"1")
    assert chan.answers(1) == [Confirm(1, False)]
    assert drain(chan, "r") == ["1"]


@error("x-overflow", "x-max-length")
def test_reject_publish_counts_ready_only(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=1, x_overflow="reject-publish")
    chan.confirm_select()
    publish_each(chan, "q", "1")
    chan.get("q")
    publish_each(chan, "q", "2 3")
    assert sorted(chan.answers(3)) == [Confirm(1, True), Confirm(2, True), Confirm(3, False)]


@error("x-overflow")
def test_reject_publish_of_length_zero_refuses_even_where_a_consumer_waits(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=0, x_overflow="reject-publish")
    chan.consume("q", "c", no_ack=True)
    chan.confirm_select()
    publish_each(chan, "q", "1")
    confirms = chan.answers(1)
    assert (confirms, bodies(chan.deliveries(0))) == ([Confirm(1, False)], [])


@success("x-message-ttl", "x-expires", "expiration")
def test_times_beyond_four_bytes(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_message_ttl=1 << 33, x_expires=1 << 34)
    publish_each(chan, "q", "1", Properties(expiration=str(1 << 35)))
    assert drain(chan, "q") == ["1"]


@success("expiration")
def test_a_leading_plus_or_zero_is_part_of_a_number(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan)
    for text, expiration in (("1", "+60000"), ("2", "0060000")):
        publish_each(chan, "q", text, Properties(expiration=expiration))
    assert drain(chan, "q") == ["1", "2"]


@success("x-expires")
def test_a_queue_expires_although_messages_are_unacked(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_expires=150)
    publish_each(chan, "q", "1 2")
    got = chan.get("q")
    assert got is not None
    peer.let_pass(0.2)
    chan.await_gone("q")
    chan.ack(got.delivery_tag)
    assert chan.declare_queue("r").name == "r"


@error("x-expires", "durable")
def test_bindings_go_with_an_expired_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_expires=100)
    chan.bind("q", "amq.fanout")
    peer.let_pass(0.15)
    chan.await_gone("q")
    chan.publish("amq.fanout", "", b"1", mandatory=True)
    assert len(chan.answers(1)) == 1


@success("x-max-length", "transactions")
def test_a_commit_overflows_too(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_max_length=2)
    chan.tx_select()
    publish_each(chan, "q", "1 2 3")
    chan.tx_commit()
    chan.await_ready("q", 2)
    assert drain(chan, "q") == ["2", "3"]


@success("x-message-ttl", "manual ack")
def test_an_expired_message_behind_an_unacked_one_goes(peer: Peer) -> None:
    chan = connect_channel(peer)
    queue(chan, x_message_ttl=150)
    publish_each(chan, "q", "1 2")
    chan.qos(1)
    chan.consume("q", "a")
    [first] = chan.deliveries(1)
    peer.let_pass(0.2)
    chan.await_ready("q", 0)
    chan.ack(first.delivery_tag)
    assert chan.deliveries(0) == []
