"""A live topology becomes a scenario that `check` accepts and that runs, with the rates that were measured."""

from __future__ import annotations

from typing import Any

import pytest

from mqviz.backends.cloning import cloned
from mqviz.model.amqp import BindingSpec
from mqviz.model.backend import Clone, Cloned
from mqviz.model.parsing import parse
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import BindingStats, ConsumerStats, ExchangeStats, ProducerStats, QueueStats, Snapshot
from mqviz.model.writing import dump
from mqviz.sim.simulation import Simulation
from tests.backends.live import Live, Worker, broker_of, channel
from tests.rabbitmq_node import Vhost


def queue(name: str, enqueued: int = 0, **others: Any) -> QueueStats:
    return QueueStats(name=name, enqueued=enqueued, **others)


def exchange(name: str, taken: int = 0, type: str = "topic", **others: Any) -> ExchangeStats:
    return ExchangeStats(name=name, type=type, publish_in=taken, publish_out=taken, **others)


def binding(source: str, destination: str, key: str = "", kind: str = "queue", **arguments: Any) -> BindingStats:
    return BindingStats(source=source, destination=destination, destination_type=kind, routing_key=key, arguments=arguments)


def checked(clone: Cloned) -> Scenario:
    """The scenario, which a file can hold and `check` accepts."""
    assert parse(dump(clone.scenario)) == clone.scenario
    return clone.scenario


def rates_in(scenario: Scenario, seconds: float = 60.0) -> dict[str, float]:
    """Messages a second into each queue, when it runs."""
    simulation = Simulation(scenario)
    simulation.run_until(seconds, lambda: False)
    return {name: stats.enqueued / seconds for name, stats in simulation.result().queues.items()}


def test_the_measured_rates_come_out_of_a_run_of_the_clone() -> None:
    direct = (binding("orders", "a", "order.*"), binding("orders", "b", "order.new"))
    parts = (*direct, binding("orders", "inner", "#", "exchange"), binding("inner", "c"))
    exchanges = [(exchange("", n), exchange("orders", 10 * n), exchange("inner", 0, "fanout")) for n in (0, 100)]
    queues = [(queue("a", 8 * n), queue("b", 3 * n), queue("c", 10 * n), queue("d", n)) for n in (0, 100)]
    before, after = (
        Snapshot(time=0.0, exchanges=known, queues=there, bindings=parts) for known, there in zip(exchanges, queues, strict=True)
    )
    found = rates_in(checked(cloned(after, (before, 10.0), "/")))
    assert found == {name: pytest.approx(rate, rel=0.2) for name, rate in (("a", 80), ("b", 30), ("c", 100), ("d", 10))}


def test_what_a_scenario_cannot_hold_is_noted_and_left_out() -> None:
    snapshot = Snapshot(
        time=0.0,
        exchanges=(
            exchange("hash", type="x-consistent-hash"),
            exchange("main", alternate="hash", arguments={"alternate-exchange": "hash"}),
            exchange("amq.topic"),
        ),
        queues=(
            queue("amq.gen-1", exclusive=True, dead_letter_exchange="gone"),
            queue("s", type="stream"),
            queue("a\nb"),
            queue("short", policy="limits", max_length=5, overflow="reject-publish", arguments={"x-nonsense": 1, "x-max-priority": 3}),
        ),
        bindings=(binding("amq.topic", "amq.gen-1", "x"), binding("hash", "short", "1"), binding("main", "s", "k")),
        consumers=(
            ConsumerStats(name="127.0.0.1:55", client="127.0.0.1:55", queue="amq.gen-1"),
            ConsumerStats(name="x", client="x", queue="s"),
        ),
    )
    clone = cloned(snapshot, None, "/")
    scenario = checked(clone)
    assert [each.name for each in scenario.exchanges] == ["main"]
    assert {each.name: each.arguments for each in scenario.queues} == {
        "gen-1": {},
        "short": {"x-max-priority": 3, "x-max-length": 5, "x-overflow": "reject-publish"},
    }
    assert scenario.bindings == (BindingSpec(source="amq.topic", destination="gen-1", routing_key="x"),)
    assert [each.queue for each in scenario.consumers] == ["gen-1"]
    told = {(note.subject, note.reason) for note in clone.notes}
    assert told >= {
        ("exchange:hash", "unknown_exchange_type"),
        ("queue:s", "queue_type"),
        ("queue:a\nb", "name"),
        ("queue:amq.gen-1", "renamed"),
        ("queue:amq.gen-1", "exclusive"),
        ("queue:amq.gen-1", "argument"),
        ("queue:short", "policy"),
        ("queue:short", "argument"),
        ("exchange:main", "argument"),
        ("", "no_rates"),
    }


def test_what_lies_in_queues_is_there_from_the_beginning() -> None:
    snapshot = Snapshot(time=0.0, queues=(queue("full", messages_ready=1000, message_bytes=5000), queue("empty")))
    scenario = checked(cloned(snapshot, None, "/"))
    assert [(each.routing_key, each.size) for each in scenario.producers] == [("full", 5.0)]
    assert rates_in(scenario, 1.0)["full"] == 1000


def test_names_of_live_clients_become_names_of_a_file() -> None:
    snapshot = Snapshot(
        time=0.0,
        queues=(queue("work"),),
        producers=(ProducerStats(name="a", client="a", exchange=None, routing_key=""),),
        consumers=tuple(ConsumerStats(name=f"{name}.{n}", client=name, queue="work") for name in ("queue:x.1", "s\n") for n in (1, 2)),
    )
    scenario = checked(cloned(snapshot, None, "/"))
    assert [(each.name, each.count) for each in scenario.consumers] == [("x-1", 2), ("s", 2)]


def test_a_live_broker_is_cloned(rabbitmq_vhost: Vhost) -> None:
    with channel(rabbitmq_vhost, "shop") as amqp:
        amqp.exchange_declare("orders", "topic")
        amqp.queue_declare("work", arguments={"x-max-length": 1000})
        amqp.queue_bind("work", "orders", "order.*")
        with Worker(rabbitmq_vhost, "work", "server", prefetch=7), Live(broker_of(rabbitmq_vhost)) as live:

            def has_rates(_: object) -> bool:
                amqp.basic_publish("orders", "order.new", b"")
                queue = live.queue("work")
                return queue is not None and (queue.delivered or 0) > 20 and bool(live.update.events)

            live.until(has_rates)
            clone = live.ask(Clone()).answer
    scenario = checked(clone)
    assert ("shop", "orders", "order.x") in [(each.name, each.exchange, each.routing_key) for each in scenario.producers]
    assert [(each.name, each.queue, each.prefetch) for each in scenario.consumers] == [("server", "work", 7)]
    assert rates_in(scenario)["work"] > 1
