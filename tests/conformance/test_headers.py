"""Headers exchanges."""

from typing import Any

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Peer, connect_channel, drain, refused
from tests.conformance.nouns import error, success

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
