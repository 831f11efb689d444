"""Positions: columns, no overlap ever, and nothing moves without need."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, settings
from msgspec.structs import replace

from mqviz.model.snapshot import ConsumerStats, ExchangeStats, QueueStats, Snapshot
from mqviz.viewmodel.columns import columns
from mqviz.viewmodel.graph import graph_of
from mqviz.viewmodel.layout import Point, arrange, overlapping
from mqviz.viewmodel.ordering import crossings
from tests.viewmodel.pictures import binding, called, consumer, producer, shop, translated


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Topologies of any shape: circles of bindings, dead letters to anywhere, crowds of consumers."""
    exchanges = [f"e{i}" for i in range(draw(st.integers(0, 5)))]
    queues = [f"q{i}" for i in range(draw(st.integers(0, 12)))]
    anywhere = st.sampled_from(["", "missing", *exchanges])
    consumers: list[ConsumerStats] = []
    for index in range(draw(st.integers(0, 8))):
        queue = draw(st.sampled_from([*queues, "missing"]))
        consumers += [consumer(f"c{index}.{i}", queue) for i in range(draw(st.integers(1, 9)))]
    return Snapshot(
        time=0.0,
        exchanges=tuple(ExchangeStats(name=name, type="topic", alternate=draw(st.none() | anywhere)) for name in exchanges),
        queues=tuple(QueueStats(name=name, dead_letter_exchange=draw(st.none() | anywhere)) for name in queues),
        bindings=tuple(
            replace(binding(draw(st.sampled_from(exchanges)), draw(st.sampled_from([*queues, *exchanges]))), destination_type=kind)
            for kind in draw(st.lists(st.sampled_from(["queue", "exchange"]), max_size=15))
            if exchanges
        ),
        producers=tuple(producer(f"p{i}.1", draw(anywhere), draw(st.sampled_from(["", *queues]))) for i in range(draw(st.integers(0, 8)))),
        consumers=tuple(consumers),
    )


@settings(max_examples=60, deadline=None)
@given(snapshots())
def test_nothing_overlaps_and_the_same_topology_gives_the_same_picture(snapshot: Snapshot) -> None:
    graph = graph_of(snapshot)
    positions = arrange(graph, {})
    assert positions.keys() == graph.by_id.keys()
    assert overlapping(graph, positions) == []
    assert arrange(graph_of(snapshot), {}) == positions


@settings(max_examples=60, deadline=None)
@given(snapshots(), snapshots())
def test_what_stays_in_the_topology_stays_where_it_was(before: Snapshot, after: Snapshot) -> None:
    old = arrange(graph_of(before), {})
    graph = graph_of(after)
    new = arrange(graph, old)
    assert {id: new[id] for id in old if id in new} == {id: at for id, at in old.items() if id in new}
    assert overlapping(graph, new) == []


@settings(max_examples=40, deadline=None)
@given(snapshots(), st.data())
def test_saved_positions_win_and_the_others_keep_off_them(snapshot: Snapshot, data: st.DataObject) -> None:
    graph = graph_of(snapshot)
    places = st.tuples(st.integers(-20, 20).map(lambda i: i * 50.0), st.integers(-20, 20).map(lambda i: i * 50.0))
    saved: dict[str, Point] = data.draw(st.dictionaries(st.sampled_from([*graph.by_id, "queue:gone"]), places))
    positions = arrange(graph, saved)
    assert all(positions[id] == at for id, at in saved.items() if id in positions)
    assert all({one, other} <= saved.keys() for one, other in overlapping(graph, positions))


def test_columns_are_producers_exchanges_queues_consumers() -> None:
    graph = graph_of(shop())
    column = columns(graph)
    assert [{column[node.id] for node in graph.nodes if node.kind == kind} for kind in ("producer", "exchange", "queue", "consumer")] == [
        {0},
        {1},
        {2},
        {3},
    ]
    x = {id: at[0] for id, at in arrange(graph, {}).items()}
    assert x["producer:checkout.1"] < x["exchange:dlx"] < x["queue:orders.dlq"] < x["consumer:worker.1"]


def test_a_translator_stands_between_its_queue_and_its_target() -> None:
    x = {id: at[0] for id, at in arrange(graph_of(translated()), {}).items()}
    assert x["producer:web.1"] < x["queue:json"] < x["translator:to-xml"] < x["queue:xml"] < x["consumer:old.1"]
    assert x["queue:invalid"] == x["queue:xml"]


def test_a_service_is_right_of_its_consumers_and_in_the_middle_when_called_directly() -> None:
    x = {id: at[0] for id, at in arrange(graph_of(called()), {}).items()}
    assert x["producer:web.1"] < x["service:server"] == x["queue:work"] < x["consumer:worker.1"] < x["service:database"]


def test_lines_cross_only_where_they_must() -> None:
    queues = tuple(QueueStats(name=f"q{i}") for i in range(6))
    backwards = tuple(consumer(f"c{5 - i}.1", f"q{i}") for i in reversed(range(6)))
    graph = graph_of(Snapshot(time=0.0, queues=queues, consumers=backwards))
    y = {id: at[1] for id, at in arrange(graph, {}).items()}
    order = sorted((id for id in y if id.startswith("queue")), key=y.__getitem__)
    consumers = sorted((id for id in y if id.startswith("consumer")), key=y.__getitem__)
    right = {edge.source: [edge.target] for edge in graph.edges}
    assert crossings([order, consumers], right) == 0


def test_crossings_are_counted() -> None:
    assert crossings([["a", "b"], ["c", "d"]], {"a": ["d"], "b": ["c"]}) == 1
    assert crossings([["a", "b"], ["c", "d"]], {"a": ["c", "d"], "b": ["c", "d"]}) == 1
    assert crossings([["a", "b"], ["c", "d"]], {"a": ["c"], "b": ["d"]}) == 0


def test_a_chain_stands_on_one_level() -> None:
    snapshot = Snapshot(time=0.0, queues=(QueueStats(name="q"),), producers=(producer("p.1", "", "q"),), consumers=(consumer("c.1", "q"),))
    assert len({y for _, y in arrange(graph_of(snapshot), {}).values()}) == 1


def test_very_many_queues_stand_in_several_columns() -> None:
    queues = tuple(QueueStats(name=f"q{i}") for i in range(60))
    graph = graph_of(Snapshot(time=0.0, queues=queues, consumers=tuple(consumer(f"c{i}.1", f"q{i}") for i in range(60))))
    positions = arrange(graph, {})
    assert len({x for id, (x, _) in positions.items() if id.startswith("queue")}) > 1
    assert overlapping(graph, positions) == []


def test_nothing_to_arrange() -> None:
    assert arrange(graph_of(Snapshot(time=0.0)), {}) == {}
