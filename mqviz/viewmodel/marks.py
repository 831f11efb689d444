"""Which nodes, lines or which part of the picture a fault has hit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mqviz.model.faults import Cut, Down, Fault, MemoryAlarm, RestartFault
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.graph import Edge, EdgeKind, Graph, Node, NodeKind

_CODES_OF_BROKER = (Down, RestartFault, MemoryAlarm)
_SIDES = {
    "producers": {NodeKind.PRODUCER},
    "consumers": {NodeKind.CONSUMER, NodeKind.TRANSLATOR},
    "both": {NodeKind.PRODUCER, NodeKind.CONSUMER, NodeKind.TRANSLATOR},
}
_OVER_THE_NETWORK = {EdgeKind.PUBLISH, EdgeKind.DELIVER, EdgeKind.INVALID}


@dataclass(frozen=True, slots=True)
class Marks:
    """Codes of faults (`kill`, `slow` ...) by node; those of the broker as a whole; lines that are cut; whether the broker is down."""

    nodes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    broker: tuple[str, ...] = ()
    cut: frozenset[tuple[str, str, EdgeKind]] = frozenset()
    is_down: bool = False


def marks_of(snapshot: Snapshot, graph: Graph) -> Marks:
    """What the active faults have hit."""
    faults = [active.fault for active in snapshot.faults]
    nodes: dict[str, list[str]] = {}
    for fault in faults:
        for node in _hit(graph, fault):
            nodes.setdefault(node.id, []).append(code(fault))
    broker = [code(fault) for fault in faults if isinstance(fault, _CODES_OF_BROKER)]
    if snapshot.broker.memory_alarm and "memory_alarm" not in broker:
        broker.append("memory_alarm")
    cut = frozenset(edge.key for fault in faults if isinstance(fault, Cut) for edge in _cut(graph, fault))
    return Marks({id: tuple(codes) for id, codes in nodes.items()}, tuple(broker), cut, snapshot.broker.state != "running")


def code(fault: Fault) -> str:
    """The name of a kind of fault, as in a scenario file."""
    return str(fault.__struct_config__.tag)


def _hit(graph: Graph, fault: Fault) -> Iterable[Node]:
    target = getattr(fault, "target", None)
    return [node for node in graph.nodes if is_named(node, target)] if target else []


def is_named(node: Node, target: str) -> bool:
    """Whether a fault's target means this node: its name, its client's, one of its members', or any of these with a prefix."""
    ids = {node.id, *node.members}
    prefix, _, name = target.rpartition(":")
    kinds = (prefix,) if prefix else tuple(NodeKind)
    wanted = {f"{kind}:{name}" for kind in kinds}
    return bool(ids & wanted) or any(id.rpartition(".")[0] in wanted for id in ids if node.kind in _HAVE_MEMBERS)


_HAVE_MEMBERS = {NodeKind.PRODUCER, NodeKind.CONSUMER}


def _cut(graph: Graph, fault: Cut) -> Iterable[Edge]:
    """The lines between the broker and the clients of that side, or to one client."""
    for edge in graph.edges:
        for end in (graph.by_id[edge.source], graph.by_id[edge.target]):
            is_on_side = edge.kind in _OVER_THE_NETWORK and end.kind in _SIDES[fault.side]
            if is_on_side and (fault.target is None or is_named(end, fault.target)):
                yield edge
