"""From a snapshot to nodes and edges."""

from __future__ import annotations

from msgspec.structs import replace

from mqviz.model.snapshot import BindingStats, ExchangeStats, QueueStats, Snapshot
from mqviz.viewmodel.graph import MEMBERS_SHOWN, EdgeKind, Graph, NodeKind, graph_of
from tests.viewmodel.pictures import binding, called, consumer, producer, shop, translated


def keys(graph: Graph, kind: EdgeKind) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in graph.edges if edge.kind is kind}


def crowd(count: int) -> Snapshot:
    members = tuple(consumer(f"server.{i}", "work") for i in range(1, count + 1))
    return Snapshot(time=0.0, queues=(QueueStats(name="work"),), consumers=members)


def test_each_thing_of_the_snapshot_is_a_node() -> None:
    graph = graph_of(shop())
    kinds = [node.kind for node in graph.nodes]
    assert [kinds.count(kind) for kind in NodeKind] == [3, 3, 5, 5, 0, 0]
    assert "exchange:" not in graph.by_id


def test_a_predeclared_exchange_is_shown_only_where_something_uses_it() -> None:
    snapshot = shop()
    assert "exchange:amq.topic" not in graph_of(snapshot).by_id
    used = replace(snapshot, bindings=(*snapshot.bindings, binding("amq.topic", "audit.log", "#")))
    assert "exchange:amq.topic" in graph_of(used).by_id


def test_up_to_six_members_are_nodes_of_their_own_and_more_are_one() -> None:
    assert [node.id for node in graph_of(crowd(MEMBERS_SHOWN)).nodes[1:]] == [f"consumer:server.{i}" for i in range(1, 7)]
    graph = graph_of(crowd(50))
    group = graph.by_id["consumer:server"]
    assert group.is_group and len(group.members) == 50
    assert graph.node_of["consumer:server.17"] == "consumer:server"
    assert keys(graph, EdgeKind.DELIVER) == {("queue:work", "consumer:server")}


def test_the_default_exchange_leads_straight_to_the_queue_of_the_routing_key() -> None:
    snapshot = Snapshot(time=0.0, queues=(QueueStats(name="work"),), producers=(producer("a.1", "", "work"), producer("b.1", "", "no")))
    assert keys(graph_of(snapshot), EdgeKind.PUBLISH) == {("producer:a.1", "queue:work")}


def test_binding_keys_of_one_pair_stand_on_one_edge_and_a_fanout_has_none() -> None:
    snapshot = shop()
    more = replace(
        snapshot, bindings=(*snapshot.bindings, binding("orders", "orders.new", "return.#"), binding("events", "orders.new", "x"))
    )
    labels = {(edge.source, edge.target): edge.labels for edge in graph_of(more).edges}
    assert labels["exchange:orders", "queue:orders.new"] == ("order.#", "return.#")
    assert labels["exchange:events", "queue:orders.new"] == ()


def test_a_headers_binding_is_labelled_with_what_it_asks_for() -> None:
    asks = BindingStats(source="h", destination="q", destination_type="queue", routing_key="", arguments={"x-match": "all", "type": "pdf"})
    snapshot = Snapshot(time=0.0, exchanges=(ExchangeStats(name="h", type="headers"),), queues=(QueueStats(name="q"),), bindings=(asks,))
    assert [edge.labels for edge in graph_of(snapshot).edges] == [("type=pdf",)]


def test_dead_letters_go_to_their_exchange_or_through_the_default_exchange_to_a_queue() -> None:
    assert keys(graph_of(shop()), EdgeKind.DEAD_LETTER) == {("queue:orders.new", "exchange:dlx")}
    queues = (QueueStats(name="a", dead_letter_exchange="", dead_letter_routing_key="b"), QueueStats(name="b"))
    assert keys(graph_of(Snapshot(time=0.0, queues=queues)), EdgeKind.DEAD_LETTER) == {("queue:a", "queue:b")}


def test_an_alternate_exchange_is_an_edge() -> None:
    exchanges = (ExchangeStats(name="a", type="direct", alternate="b"), ExchangeStats(name="b", type="fanout"))
    assert keys(graph_of(Snapshot(time=0.0, exchanges=exchanges)), EdgeKind.ALTERNATE) == {("exchange:a", "exchange:b")}


def test_calls_translators_and_replies() -> None:
    assert keys(graph_of(called()), EdgeKind.CALL) == {("producer:web.1", "service:server"), ("consumer:worker.1", "service:database")}
    graph = graph_of(translated())
    assert ("queue:json", "translator:to-xml") in keys(graph, EdgeKind.DELIVER)
    assert ("translator:to-xml", "queue:xml") in keys(graph, EdgeKind.PUBLISH)
    assert keys(graph, EdgeKind.INVALID) == {("translator:to-xml", "queue:invalid")}
    seen = graph_of(translated(), [("consumer:old.1", "producer:web.1")])
    assert keys(seen, EdgeKind.REPLY) == {("consumer:old.1", "producer:web.1")}


def test_figures_do_not_change_a_graph_but_a_binding_does() -> None:
    snapshot = shop()
    busy = replace(snapshot, time=9.0, queues=tuple(replace(queue, messages_ready=7) for queue in snapshot.queues))
    assert graph_of(busy) == graph_of(snapshot)
    assert graph_of(replace(snapshot, bindings=snapshot.bindings[1:])) != graph_of(snapshot)
