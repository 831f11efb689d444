"""Topic and headers exchanges, exchange-to-exchange bindings, alternate exchanges, bindings as such, CC and BCC."""

from typing import Any

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Chan, Confirm, Peer, Returned, connect_channel, drain, refused
from tests.conformance.nouns import error, success

MATCHING = [
    ("a.b.c", "a.b.c"),
    ("a.*.c", "a.b.c"),
    ("*.*.*", "a.b.c"),
    ("#", "a.b.c"),
    ("#", ""),
    ("a.#", "a"),
    ("a.#", "a.b.c"),
    ("#.c", "c"),
    ("#.c", "a.b.c"),
    ("a.#.c", "a.c"),
    ("a.#.c", "a.b.b.c"),
    ("#.b.#", "b"),
    ("#.b.#", "a.b.c"),
    ("*", "a"),
    ("", ""),
    ("a..c", "a..c"),
    ("a.*.c", "a..c"),
    ("*.", "a."),
    ("#.*", "a"),
    ("#.#", ""),
    ("*.#", "a"),
    ("#.*.#", "a.b"),
    ("a*", "a*"),
    (".", "."),
]
DIFFERING = [
    ("a.b.c", "a.b"),
    ("a.*.c", "a.c"),
    ("a.*.c", "a.b.b.c"),
    ("*", "a.b"),
    ("a.#.c", "a.b"),
    ("a.#", "b.a"),
    ("#.b.#", "a.c"),
    ("a*", "ab"),
    ("a#", "ab"),
    ("A", "a"),
    ("*", ""),
    ("*.#", ""),
    ("", "a"),
    ("a.b", "a.b."),
    ("*.*", "a"),
    ("#.*.*", "a"),
]


@success("topic exchange")
@pytest.mark.parametrize(("pattern", "key"), MATCHING)
def test_topic_fits(peer: Peer, pattern: str, key: str) -> None:
    """Words may be empty where dots stand together; but the empty key has no word at all."""
    assert is_routed(peer, pattern, key)


@error("topic exchange")
@pytest.mark.parametrize(("pattern", "key"), DIFFERING)
def test_topic_does_not_fit(peer: Peer, pattern: str, key: str) -> None:
    assert not is_routed(peer, pattern, key)


def is_routed(peer: Peer, pattern: str, key: str) -> bool:
    """Whether a topic exchange sends this key to this pattern."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.topic", pattern)
    chan.publish("amq.topic", key, b"1")
    return drain(chan, "q") == ["1"]


@error("topic exchange")
def test_topic_after_unbind(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.topic", "a.#")
    chan.bind("q", "amq.topic", "a.*.c")
    chan.unbind("q", "amq.topic", "a.#")
    chan.publish("amq.topic", "a.b", b"1")
    chan.publish("amq.topic", "a.b.c", b"2")
    assert drain(chan, "q") == ["2"]


HEADERS_FIT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({}, {"a": 1}),
    ({"x-match": "all"}, {"a": 1}),
    ({"a": 1}, {"a": 1}),
    ({"a": 1}, {"a": 1, "b": 2}),
    ({"x-match": "all", "a": 1, "b": "two"}, {"a": 1, "b": "two"}),
    ({"x-match": "any", "a": 1, "b": 2}, {"b": 2}),
    ({"x-match": "any", "a": 1}, {"a": 1, "c": 3}),
    ({"x-match": "all", "a": None}, {"a": "whatever"}),
    ({"x-match": "any", "a": None}, {"a": 5}),
    ({"x-match": "all", "x-a": 1}, {}),
    ({"x-match": "all-with-x", "x-a": 1}, {"x-a": 1}),
    ({"x-match": "any-with-x", "x-a": 1, "b": 2}, {"x-a": 1}),
    ({"a": True}, {"a": True}),
    ({"a": [1, 2]}, {"a": [1, 2]}),
    ({"a": {"b": 1}}, {"a": {"b": 1}}),
]
HEADERS_DIFFER: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"a": 1}, {}),
    ({"a": 1}, {"a": 2}),
    ({"a": 1}, {"a": "1"}),
    ({"x-match": "all", "a": 1, "b": 2}, {"a": 1}),
    ({"x-match": "any", "a": 1, "b": 2}, {"c": 1}),
    ({"x-match": "any"}, {"a": 1}),
    ({"x-match": "any", "x-a": 1}, {"x-a": 1}),
    ({"x-match": "all-with-x", "x-a": 1}, {"x-a": 2}),
    ({"x-match": "any-with-x", "x-a": 1}, {}),
    ({"a": True}, {"a": 1}),
    ({"a": "A"}, {"a": "a"}),
    ({"a": None}, {"b": 1}),
]


def headers_routed(peer: Peer, arguments: dict[str, Any], headers: dict[str, Any]) -> bool:
    """Whether amq.headers sends these headers to a binding with these arguments."""
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.bind("q", "amq.headers", "ignored", arguments)
    chan.publish("amq.headers", "another", b"1", Properties(headers=headers))
    return drain(chan, "q") == ["1"]


@success("headers exchange")
@pytest.mark.parametrize(("arguments", "headers"), HEADERS_FIT)
def test_headers_fit(peer: Peer, arguments: dict[str, Any], headers: dict[str, Any]) -> None:
    assert headers_routed(peer, arguments, headers)


@error("headers exchange")
@pytest.mark.parametrize(("arguments", "headers"), HEADERS_DIFFER)
def test_headers_do_not_fit(peer: Peer, arguments: dict[str, Any], headers: dict[str, Any]) -> None:
    assert not headers_routed(peer, arguments, headers)


@error("headers exchange")
def test_message_without_headers_fits_only_an_empty_binding(peer: Peer) -> None:
    chan = connect_channel(peer)
    bindings: dict[str, dict[str, Any]] = {"a": {}, "b": {"n": 1}, "c": {"x-match": "any", "n": 1}}
    for queue, arguments in bindings.items():
        chan.declare_queue(queue)
        chan.bind(queue, "amq.headers", "", arguments)
    chan.publish("amq.headers", "", b"1")
    assert [drain(chan, queue) for queue in "abc"] == [["1"], [], []]


@error("headers exchange", "reply code")
@pytest.mark.parametrize(
    ("match", "text"),
    [
        ("some", 'Invalid x-match field value <<"some">>; expected all, any, all-with-x, or any-with-x'),
        (5, "Invalid x-match field type signedint (value 5); expected longstr"),
    ],
)
def test_an_invalid_x_match_is_refused(peer: Peer, match: Any, text: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - {text}"):
        chan.bind("q", "amq.headers", "", {"x-match": match})


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


def with_alternate(chan: Chan, name: str, alternate: str) -> None:
    """A direct exchange that sends elsewhere what it cannot route."""
    chan.declare_exchange(name, "direct", arguments={"alternate-exchange": alternate})


@success("alternate exchange")
def test_alternate_takes_what_fits_no_binding(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_alternate(chan, "x", "amq.fanout")
    for queue in ("known", "unknown"):
        chan.declare_queue(queue)
    chan.bind("known", "x", "k")
    chan.bind("unknown", "amq.fanout")
    chan.publish("x", "k", b"1")
    chan.publish("x", "other", b"2")
    assert (drain(chan, "known"), drain(chan, "unknown")) == (["1"], ["2"])


@success("alternate exchange")
def test_alternates_chain(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_alternate(chan, "x", "y")
    with_alternate(chan, "y", "amq.fanout")
    chan.declare_queue("q")
    chan.bind("q", "amq.fanout")
    chan.publish("x", "k", b"1")
    got = chan.take("q")
    assert (got.exchange, got.routing_key) == ("x", "k")


@success("alternate exchange", "mandatory")
def test_message_taken_by_an_alternate_is_not_returned(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_alternate(chan, "x", "amq.fanout")
    chan.declare_queue("q")
    chan.bind("q", "amq.fanout")
    chan.confirm_select()
    chan.publish("x", "k", b"1", mandatory=True)
    assert chan.answers(1) == [Confirm(1, True)]


@success("alternate exchange")
def test_alternate_of_an_exchange_bound_behind_another(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_alternate(chan, "x", "amq.fanout")
    chan.bind_exchange("x", "amq.topic", "#")
    chan.declare_queue("q")
    chan.bind("q", "amq.fanout")
    chan.publish("amq.topic", "k", b"1")
    assert drain(chan, "q") == ["1"]


@success("alternate exchange")
def test_internal_exchange_may_be_the_alternate(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("y", "fanout", internal=True)
    with_alternate(chan, "x", "y")
    chan.declare_queue("q")
    chan.bind("q", "y")
    chan.publish("x", "k", b"1")
    assert drain(chan, "q") == ["1"]


@error("alternate exchange", "mandatory")
@pytest.mark.parametrize("alternate", ["missing", "amq.fanout", "x"])
def test_alternate_that_does_not_help_leaves_it_unroutable(peer: Peer, alternate: str) -> None:
    """A missing one, one without bindings, and the exchange itself."""
    chan = connect_channel(peer)
    with_alternate(chan, "x", alternate)
    chan.publish("x", "k", b"1", mandatory=True)
    [returned] = chan.answers(1)
    assert isinstance(returned, Returned)
    assert (returned.code, returned.exchange, returned.routing_key) == (312, "x", "k")


@error("alternate exchange", "equivalence")
def test_alternate_is_compared_on_redeclaration(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_alternate(chan, "x", "a")
    text = "PRECONDITION_FAILED - inequivalent arg 'alternate-exchange' for exchange 'x' in vhost '/': received 'b' but current is 'a'"
    with refused(chan, "channel", 406, text):
        with_alternate(chan, "x", "b")


@error("alternate exchange", "reply code")
def test_alternate_must_be_a_name(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "PRECONDITION_FAILED - invalid type 'signedint' for arg 'alternate-exchange' in exchange 'x' in vhost '/'"
    with refused(chan, "channel", 406, text):
        chan.declare_exchange("x", "direct", arguments={"alternate-exchange": 5})


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
