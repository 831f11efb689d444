"""How much runs along each edge, in steps of a logarithm, so that a line changes its width seldom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mqviz.model.snapshot import BindingStats
from mqviz.viewmodel.extraction import binding_id
from mqviz.viewmodel.faces import Figures
from mqviz.viewmodel.graph import Edge, EdgeKind, Graph, NodeKind

STEPS = (0.0, 1.0, 10.0, 100.0, 1000.0)
"""From these rates per second on a line is wider."""
_SLACK = 0.8

_OF_SOURCE = {
    (NodeKind.PRODUCER, EdgeKind.PUBLISH): "published",
    (NodeKind.PRODUCER, EdgeKind.CALL): "published",
    (NodeKind.CONSUMER, EdgeKind.CALL): "completed",
    (NodeKind.TRANSLATOR, EdgeKind.PUBLISH): "translated",
    (NodeKind.TRANSLATOR, EdgeKind.INVALID): "invalid",
    (NodeKind.QUEUE, EdgeKind.DEAD_LETTER): "dead_lettered",
}
_OF_TARGET = {
    (NodeKind.CONSUMER, EdgeKind.DELIVER): "delivered",
    (NodeKind.TRANSLATOR, EdgeKind.DELIVER): "taken",
}


def width_step(rate: float | None, before: int = 0) -> int:
    """Which width a rate asks for, from 0 (nothing runs) to 5; a falling rate keeps its width a little longer."""
    if rate is None:
        return before
    step = sum(rate > least for least in STEPS)
    return before if step == before - 1 and rate > _SLACK * STEPS[step] else step


class Flows:
    """Rates along the edges of one graph."""

    def __init__(self, graph: Graph, bindings: Iterable[BindingStats]) -> None:
        self._graph = graph
        self._bindings: dict[tuple[str, str], list[str]] = {}
        for binding in bindings:
            ends = f"exchange:{binding.source}", f"{binding.destination_type}:{binding.destination}"
            self._bindings.setdefault(ends, []).append(binding_id(binding))

    def rate(self, edge: Edge, figures: Figures) -> float | None:
        """Messages per second along an edge; None where it cannot be told."""
        rates = list(self._rates(edge, figures))
        known = [rate for rate in rates if rate is not None]
        return sum(known) if known else None

    def _rates(self, edge: Edge, figures: Figures) -> Iterator[float | None]:
        kinds = self._graph.by_id[edge.source].kind, self._graph.by_id[edge.target].kind
        if edge.kind is EdgeKind.BINDING:
            yield from (figures.rate(id, "messages") for id in self._bindings.get((edge.source, edge.target), ()))
        elif (kinds[0], edge.kind) in _OF_SOURCE:
            yield figures.rate(edge.source, _OF_SOURCE[kinds[0], edge.kind])
        elif (kinds[1], edge.kind) in _OF_TARGET:
            yield figures.rate(edge.target, _OF_TARGET[kinds[1], edge.kind])
