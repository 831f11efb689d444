"""Which column a node stands in: producers, exchanges, queues, consumers; a translator begins the next stage of the same.

Dead letters, replies and circles of bindings run against the reading direction; they never push a column to the right.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from mqviz.viewmodel.graph import EdgeKind, Graph, NodeKind

_SLOTS = {
    NodeKind.PRODUCER: 0,
    NodeKind.EXCHANGE: 1,
    NodeKind.QUEUE: 2,
    NodeKind.CONSUMER: 3,
    NodeKind.TRANSLATOR: 3,
    NodeKind.SERVICE: 4,
}
_MIDDLE = _SLOTS[NodeKind.QUEUE]
_AGAINST = {EdgeKind.REPLY}
_ALONG_EXCHANGES = {EdgeKind.BINDING, EdgeKind.ALTERNATE}

H = TypeVar("H", bound=Hashable)


def columns(graph: Graph) -> dict[str, int]:
    """The column of each node, from 0 at the left; no column is empty."""
    stage, depth = _stages(graph), _depths(graph)
    keys = {node.id: (stage[node.id], _slot(graph, node.id), depth.get(node.id, 0)) for node in graph.nodes}
    number = {key: index for index, key in enumerate(sorted(set(keys.values())))}
    return {id: number[key] for id, key in keys.items()}


def _slot(graph: Graph, id: str) -> int:
    """A service that only producers call stands in the middle, where the queue would be."""
    kind = graph.by_id[id].kind
    if kind is NodeKind.SERVICE and not any(_is_from_consumer(graph, edge.source) for edge in graph.into.get(id, ())):
        return _MIDDLE
    return _SLOTS[kind]


def _is_from_consumer(graph: Graph, id: str) -> bool:
    return graph.by_id[id].kind is NodeKind.CONSUMER


def _stages(graph: Graph) -> dict[str, int]:
    """How many translators a message has passed when it comes here, at most."""
    steps = {
        (edge.source, edge.target): int(graph.by_id[edge.source].kind is NodeKind.TRANSLATOR)
        for edge in graph.edges
        if edge.kind not in _AGAINST
    }
    return longest((node.id for node in graph.nodes), steps)


def _depths(graph: Graph) -> dict[str, int]:
    """How many exchanges an exchange is behind."""
    exchanges = [node.id for node in graph.nodes if node.kind is NodeKind.EXCHANGE]
    inside = set(exchanges)
    steps = {
        (edge.source, edge.target): 1
        for edge in graph.edges
        if edge.kind in _ALONG_EXCHANGES and edge.source in inside and edge.target in inside
    }
    return longest(exchanges, steps)


def longest(nodes: Iterable[H], steps: Mapping[tuple[H, H], int]) -> dict[H, int]:
    """The greatest sum of steps on any way to each node; a step that closes a circle does not count."""
    after: dict[H, list[H]] = {node: [] for node in nodes}
    for source, target in steps:
        after[source].append(target)
    order, closing = _depth_first(after)
    result = dict.fromkeys(after, 0)
    for node in reversed(order):
        for target in after[node]:
            if (node, target) not in closing:
                result[target] = max(result[target], result[node] + steps[node, target])
    return result


def _depth_first(after: Mapping[H, list[H]]) -> tuple[list[H], set[tuple[H, H]]]:
    """All nodes, each behind everything that follows it, and the steps that close a circle. Without recursion: chains are long."""
    order: list[H] = []
    closing: set[tuple[H, H]] = set()
    begun: set[H] = set()
    done: set[H] = set()
    for root in after:
        if root in begun:
            continue
        begun.add(root)
        path = [(root, iter(after[root]))]
        while path:
            node, rest = path[-1]
            target = next(rest, None)
            if target is None:
                done.add(node)
                order.append(node)
                path.pop()
            elif target not in begun:
                begun.add(target)
                path.append((target, iter(after[target])))
            elif target not in done:
                closing.add((node, target))
    return order, closing
