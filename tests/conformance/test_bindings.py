"""Bindings as such, bindings between exchanges, CC and BCC."""

from typing import Any

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Confirm, Peer, connect_channel, drain, refused
from tests.conformance.nouns import error, success


@success("exchange-to-exchange binding")
def test_message_goes_through_two_exchanges(peer: Peer) -> None:
    """The message keeps the first exchange and its key."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind_exchange("amq.fanout", "amq.topic", "a.#")
    chan.bind("q", "amq.fanout")
    chan.publish("amq.topic", "a.b", b"1")
    chan.publish("amq.topic", "b.b", b"2")
    got = chan.take("q")
    assert (got.exchange, got.routing_key, got.body) == ("amq.topic", "a.b", b"1")
    assert drain(chan, "q") == []


@success("exchange-to-exchange binding")
def test_two_ways_to_a_queue_give_one_copy(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind_exchange("amq.fanout", "amq.topic", "a")
    chan.bind_exchange("amq.direct", "amq.topic", "a")
    chan.bind("q", "amq.fanout")
    chan.bind("q", "amq.direct", "a")
    chan.bind("q", "amq.topic", "#")
    chan.publish("amq.topic", "a", b"1")
    assert drain(chan, "q") == ["1"]


@success("exchange-to-exchange binding")
def test_circle_of_exchanges_ends(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind_exchange("amq.fanout", "amq.topic", "#")
    chan.bind_exchange("amq.topic", "amq.fanout", "")
    chan.bind("q", "amq.topic", "#")
    chan.publish("amq.fanout", "a", b"1")
    assert drain(chan, "q") == ["1"]


@error("exchange-to-exchange binding")
def test_unbound_exchange_gets_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.fanout")
    chan.bind_exchange("amq.fanout", "amq.topic", "#")
    chan.unbind_exchange("amq.fanout", "amq.topic", "#")
    chan.publish("amq.topic", "a", b"1")
    assert drain(chan, "q") == []


@error("exchange-to-exchange binding", "reply code")
@pytest.mark.parametrize(("destination", "source"), [("x", "amq.fanout"), ("amq.fanout", "x")])
def test_binding_a_missing_exchange(peer: Peer, destination: str, source: str) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'x' in vhost '/'"):
        chan.bind_exchange(destination, source, "k")


@success("binding")
def test_the_same_binding_twice_is_one(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.direct", "k")
    chan.bind("q", "amq.direct", "k")
    chan.unbind("q", "amq.direct", "k")
    chan.publish("amq.direct", "k", b"1")
    assert drain(chan, "q") == []


@success("binding")
def test_arguments_tell_bindings_apart(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.direct", "k", {"n": 1})
    chan.bind("q", "amq.direct", "k", {"n": 2})
    chan.unbind("q", "amq.direct", "k", {"n": 1})
    chan.publish("amq.direct", "k", b"1")
    assert drain(chan, "q") == ["1"]


@success("binding")
def test_unbinding_what_is_not_bound_is_no_mistake(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.unbind("q", "amq.direct", "k")


@success("binding")
@pytest.mark.parametrize(("queue", "exchange"), [("missing", "amq.direct"), ("q", "missing")])
def test_unbinding_what_does_not_exist_is_no_mistake(peer: Peer, queue: str, exchange: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.unbind(queue, exchange, "k")


@error("binding", "reply code")
def test_binding_a_missing_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 404, "NOT_FOUND - no queue 'q' in vhost '/'"):
        chan.bind("q", "amq.direct", "k")


@error("binding", "reply code")
def test_binding_to_a_missing_exchange(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'x' in vhost '/'"):
        chan.bind("q", "x", "k")


def with_copies(**headers: Any) -> Properties:
    """Properties with these headers CC, BCC."""
    return Properties(headers=headers)


@success("CC and BCC")
def test_cc_and_bcc_are_routed_too(peer: Peer) -> None:
    chan = connect_channel(peer)
    for queue in "abcd":
        chan.declare_queue(queue)
    chan.publish("", "a", b"1", with_copies(CC=["b"], BCC=["c"]))
    assert [drain(chan, queue) for queue in "abcd"] == [["1"], ["1"], ["1"], []]


@success("CC and BCC")
def test_bcc_is_taken_out_and_cc_stays(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("a")
    chan.publish("", "a", b"1", with_copies(CC=["b"], BCC=["c"], n=1))
    got = chan.take("a")
    assert (got.routing_key, got.properties.headers) == ("a", {"CC": ["b"], "n": 1})


@success("CC and BCC")
def test_a_queue_named_twice_gets_one_copy(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("a")
    chan.publish("", "a", b"1", with_copies(CC=["a"], BCC=["a"]))
    assert drain(chan, "a") == ["1"]


@success("CC and BCC")
def test_cc_saves_a_mandatory_message(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("a")
    chan.confirm_select()
    chan.publish("", "nowhere", b"1", with_copies(CC=["a"]), mandatory=True)
    assert chan.answers(1) == [Confirm(1, True)]
    assert chan.take("a").routing_key == "nowhere"


@success("CC and BCC")
def test_cc_are_patterns_to_a_topic_exchange_too(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("a")
    chan.bind("a", "amq.topic", "b.*")
    chan.publish("amq.topic", "nowhere", b"1", with_copies(CC=["b.c"]))
    assert drain(chan, "a") == ["1"]


@error("CC and BCC", "reply code")
@pytest.mark.parametrize(
    ("header", "value", "what"),
    [
        ("CC", "b", "longstr"),
        ("BCC", 5, "signedint"),
    ],
)
def test_cc_must_be_a_list(peer: Peer, header: str, value: Any, what: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("a")
    text = f'PRECONDITION_FAILED - invalid message: {{unacceptable_type_in_header,"{header}",{what}}}'
    with refused(chan, "channel", 406, text):
        chan.publish("", "a", b"1", Properties(headers={header: value}))


@success("CC and BCC")
def test_what_is_no_text_in_the_list_is_passed_over(peer: Peer) -> None:
    chan = connect_channel(peer)
    for queue in "ab":
        chan.declare_queue(queue)
    chan.publish("", "a", b"1", with_copies(CC=[5, "b"]))
    assert drain(chan, "b") == ["1"]


@success("CC and BCC", "headers exchange")
def test_a_header_cc_is_matched_like_any_other(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.headers", "", {"n": 1})
    chan.publish("amq.headers", "", b"1", Properties(headers={"n": 1, "CC": ["elsewhere"]}))
    assert chan.take("q").body == b"1"


@success("exchange-to-exchange binding", "auto-delete exchange")
def test_deleting_the_source_leaves_the_destination(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.declare_exchange("x", "fanout")
    chan.bind_exchange("amq.fanout", "x")
    chan.bind("q", "amq.fanout")
    chan.delete_exchange("x")
    chan.publish("amq.fanout", "", b"1")
    assert drain(chan, "q") == ["1"]


@success("exchange-to-exchange binding")
def test_an_exchange_may_be_bound_to_itself(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind_exchange("amq.fanout", "amq.fanout")
    chan.bind("q", "amq.fanout")
    chan.publish("amq.fanout", "", b"1")
    assert drain(chan, "q") == ["1"]


@success("exchange-to-exchange binding", "topic exchange")
def test_the_key_is_matched_again_behind_each_exchange(peer: Peer) -> None:
    chan = connect_channel(peer)
    for name in "ab":
        chan.declare_queue(name)
    chan.declare_exchange("inner", "topic")
    chan.bind_exchange("inner", "amq.topic", "stock.#")
    chan.bind("a", "inner", "*.nyse")
    chan.bind("b", "inner", "*.nasdaq")
    chan.publish("amq.topic", "stock.nyse", b"1")
    chan.publish("amq.topic", "bond.nasdaq", b"2")
    assert (drain(chan, "a"), drain(chan, "b")) == (["1"], [])
