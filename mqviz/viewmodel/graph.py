"""From a snapshot to what can be drawn: nodes and edges, without figures.

A client with many members is one node for the whole group. The default exchange is not drawn: who publishes to it reaches
the queue named by the routing key, so that is where the edge goes. Two graphs are equal when the same picture serves both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from mqviz.model.snapshot import (
    BindingStats,
    ConsumerStats,
    ProducerStats,
    QueueStats,
    Snapshot,
    TranslatorStats,
)

MEMBERS_SHOWN = 6
"""Up to so many members of a client are nodes of their own."""


class NodeKind(StrEnum):
    """What a node is; also the first part of its id."""

    PRODUCER = "producer"
    EXCHANGE = "exchange"
    QUEUE = "queue"
    CONSUMER = "consumer"
    SERVICE = "service"
    TRANSLATOR = "translator"


class EdgeKind(StrEnum):
    """What goes along an edge."""

    PUBLISH = "publish"
    BINDING = "binding"
    DELIVER = "deliver"
    DEAD_LETTER = "dead_letter"
    ALTERNATE = "alternate"
    CALL = "call"
    INVALID = "invalid"
    REPLY = "reply"


SIZES: dict[NodeKind, tuple[float, float]] = {
    NodeKind.PRODUCER: (148.0, 56.0),
    NodeKind.EXCHANGE: (130.0, 54.0),
    NodeKind.QUEUE: (200.0, 84.0),
    NodeKind.CONSUMER: (164.0, 60.0),
    NodeKind.SERVICE: (184.0, 100.0),
    NodeKind.TRANSLATOR: (168.0, 62.0),
}
"""Width and height of each kind of card, in pixels at 100 %."""

BELOW: dict[NodeKind, float] = {NodeKind.EXCHANGE: 42.0, NodeKind.SERVICE: 42.0, NodeKind.QUEUE: 6.0}
"""Room kept free under a card for what falls off it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `members` are the ids that backends use for it: its own, or those of all members of a group.

    `name` is what it is called on the card: a client that has one member only is called by its own name.
    """

    id: str
    kind: NodeKind
    name: str
    members: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether it stands for many members of one client."""
        return len(self.members) > 1

    @property
    def title(self) -> str:
        """Its name, and how many it stands for."""
        return f"{self.name} ×{len(self.members)}" if self.is_group else self.name

    @property
    def size(self) -> tuple[float, float]:
        """Width and height at 100 %."""
        return SIZES[self.kind]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge, in the direction of its messages; `labels` are binding keys."""

    source: str
    target: str
    kind: EdgeKind
    labels: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, EdgeKind]:
        """What tells it from all other edges of the graph."""
        return self.source, self.target, self.kind


@dataclass(frozen=True)
class Graph:
    """What is drawn. `node_of` finds the node for any id of a backend."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    node_of: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """All nodes by their ids."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def out_of(self) -> dict[str, list[Edge]]:
        """The edges that leave each node."""
        return _grouped(self.edges, lambda edge: edge.source)

    @cached_property
    def into(self) -> dict[str, list[Edge]]:
        """The edges that end at each node."""
        return _grouped(self.edges, lambda edge: edge.target)

    @cached_property
    def dead_letter_queues(self) -> frozenset[str]:
        """Queues that nothing reaches but dead letters and what could not be translated."""
        return frozenset(id for id in self._fallen if self.by_id[id].kind is NodeKind.QUEUE)

    @cached_property
    def dead_letter_edges(self) -> frozenset[tuple[str, str, EdgeKind]]:
        """Edges along which nothing else runs."""
        return frozenset(edge.key for edge in self.edges if edge.kind in _FALLEN or edge.source in self._fallen_exchanges)

    @cached_property
    def _fallen_exchanges(self) -> frozenset[str]:
        fed = ((id, {edge.kind for edge in edges}) for id, edges in self.into.items())
        return frozenset(id for id, kinds in fed if kinds <= _FALLEN and self.by_id[id].kind is NodeKind.EXCHANGE)

    @cached_property
    def _fallen(self) -> frozenset[str]:
        only = self._fallen_exchanges
        return frozenset(id for id, edges in self.into.items() if all(edge.kind in _FALLEN or edge.source in only for edge in edges))


_FALLEN = {EdgeKind.DEAD_LETTER, EdgeKind.INVALID}


def _grouped(edges: Iterable[Edge], key: Callable[[Edge], str]) -> dict[str, list[Edge]]:
    groups: dict[str, list[Edge]] = {}
    for edge in edges:
        groups.setdefault(key(edge), []).append(edge)
    return groups


def graph_of(snapshot: Snapshot, replies: Iterable[tuple[str, str]] = ()) -> Graph:
    """The picture of a snapshot. `replies`: pairs (consumer, producer) between which replies were seen; a snapshot cannot tell."""
    nodes = tuple(_nodes(snapshot))
    node_of = {member: node.id for node in nodes for member in node.members}
    raw = [*_edges(snapshot), *(Edge(consumer, producer, EdgeKind.REPLY) for consumer, producer in replies)]
    return Graph(nodes, _merged(raw, node_of), node_of)


def _nodes(snapshot: Snapshot) -> Iterator[Node]:
    yield from _clients(NodeKind.PRODUCER, snapshot.producers)
    used = _used_exchanges(snapshot)
    for exchange in snapshot.exchanges:
        if exchange.name and (exchange.name in used or not exchange.name.startswith("amq.")):
            yield _single(NodeKind.EXCHANGE, exchange.name)
    for queue in snapshot.queues:
        yield _single(NodeKind.QUEUE, queue.name)
    yield from _clients(NodeKind.CONSUMER, snapshot.consumers)
    for service in snapshot.services:
        yield _single(NodeKind.SERVICE, service.name)
    for translator in snapshot.translators:
        yield _single(NodeKind.TRANSLATOR, translator.name)


def _single(kind: NodeKind, name: str, shown: str = "") -> Node:
    return Node(f"{kind}:{name}", kind, shown or name, (f"{kind}:{name}",))


def _clients(kind: NodeKind, stats: Sequence[ProducerStats] | Sequence[ConsumerStats]) -> Iterator[Node]:
    """One node for each member (a live client may appear twice under one name), or one for a large client."""
    clients: dict[str, dict[str, None]] = {}
    for one in stats:
        clients.setdefault(one.client, {})[one.name] = None
    for client, names in clients.items():
        if len(names) > MEMBERS_SHOWN:
            yield Node(f"{kind}:{client}", kind, client, tuple(f"{kind}:{name}" for name in names))
        else:
            yield from (_single(kind, name, client if len(names) == 1 else name) for name in names)


def _used_exchanges(snapshot: Snapshot) -> set[str]:
    """Exchanges that anything publishes to, is bound to, or falls back on."""
    used = {binding.source for binding in snapshot.bindings}
    used |= {binding.destination for binding in snapshot.bindings if binding.destination_type == "exchange"}
    used |= {producer.exchange or "" for producer in snapshot.producers if producer.call is None}
    used |= {exchange.alternate or "" for exchange in snapshot.exchanges}
    used |= {queue.dead_letter_exchange or "" for queue in snapshot.queues}
    return used | {translator.exchange for translator in snapshot.translators}


def _edges(snapshot: Snapshot) -> Iterator[Edge]:
    fanouts = {exchange.name for exchange in snapshot.exchanges if exchange.type == "fanout"}
    for producer in snapshot.producers:
        yield from _of_producer(producer)
    for binding in snapshot.bindings:
        yield _of_binding(binding, label=binding.source not in fanouts)
    for exchange in snapshot.exchanges:
        if exchange.alternate is not None:
            yield Edge(f"exchange:{exchange.name}", f"exchange:{exchange.alternate}", EdgeKind.ALTERNATE)
    for queue in snapshot.queues:
        yield from _of_queue(queue)
    for consumer in snapshot.consumers:
        yield from _of_consumer(consumer)
    for translator in snapshot.translators:
        yield from _of_translator(translator)


def target_of(exchange: str, routing_key: str) -> str:
    """The node that a publish reaches first: the exchange, or the queue behind the default exchange."""
    return f"exchange:{exchange}" if exchange else f"queue:{routing_key}"


def _of_producer(producer: ProducerStats) -> Iterator[Edge]:
    node = f"producer:{producer.name}"
    if producer.call is not None:
        yield Edge(node, f"service:{producer.call}", EdgeKind.CALL)
    elif producer.exchange is not None:
        yield Edge(node, target_of(producer.exchange, producer.routing_key), EdgeKind.PUBLISH)


def _of_binding(binding: BindingStats, label: bool) -> Edge:
    target = f"{binding.destination_type}:{binding.destination}"
    labels = (_label(binding),) if label and _label(binding) else ()
    return Edge(f"exchange:{binding.source}", target, EdgeKind.BINDING, labels)


def _label(binding: BindingStats) -> str:
    """The binding key; of a headers binding, what it asks for."""
    wanted = {key: value for key, value in binding.arguments.items() if not key.startswith("x-")}
    return binding.routing_key or ", ".join(f"{key}={_value(value)}" for key, value in wanted.items())


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of_queue(queue: QueueStats) -> Iterator[Edge]:
    if queue.dead_letter_exchange is not None:
        target = target_of(queue.dead_letter_exchange, queue.dead_letter_routing_key or "")
        yield Edge(f"queue:{queue.name}", target, EdgeKind.DEAD_LETTER)


def _of_consumer(consumer: ConsumerStats) -> Iterator[Edge]:
    node = f"consumer:{consumer.name}"
    yield Edge(f"queue:{consumer.queue}", node, EdgeKind.DELIVER)
    if consumer.call is not None:
        yield Edge(node, f"service:{consumer.call}", EdgeKind.CALL)


def _of_translator(translator: TranslatorStats) -> Iterator[Edge]:
    node = f"translator:{translator.name}"
    yield Edge(f"queue:{translator.queue}", node, EdgeKind.DELIVER)
    yield Edge(node, target_of(translator.exchange, translator.routing_key), EdgeKind.PUBLISH)
    if translator.invalid_queue is not None:
        yield Edge(node, f"queue:{translator.invalid_queue}", EdgeKind.INVALID)


def _merged(raw: Iterable[Edge], node_of: dict[str, str]) -> tuple[Edge, ...]:
    """One edge for each pair of nodes and kind, with all labels; edges to what does not exist are left out."""
    labels: dict[tuple[str, str, EdgeKind], dict[str, None]] = {}
    for edge in raw:
        source, target = node_of.get(edge.source), node_of.get(edge.target)
        if source is not None and target is not None:
            labels.setdefault((source, target, edge.kind), {}).update(dict.fromkeys(edge.labels))
    return tuple(Edge(*key, labels=tuple(words)) for key, words in labels.items())
