"""Which shape of a large topology is seen largest in a view: how often its columns are cut, and how many bands stand beside each other.

A topology of ordinary size keeps its one column for each layer in any view; the same topology and view always give the same shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mqviz.viewmodel.graph import Graph
from mqviz.viewmodel.layout import PLAIN, Point, Shape, arrange, extent, pieces

SCREEN = 1.7
"""Width to height of a view that is not known yet."""
_HIGH = 700.0
"""A picture that is less high is left as it is."""
_GAIN = 1.15
"""It must be seen so much larger that cut columns are worth it."""
_MOST_NODES = 300
_TALLEST = (1500.0, 1250.0, 1050.0, 900.0, 750.0, 650.0, 550.0, 450.0)
_MOST_BANDS = 6


def shape_for(graph: Graph, aspect: float) -> Shape:
    """The shape that is seen largest where a view is `aspect` times as wide as high."""
    if not graph.nodes or len(graph.nodes) > _MOST_NODES:
        return PLAIN
    plain = covered(graph, arrange(graph, {}))
    if plain[1] < _HIGH:
        return PLAIN
    found = {shape: _zoom(extent(graph, shape), aspect) for shape in _shapes(pieces(graph))}
    best = max(found, key=found.__getitem__)
    return best if found[best] >= _GAIN * _zoom(plain, aspect) else PLAIN


def covered(graph: Graph, positions: Mapping[str, Point]) -> tuple[float, float]:
    """How wide and how high all cards are together."""
    spans = []
    for axis in (0, 1):
        ends = [(positions[node.id][axis] - node.size[axis] / 2, positions[node.id][axis] + node.size[axis] / 2) for node in graph.nodes]
        spans.append(max(end for _, end in ends) - min(start for start, _ in ends))
    return spans[0], spans[1]


def _zoom(size: tuple[float, float], aspect: float) -> float:
    """How large all of it is seen, in a view that is 1 high."""
    return min(aspect / size[0], 1.0 / size[1])


def _shapes(count: int) -> Iterator[Shape]:
    """Candidates, the plainest first: of several as good ones the first is taken."""
    for bands in range(1, min(count, _MOST_BANDS) + 1):
        for tallest in _TALLEST if bands < 3 else _TALLEST[:1]:
            yield Shape(tallest, bands, is_dense=True)
