"""Declaring, deleting and routing by exchanges: direct, fanout, default, predeclared, internal, auto-delete."""

import pytest

from tests.conformance.client import Chan, Peer, Verbs, connect_channel, drain, has_exchange, refused
from tests.conformance.nouns import error, success

PREDECLARED = [
    ("", "direct"),
    ("amq.direct", "direct"),
    ("amq.fanout", "fanout"),
    ("amq.topic", "topic"),
    ("amq.headers", "headers"),
    ("amq.match", "headers"),
]


def queues_behind(chan: Chan, exchange: str, **keys: str) -> None:
    """A queue for each name, bound with its key."""
    for queue, key in keys.items():
        chan.declare_queue(queue)
        chan.bind(queue, exchange, key)


@success("direct exchange")
def test_direct_routes_by_equal_key(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "direct")
    queues_behind(chan, "x", a="red", b="red", c="blue")
    chan.publish("x", "red", b"1")
    assert [drain(chan, queue) for queue in "abc"] == [["1"], ["1"], []]


@success("direct exchange")
def test_direct_key_is_not_a_pattern(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "direct")
    queues_behind(chan, "x", a="#", b="a.*", c="A.b")
    chan.publish("x", "a.b", b"1")
    chan.publish("x", "#", b"2")
    assert [drain(chan, queue) for queue in "abc"] == [["2"], [], []]


@success("direct exchange", "fanout exchange", "binding")
@pytest.mark.parametrize("type", ["direct", "fanout", "topic"])
def test_one_copy_however_many_bindings_match(peer: Peer, type: str) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", type)
    queues_behind(chan, "x", a="k")
    chan.bind("a", "x", "k", {"n": 1})
    chan.bind("a", "x", "k", {"n": 2})
    chan.publish("x", "k", b"1")
    assert drain(chan, "a") == ["1"]


@error("direct exchange", "reply code")
def test_publish_to_a_missing_exchange_closes_the_channel(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'x' in vhost '/'"):
        chan.publish("x", "k")


@error("direct exchange")
def test_unroutable_without_mandatory_is_dropped_in_silence(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "direct")
    chan.confirm_select()
    chan.publish("x", "nowhere")
    [confirm] = chan.answers(1)
    assert confirm == (1, True)


@success("fanout exchange")
def test_fanout_ignores_the_key(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout")
    queues_behind(chan, "x", a="red", b="")
    chan.publish("x", "green", b"1")
    assert [drain(chan, queue) for queue in "ab"] == [["1"], ["1"]]


@error("fanout exchange")
def test_fanout_without_bindings_drops(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout")
    queues_behind(chan, "x", a="red")
    chan.unbind("a", "x", "red")
    chan.publish("x", "red", b"1")
    assert drain(chan, "a") == []


@success("default exchange")
def test_default_exchange_routes_by_the_name_of_the_queue(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("jobs")
    chan.publish("", "jobs", b"1")
    got = chan.take("jobs")
    assert (got.exchange, got.routing_key, got.body) == ("", "jobs", b"1")


@error("default exchange")
@pytest.mark.parametrize("verb", ["bind", "unbind", "declare", "delete", "bind exchange from", "bind exchange to"])
def test_default_exchange_may_not_be_touched(peer: Peer, verb: str) -> None:
    chan = connect_channel(peer)
    chan.declare_queue("jobs")
    verbs: Verbs = {
        "bind": lambda: chan.bind("jobs", "", "k"),
        "unbind": lambda: chan.unbind("jobs", "", "jobs"),
        "declare": lambda: chan.declare_exchange("", "direct", durable=True),
        "delete": lambda: chan.delete_exchange(""),
        "bind exchange from": lambda: chan.bind_exchange("amq.fanout", "", "k"),
        "bind exchange to": lambda: chan.bind_exchange("", "amq.fanout", "k"),
    }
    with refused(chan, "channel", 403, "ACCESS_REFUSED - operation not permitted on the default exchange"):
        verbs[verb]()


@success("predeclared exchange")
@pytest.mark.parametrize(("name", "type"), PREDECLARED[1:])
def test_predeclared_exchanges_are_durable_and_of_their_type(peer: Peer, name: str, type: str) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange(name, type, passive=True)
    chan.declare_exchange(name, type, durable=True)


@error("predeclared exchange")
def test_predeclared_exchange_may_not_be_deleted(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "ACCESS_REFUSED - deletion of system exchange 'amq.direct' in vhost '/' not allowed"
    with refused(chan, "channel", 403, text):
        chan.delete_exchange("amq.direct")


@error("predeclared exchange", "reply code")
def test_new_names_with_the_reserved_prefix_are_refused(peer: Peer) -> None:
    chan = connect_channel(peer)
    text = "ACCESS_REFUSED - exchange name 'amq.mine' contains reserved prefix 'amq.*'"
    with refused(chan, "channel", 403, text):
        chan.declare_exchange("amq.mine")


@success("internal exchange")
def test_internal_exchange_is_fed_by_another(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("out", "fanout")
    chan.declare_exchange("in", "fanout", internal=True)
    chan.bind_exchange("in", "out")
    queues_behind(chan, "in", a="")
    chan.publish("out", "k", b"1")
    assert drain(chan, "a") == ["1"]


@error("internal exchange", "reply code")
def test_internal_exchange_takes_nothing_from_a_client(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("in", "fanout", internal=True)
    text = "ACCESS_REFUSED - cannot publish to internal exchange 'in' in vhost '/'"
    with refused(chan, "channel", 403, text):
        chan.publish("in", "k")


@success("auto-delete exchange")
@pytest.mark.parametrize("way", ["unbind", "delete queue", "unbind exchange", "delete exchange"])
def test_auto_delete_exchange_goes_with_its_last_binding(peer: Peer, way: str) -> None:
    """A passive declare does not look at the type."""
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout", auto_delete=True)
    chan.declare_queue("a")
    chan.declare_exchange("y", "fanout")
    if "exchange" in way:
        chan.bind_exchange("y", "x")
    else:
        chan.bind("a", "x")
    assert has_exchange(chan, "x")
    ways: Verbs = {
        "unbind": lambda: chan.unbind("a", "x"),
        "delete queue": lambda: chan.delete_queue("a"),
        "unbind exchange": lambda: chan.unbind_exchange("y", "x"),
        "delete exchange": lambda: chan.delete_exchange("y"),
    }
    ways[way]()
    assert not has_exchange(chan, "x")


@success("auto-delete exchange")
def test_auto_delete_exchange_stays_while_one_binding_is_left(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout", auto_delete=True)
    assert has_exchange(chan, "x")
    queues_behind(chan, "x", a="", b="")
    chan.unbind("a", "x")
    assert has_exchange(chan, "x")


@success("auto-delete exchange")
def test_auto_delete_exchange_counts_only_bindings_from_it(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout", auto_delete=True)
    chan.bind_exchange("x", "amq.fanout")
    chan.unbind_exchange("x", "amq.fanout")
    assert has_exchange(chan, "x")


@error("auto-delete exchange")
def test_publish_after_the_auto_delete_finds_nothing(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout", auto_delete=True)
    queues_behind(chan, "x", a="")
    chan.delete_queue("a")
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'x' in vhost '/'"):
        chan.publish("x", "")


@success("direct exchange")
def test_deleting_an_exchange_takes_its_bindings(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout")
    queues_behind(chan, "x", a="")
    chan.delete_exchange("x")
    chan.declare_exchange("x", "fanout")
    chan.publish("x", "", b"1")
    assert drain(chan, "a") == []


@success("direct exchange")
def test_deleting_a_missing_exchange_is_no_mistake(peer: Peer) -> None:
    connect_channel(peer).delete_exchange("nothing")


@error("direct exchange", "reply code")
def test_an_exchange_in_use_stays_if_unused_is_asked(peer: Peer) -> None:
    chan = connect_channel(peer)
    chan.declare_exchange("x", "fanout")
    queues_behind(chan, "x", a="")
    with refused(chan, "channel", 406, "PRECONDITION_FAILED - exchange 'x' in vhost '/' in use"):
        chan.delete_exchange("x", if_unused=True)
    other = chan.conn.channel()
    other.delete_queue("a")
    other.delete_exchange("x", if_unused=True)
    assert not has_exchange(other, "x")


@error("direct exchange", "reply code")
def test_an_unknown_type_closes_the_connection(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "connection", 503, "COMMAND_INVALID - unknown exchange type 'x-nonsense'"):
        chan.declare_exchange("x", "x-nonsense")


@error("direct exchange")
def test_a_passive_declare_of_a_missing_exchange(peer: Peer) -> None:
    chan = connect_channel(peer)
    with refused(chan, "channel", 404, "NOT_FOUND - no exchange 'x' in vhost '/'"):
        chan.declare_exchange("x", passive=True)
