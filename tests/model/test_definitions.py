import contextlib
import json
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import msgspec
import pika
import pytest
from hypothesis import given, settings

from mqviz.errors import ScenarioError
from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, PolicySpec, QueueSpec
from mqviz.model.definitions import from_definitions, to_definitions
from mqviz.model.parsing import parse
from mqviz.model.scenario import Scenario
from mqviz.model.writing import dump
from tests.rabbitmq_node import Vhost

TOPOLOGY = Scenario(
    exchanges=(
        ExchangeSpec(name="orders", type=ExchangeType.TOPIC, durable=True, arguments={"alternate-exchange": "lost"}),
        ExchangeSpec(name="lost", type=ExchangeType.FANOUT, internal=True),
        ExchangeSpec(name="by-header", type=ExchangeType.HEADERS, auto_delete=True),
    ),
    queues=(
        QueueSpec(name="work", durable=True, arguments={"x-max-length": 5, "x-dead-letter-exchange": "lost"}),
        QueueSpec(name="safe", durable=True, arguments={"x-queue-type": "quorum", "x-delivery-limit": 3}),
        QueueSpec(name="größe 크기"),
    ),
    bindings=(
        BindingSpec(source="orders", destination="work", routing_key="a.*"),
        BindingSpec(source="orders", destination="by-header", destination_type="exchange", routing_key="#"),
        BindingSpec(source="by-header", destination="safe", arguments={"x-match": "any", "size": 3}),
        BindingSpec(source="amq.topic", destination="größe 크기", routing_key="x"),
    ),
    policies=(
        PolicySpec(name="p", pattern="^work$", definition={"max-length": 7, "overflow": "reject-publish"}, apply_to="queues", priority=3),
    ),
)


def topology(scenario: Scenario) -> list[set[bytes]]:
    """What a scenario declares, without the order."""
    parts = (scenario.exchanges, scenario.queues, scenario.bindings, scenario.policies)
    return [{msgspec.json.encode(each, order="deterministic") for each in part} for part in parts]


def test_a_real_rabbitmq_takes_what_we_export_and_we_take_what_it_exports(rabbitmq_vhost: Vhost) -> None:
    rabbitmq_vhost.api("POST", "/api/definitions/{vhost}", json.loads(to_definitions(TOPOLOGY)))
    own = from_definitions(json.dumps(rabbitmq_vhost.api("GET", "/api/definitions/{vhost}")))
    assert topology(own.scenario) == topology(TOPOLOGY)
    assert own.not_understood == ()
    whole = from_definitions(json.dumps(rabbitmq_vhost.api("GET", "/api/definitions")), rabbitmq_vhost.name)
    assert topology(whole.scenario) == topology(TOPOLOGY)
    assert whole.vhost == rabbitmq_vhost.name
    assert {"/", rabbitmq_vhost.name} <= set(whole.vhosts)
    assert "users (1)" in whole.not_understood
    assert parse(dump(whole.scenario)) == whole.scenario


def test_what_a_client_declared_is_imported(rabbitmq_vhost: Vhost) -> None:
    connection = pika.BlockingConnection(rabbitmq_vhost.parameters())
    channel = connection.channel()
    channel.queue_declare("lazy", durable=True, arguments={"x-queue-mode": "lazy", "own": [1, "a", {"b": True}]})
    channel.exchange_declare("hub", "direct")
    channel.queue_bind("lazy", "hub", "key", {"note": 7})
    found = from_definitions(json.dumps(rabbitmq_vhost.api("GET", "/api/definitions/{vhost}"))).scenario
    connection.close()
    assert found.queues == (QueueSpec(name="lazy", durable=True, arguments={"x-queue-mode": "lazy", "own": [1, "a", {"b": True}]}),)
    assert found.bindings == (BindingSpec(source="hub", destination="lazy", routing_key="key", arguments={"note": 7}),)


def test_export_and_import_are_each_others_inverse() -> None:
    again = from_definitions(to_definitions(TOPOLOGY))
    assert topology(again.scenario) == topology(TOPOLOGY)
    assert again.not_understood == ()
    assert again.vhosts == ("/",)


def imported(**parts: Any) -> Any:
    return from_definitions(json.dumps({"queues": [], **parts}))


def test_the_virtual_host_with_most_queues_is_taken_unless_one_is_named() -> None:
    queues = [{"name": name, "vhost": vhost} for name, vhost in (("a", "one"), ("b", "two"), ("c", "two"))]
    text = json.dumps({"vhosts": [{"name": "/"}, {"name": "one"}, {"name": "two"}], "queues": queues})
    assert [queue.name for queue in from_definitions(text).scenario.queues] == ["b", "c"]
    assert [queue.name for queue in from_definitions(text, "one").scenario.queues] == ["a"]
    assert from_definitions(text).vhosts == ("/", "one", "two")
    with pytest.raises(ScenarioError, match="there is no virtual host 'thre'; there is '/', 'one', 'two'"):
        from_definitions(text, "thre")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"users": [{}, {}]}, "users (2)"),
        ({"topic_permissions": []}, None),
        ({"parameters": [{"component": "shovel"}]}, "parameters (1)"),
        ({"invented": 3}, "invented"),
        (
            {"exchanges": [{"name": "late", "type": "x-delayed-message"}]},
            "exchange 'late': 'type' must be 'direct', 'topic', 'fanout' or 'headers', not 'x-delayed-message'",
        ),
        ({"queues": [{"name": "s", "arguments": {"x-queue-type": "stream"}}]}, "queue 's': x-queue-type = \"stream\""),
        ({"queues": [{"name": "s", "durable": True, "type": "stream"}]}, "queue 's': x-queue-type = \"stream\""),
        ({"queues": [{"name": "q", "arguments": {"x-max-lenght": 3}}]}, "queue 'q': x-max-lenght = 3"),
        ({"queues": [{"name": "q", "arguments": {"x-max-length": "no"}}]}, "queue 'q': x-max-length = \"no\""),
        ({"queues": [{"name": "q", "arguments": {"a": None}}]}, "queue 'q': a = null"),
        ({"queues": [{"name": "q", "arguments": {"x-dead-letter-exchange": "gone"}}]}, "queue 'q': x-dead-letter-exchange = \"gone\""),
        ({"queues": [{"name": "q", "arguments": {"x-delivery-limit": 3}}]}, "queue 'q': 'x-delivery-limit' needs a quorum queue"),
        ({"queues": [{"name": "amq.gen-x"}]}, "queue 'amq.gen-x': names that begin with 'amq.'"),
        ({"queues": [{"name": "q", "leader": "rabbit@a"}]}, "queue 'q': leader"),
        ({"queues": [{"vhost": "/"}]}, "queue None: 'name' is missing"),
        ({"queues": [{"name": "q"}, {"name": "q"}]}, "queue 'q': it is there twice"),
        ({"bindings": [{"source": "a", "destination": "b", "routing_key": "c"}]}, "binding 'a' -> 'b' by 'c'"),
        ({"policies": [{"name": "p", "pattern": "(", "definition": {"expires": 1}}]}, "policy 'p': 'pattern' is not a regular expression"),
        (
            {"policies": [{"name": "p", "pattern": "a", "definition": {"alternate-exchange": "x"}}]},
            "policy 'p': alternate-exchange = \"x\"",
        ),
        ({"policies": [{"name": "p", "pattern": "a", "apply-to": "streams", "definition": {"expires": 1}}]}, "policy 'p': 'apply-to'"),
    ],
)
def test_what_is_left_out_is_listed(parts: dict[str, Any], expected: str | None) -> None:
    found = imported(**parts)
    if expected is None:
        assert found.not_understood == ()
    else:
        assert found.not_understood[0].startswith(expected)
    assert parse(dump(found.scenario)) == found.scenario


def test_implicit_and_predeclared_things_need_no_mention() -> None:
    implicit = {"source": "", "destination": "q", "destination_type": "queue", "routing_key": "q"}
    found = imported(queues=[{"name": "q"}], bindings=[implicit], exchanges=[{"name": "amq.topic", "type": "topic"}])
    assert found.not_understood == ()
    assert found.scenario.exchanges == ()


def test_the_name_of_the_cluster_is_the_scenarios() -> None:
    assert imported(global_parameters=[{"name": "cluster_name", "value": "rabbit@here"}]).scenario.name == "rabbit@here /"


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"users": []}', "[" * 100_000])
def test_what_are_no_definitions(text: str) -> None:
    with pytest.raises(ScenarioError):
        from_definitions(text)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "q", "e", "topic", "queue"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["x-max-length", "x-queue-type", "a"]), inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["name", "vhost", "type", "durable", "arguments", "source", "destination", "routing_key", "pattern", "definition", "destination_type"]
)
PARTS = st.sampled_from(["exchanges", "queues", "bindings", "policies", "users"])


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(PARTS, st.lists(st.dictionaries(KEYS, VALUES), max_size=3) | VALUES))
def test_whatever_is_imported_can_be_saved(parts: dict[str, Any]) -> None:
    with contextlib.suppress(ScenarioError):
        scenario = from_definitions(json.dumps(parts)).scenario
        text = dump(scenario)
        assert parse(text) == scenario, Path(text)
