"""Routing: what conformance does not see, the memory of routes and its end."""

import pytest

from mqviz.engine import routing
from mqviz.engine.broker import Broker
from mqviz.model.amqp import Properties
from tests.engine.clients import client, ready


def bound(broker: Broker, *keys: str) -> None:
    channel = client(broker).channel
    channel.declare_exchange("x", "topic")
    for number, key in enumerate(keys):
        channel.declare_queue(f"q{number}")
        channel.bind(f"q{number}", "x", key)


def test_route_answers_without_publishing(broker: Broker) -> None:
    bound(broker, "a.*", "#", "b")
    assert broker.route("x", "a.b") == ("q0", "q1")
    assert broker.route("", "q2") == ("q2",)
    assert broker.messages.published == 0


def test_a_new_binding_is_seen_by_keys_already_routed(broker: Broker) -> None:
    bound(broker, "a")
    assert broker.route("x", "b") == ()
    client(broker).channel.bind("q0", "x", "b")
    assert broker.route("x", "b") == ("q0",)


def test_a_binding_behind_another_exchange_is_seen_too(broker: Broker) -> None:
    bound(broker, "a")
    channel = client(broker).channel
    channel.declare_exchange("front", "fanout")
    channel.bind_exchange("x", "front")
    assert broker.route("front", "b") == ()
    channel.bind("q0", "x", "b")
    assert broker.route("front", "b") == ("q0",)
    channel.unbind("q0", "x", "b")
    assert broker.route("front", "b") == ()


def test_a_deleted_queue_is_forgotten(broker: Broker) -> None:
    bound(broker, "a")
    assert broker.route("x", "a") == ("q0",)
    assert broker.route("", "q0") == ("q0",)
    client(broker).channel.delete_queue("q0")
    assert broker.route("x", "a") == broker.route("", "q0") == ()


def test_headers_are_never_remembered_by_key(broker: Broker) -> None:
    channel = client(broker).channel
    channel.declare_queue("q")
    channel.declare_exchange("front", "fanout")
    channel.bind_exchange("amq.headers", "front")
    channel.bind("q", "amq.headers", arguments={"x-match": "any", "colour": "red"})
    assert broker.route("front", "k", {"colour": "red"}) == ("q",)
    assert broker.route("front", "k", {"colour": "blue"}) == ()
    assert broker.route("front", "k", {"colour": "red"}) == ("q",)
    channel.publish("front", "k", properties=Properties(headers={"colour": "red"}))
    assert (broker.exchanges["front"].publish_out, broker.messages.routed, broker.messages.balances) == (1, 1, True)


def test_clients_cannot_fill_the_memory_with_keys(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "MAX_REMEMBERED", 10)
    bound(broker, "#")
    for number in range(35):
        assert broker.route("x", f"k.{number}") == ("q0",)
    assert len(broker.exchanges["x"].routes) <= 10


def test_a_circle_of_exchanges_ends_and_gives_one_copy(broker: Broker) -> None:
    channel = client(broker).channel
    channel.declare_queue("q")
    for name, other in (("x", "y"), ("y", "x")):
        channel.declare_exchange(name, "fanout")
        channel.bind("q", name) if name == "y" else None
        if other in broker.exchanges:
            channel.bind_exchange(other, name)
            channel.bind_exchange(name, other)
    channel.publish("x", "", b"1")
    assert ready(broker, "q") == ["1"]


def test_counts_outlast_what_is_remembered(broker: Broker) -> None:
    bound(broker, "a", "b")
    channel = client(broker).channel
    channel.publish("x", "a")
    channel.bind("q1", "x", "a")
    channel.publish("x", "a")
    channel.unbind("q1", "x", "a")
    channel.publish("x", "a")
    x = broker.exchanges["x"]
    assert (x.publish_in, x.publish_out, broker.routed) == (3, 4, 3)
    channel.delete_exchange("x")
    assert broker.routed == 3
    assert broker.messages.balances


def test_the_same_ends_may_be_bound_with_other_arguments(broker: Broker) -> None:
    channel = client(broker).channel
    channel.declare_queue("q")
    for colour in ("red", "blue", "red"):
        channel.bind("q", "amq.headers", "k", {"colour": colour})
    assert len(list(broker.bindings)) == 2
    channel.unbind("q", "amq.headers", "k", {"colour": "red"})
    assert [each.arguments for each in broker.bindings] == [{"colour": "blue"}]
    channel.unbind("q", "amq.headers", "k", {"colour": "blue"})
    assert list(broker.bindings) == []


def test_exchanges_count_in_out_and_nowhere(broker: Broker) -> None:
    bound(broker, "a", "#")
    channel = client(broker).channel
    channel.publish("x", "a")
    channel.publish("x", "b")
    channel.publish("amq.direct", "nobody")
    x, nowhere = broker.exchanges["x"], broker.exchanges["amq.direct"]
    assert (x.publish_in, x.publish_out, x.unroutable) == (2, 3, 0)
    assert (nowhere.publish_in, nowhere.publish_out, nowhere.unroutable) == (1, 0, 1)
