"""Topic exchanges."""

import pytest

from tests.conformance.client import Peer, connect_channel, drain
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
