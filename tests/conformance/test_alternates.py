"""Alternate exchanges."""

import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Chan, Confirm, Peer, Returned, connect_channel, drain, refused
from tests.conformance.nouns import error, success


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


@error("alternate exchange", "exchange-to-exchange binding")
def test_an_exchange_bound_behind_it_counts_as_a_way(peer: Peer) -> None:
    """Even if that leads to no queue: the alternate is for what fits no binding."""
    chan = connect_channel(peer)
    with_alternate(chan, "x", "amq.fanout")
    chan.declare_queue("q")
    chan.bind("q", "amq.fanout")
    chan.declare_exchange("empty", "fanout")
    chan.bind_exchange("empty", "x", "k")
    chan.publish("x", "k", b"1", mandatory=True)
    assert len(chan.answers(1)) == 1
    assert drain(chan, "q") == []


@error("alternate exchange", "default exchange")
def test_the_default_exchange_is_of_no_use_as_alternate(peer: Peer) -> None:
    """Its bindings are not really there; a publish knows that, a detour does not."""
    chan = connect_channel(peer)
    with_alternate(chan, "x", "")
    chan.declare_queue("q")
    chan.publish("x", "q", b"1", mandatory=True)
    assert len(chan.answers(1)) == 1
    assert drain(chan, "q") == []


@success("alternate exchange", "CC and BCC")
def test_keys_of_cc_count_for_the_alternate(peer: Peer) -> None:
    """One key that fits is enough to leave the alternate out."""
    chan = connect_channel(peer)
    with_alternate(chan, "x", "amq.fanout")
    for queue in ("known", "rest"):
        chan.declare_queue(queue)
    chan.bind("known", "x", "k")
    chan.bind("rest", "amq.fanout")
    chan.publish("x", "nowhere", b"1", Properties(headers={"CC": ["k"]}))
    assert (drain(chan, "known"), drain(chan, "rest")) == (["1"], [])


@success("alternate exchange")
def test_a_circle_of_alternates_ends(peer: Peer) -> None:
    chan = connect_channel(peer)
    with_alternate(chan, "x", "y")
    with_alternate(chan, "y", "x")
    chan.declare_queue("q")
    chan.bind("q", "y", "other")
    chan.publish("x", "k", b"1", mandatory=True)
    assert len(chan.answers(1)) == 1
    chan.publish("x", "other", b"2", mandatory=True)
    assert drain(chan, "q") == ["2"]
