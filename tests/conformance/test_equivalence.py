"""What a declaration may say: arguments that make no sense, and redeclarations that differ."""

from typing import Any

import pytest

from tests.conformance.client import Peer, connect_channel, refused
from tests.conformance.nouns import EACH_ROW, error, success

INEQUIVALENT: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {"durable": True}, "'durable' for queue 'q' in vhost '/': received 'true' but current is 'false'"),
    ({"durable": True}, {}, "'durable' for queue 'q' in vhost '/': received 'false' but current is 'true'"),
    ({}, {"auto_delete": True}, "'auto_delete' for queue 'q' in vhost '/': received 'true' but current is 'false'"),
]
ARGUMENTS: list[tuple[str, Any, Any, str]] = [
    ("x-message-ttl", None, 5, "received the value '5' of type 'signedint' but current is none"),
    ("x-message-ttl", 5, None, "received none but current is the value '5' of type 'signedint'"),
    ("x-message-ttl", 5, 6, "received '6' but current is '5'"),
    ("x-expires", None, 60000, "received the value '60000' of type 'signedint' but current is none"),
    ("x-max-length", 1, 2, "received '2' but current is '1'"),
    ("x-max-length-bytes", None, 2, "received the value '2' of type 'signedint' but current is none"),
    ("x-overflow", None, "drop-head", "received the value 'drop-head' of type 'longstr' but current is none"),
    ("x-dead-letter-exchange", "a", "b", "received 'b' but current is 'a'"),
    ("x-max-priority", None, 3, "received the value '3' of type 'signedint' but current is none"),
    ("x-single-active-consumer", None, True, "received the value 'true' of type 'bool' but current is none"),
    ("x-queue-mode", None, "lazy", "received the value 'lazy' of type 'longstr' but current is none"),
]


@success("equivalence")
def test_the_same_declaration_twice(peer: Peer) -> None:
    chan = connect_channel(peer)
    for _ in range(2):
        chan.declare_queue("q", durable=True, arguments={"x-max-length": 5, "x-overflow": "drop-head"})
        chan.declare_exchange("x", "topic", auto_delete=True, internal=True)


@success("equivalence")
@pytest.mark.parametrize(("before", "after"), [({}, {"mine": 1}), ({"mine": 1}, {}), ({"mine": 1}, {"mine": "b"})])
def test_unknown_arguments_are_not_compared(peer: Peer, before: dict[str, Any], after: dict[str, Any]) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments=before)
    chan.declare_queue("q", arguments=after)


@success("equivalence", "x-queue-type")
def test_the_type_classic_is_the_default(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q")
    chan.declare_queue("q", arguments={"x-queue-type": "classic"})


@success("equivalence")
def test_a_passive_declare_compares_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={"x-max-length": 5})
    chan.declare_queue("q", passive=True, durable=True, auto_delete=True)
    chan.declare_exchange("x", "topic")
    chan.declare_exchange("x", "direct", passive=True, durable=True)


@error("equivalence", "durable", "reply code")
@pytest.mark.parametrize(("before", "after", "text"), INEQUIVALENT)
def test_flags_must_be_the_same(peer: Peer, before: dict[str, Any], after: dict[str, Any], text: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", **before)
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - inequivalent arg {text}"):
        chan.declare_queue("q", **after)


@error("equivalence", "reply code")
@pytest.mark.parametrize(("name", "before", "after", "text"), ARGUMENTS)
def test_arguments_must_be_the_same(peer: Peer, name: str, before: Any, after: Any, text: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("q", arguments={} if before is None else {name: before})
    text = f"PRECONDITION_FAILED - inequivalent arg '{name}' for queue 'q' in vhost '/': {text}"
    with refused(chan, "channel", 406, text):
        chan.declare_queue("q", arguments={} if after is None else {name: after})


@error("equivalence", "direct exchange", "reply code")
@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"type": "topic"}, "'type' for exchange 'x' in vhost '/': received 'topic' but current is 'direct'"),
        ({"durable": True}, "'durable' for exchange 'x' in vhost '/': received 'true' but current is 'false'"),
        ({"auto_delete": True}, "'auto_delete' for exchange 'x' in vhost '/': received 'true' but current is 'false'"),
        ({"internal": True}, "'internal' for exchange 'x' in vhost '/': received 'true' but current is 'false'"),
    ],
)
def test_exchanges_must_be_the_same(peer: Peer, change: dict[str, Any], text: str) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "direct")
    with refused(chan, "channel", 406, f"PRECONDITION_FAILED - inequivalent arg {text}"):
        chan.declare_exchange("x", **change)


INVALID: list[tuple[str, Any, str]] = [
    ("x-message-ttl", -1, "{value_negative,-1}"),
    ("x-message-ttl", "5", '"expected integer, got longstr"'),
    ("x-expires", 0, "{value_zero,0}"),
    ("x-expires", -1, "{value_negative,-1}"),
    ("x-max-length", -1, "{value_negative,-1}"),
    ("x-max-length", True, '"expected integer, got bool"'),
    ("x-max-length-bytes", -1, "{value_negative,-1}"),
    ("x-overflow", "bounce", "invalid_overflow"),
    ("x-overflow", 5, "{unacceptable_type,signedint}"),
    ("x-dead-letter-routing-key", 5, "{unacceptable_type,signedint}"),
    ("x-dead-letter-routing-key", "k", "routing_key_but_no_dlx_defined"),
    ("x-max-priority", -1, "{value_negative,-1}"),
    ("x-max-priority", 256, "{max_value_exceeded,256}"),
    ("x-max-priority", "high", '"expected integer, got longstr"'),
    ("x-single-active-consumer", "yes", "{unacceptable_type,longstr}"),
    ("x-queue-type", "pile", "\"unsupported queue type 'pile'\""),
    ("x-queue-type", 5, "{unacceptable_type,signedint}"),
    ("x-queue-mode", "fast", "\"unsupported queue mode 'fast'\""),
]


@error(EACH_ROW, "reply code")
@pytest.mark.parametrize(("name", "value", "text"), INVALID)
def test_an_argument_that_makes_no_sense(peer: Peer, name: str, value: Any, text: str) -> None:
    chan = connect_channel(peer)
    text = f"PRECONDITION_FAILED - invalid arg '{name}' for queue 'q' in vhost '/': {text}"
    with refused(chan, "channel", 406, text):
        chan.declare_queue("q", arguments={name: value})


@error("x-dead-letter-exchange", "reply code")
def test_dead_letter_exchange_must_be_a_name(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "PRECONDITION_FAILED - invalid type 'signedint' for arg 'x-dead-letter-exchange' in queue 'q' in vhost '/'"
    with refused(chan, "channel", 406, text):
        chan.declare_queue("q", arguments={"x-dead-letter-exchange": 5})
