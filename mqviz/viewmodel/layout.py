"""Positions for a topology: columns from left to right, stable when it changes a little.

A position is the centre of a node, in pixels at 100 %. What has a saved position stays there; what is new is put where a
fresh drawing would have it beside its column, at the nearest place that is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import sqrt

from mqviz.viewmodel.columns import columns
from mqviz.viewmodel.graph import BELOW, Edge, EdgeKind, Graph, Node
from mqviz.viewmodel.ordering import heights, ordered, stacked

Point = tuple[float, float]

GAP = 18.0
"""Free room between two cards of a column."""
LANE = 7.0
"""Half the room that a line passing through a column is given."""
_DENSE_LANE = 0.2
_LARGE_PIECE = 24
"""Nodes of a piece from which on its density counts more than level lines."""
_COLUMN_GAP = 96.0
_NARROW_GAP = 72.0
_DENSE_GAP = 40.0
_FEW = 4
_WIDEST_GAP = 200.0
_PER_LETTER = 6.6
_TALLEST = 1500.0
_MOST_CUTS = 8
_TALL_BAND = 1100.0
_BAND_GAP = 330.0
_COLUMN = 250.0
_SCREEN = 1.7


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide and how high a fresh picture becomes.

    `tallest`: a column of one piece that is higher is cut into several beside each other. `bands`: pieces stand in so many bands
    beside each other (0: as suits a screen). `is_dense`: large pieces keep no rooms for lines, and their lines are less level.
    """

    tallest: float = _TALLEST
    bands: int = 0
    is_dense: bool = False


PLAIN = Shape()
"""What suits a topology that is not too large for its view."""


@dataclass
class _Sketch:
    """Columns of node ids and of stand-ins for lines that pass through a column, and who is joined to whom."""

    columns: list[list[str]]
    left: dict[str, list[str]] = field(default_factory=dict)
    right: dict[str, list[str]] = field(default_factory=dict)

    def join(self, source: str, target: str) -> None:
        """A line from one column to the next."""
        self.right.setdefault(source, []).append(target)
        self.left.setdefault(target, []).append(source)


def arrange(graph: Graph, saved: Mapping[str, Point], shape: Shape = PLAIN) -> dict[str, Point]:
    """The centre of each node. Saved positions win; nothing else ever overlaps anything."""
    fresh = _fresh(graph, shape)
    kept = {id: saved[id] for id in fresh if id in saved}
    if not kept:
        return fresh
    return _joined(graph, fresh, kept)


def _fresh(graph: Graph, shape: Shape) -> dict[str, Point]:
    """The pieces of the picture in one or more bands beside each other, each with all columns."""
    column = columns(graph)
    result: dict[str, Point] = {}
    left = 0.0
    for band in _bands(_parts(graph), column, shape):
        placed = _band(band, column, shape)
        result.update((id, (x + left, y)) for id, (x, y) in placed.items())
        left = max((x for x, _ in result.values()), default=0.0) + _BAND_GAP
    return {node.id: result[node.id] for node in graph.nodes}


def _bands(parts: list[Graph], column: Mapping[str, int], shape: Shape) -> list[list[Graph]]:
    """As many bands as make the whole about as wide as a screen is; what fits a screen is one."""
    tall = [max(_height(line) for line in _lines(part, column).values()) for part in parts]
    whole, wide = sum(tall), (max(column.values(), default=0) + 1) * _COLUMN
    wanted = shape.bands or (max(1, round(sqrt(_SCREEN * whole / wide))) if whole > _TALL_BAND else 1)
    count = min(len(parts), wanted)
    bands: list[list[Graph]] = [[] for _ in range(count)]
    below = 0.0
    for part, height in zip(parts, tall, strict=True):
        bands[min(count - 1, int(below / whole * count))].append(part)
        below += height
    return [band for band in bands if band]


def _lines(part: Graph, column: Mapping[str, int]) -> dict[int, list[Node]]:
    result: dict[int, list[Node]] = {}
    for node in part.nodes:
        result.setdefault(column[node.id], []).append(node)
    return result


def _height(nodes: Iterable[Node]) -> float:
    return sum(sum(_room(node)) for node in nodes)


def extent(graph: Graph, shape: Shape) -> tuple[float, float]:
    """About how wide and how high a fresh picture of this shape is; much faster than to make it."""
    column = columns(graph)
    wide = high = 0.0
    for band in _bands(_parts(graph), column, shape):
        whole, cut = _whole(band), _split(band, column, shape.tallest)
        x = _across(whole, cut, _gaps(whole, cut, column, shape))
        wide += x[-1] + _BAND_GAP
        high = max(high, sum(max(map(_height, _lines(part, cut).values())) for part in band))
    return wide + _COLUMN - _BAND_GAP, high


def pieces(graph: Graph) -> int:
    """How many parts of the picture nothing joins."""
    return len(_parts(graph))


def _whole(parts: list[Graph]) -> Graph:
    return Graph(tuple(node for part in parts for node in part.nodes), tuple(edge for part in parts for edge in part.edges))


def _band(parts: list[Graph], column: Mapping[str, int], shape: Shape) -> dict[str, Point]:
    """Pieces one under the other."""
    whole = _whole(parts)
    layer, column = column, _split(parts, column, shape.tallest)
    x = _across(whole, column, _gaps(whole, column, layer, shape))
    y: dict[str, float] = {}
    skyline = [0.0] * len(x)
    for part in parts:
        y.update(_stacked(_heights(part, column, is_dense=shape.is_dense and len(part.nodes) >= _LARGE_PIECE), part, column, skyline))
    return {node.id: (x[column[node.id]], y[node.id]) for node in whole.nodes}


def _parts(graph: Graph) -> list[Graph]:
    """The pieces of the picture that nothing joins; each is arranged for itself, so that no line of one crosses another."""
    leader = {node.id: node.id for node in graph.nodes}

    def find(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    for edge in graph.edges:
        leader[find(edge.target)] = find(edge.source)
    nodes: dict[str, list[Node]] = {}
    edges: dict[str, list[Edge]] = {}
    for node in graph.nodes:
        nodes.setdefault(find(node.id), []).append(node)
    for edge in graph.edges:
        edges.setdefault(find(edge.source), []).append(edge)
    return [Graph(tuple(members), tuple(edges.get(head, ()))) for head, members in nodes.items()]


def _heights(part: Graph, column: Mapping[str, int], *, is_dense: bool) -> _Levels:
    """The heights of nodes and passing lines of one piece, column by column."""
    sketch = _sketch(part, column)
    lane = _DENSE_LANE if is_dense else LANE
    half = {id: _room(part.by_id.get(id), lane) for line in sketch.columns for id in line}
    sketch.columns = ordered(sketch.columns, sketch.left, sketch.right)
    y = stacked(sketch.columns, half) if is_dense else heights(sketch.columns, sketch.left, sketch.right, half)
    return [[(id, y[id], *half[id]) for id in line] for line in sketch.columns]


_Levels = list[list[tuple[str, float, float, float]]]
"""For each column from the first: id, height, room above and below."""


def _stacked(levels: _Levels, part: Graph, column: Mapping[str, int], skyline: list[float]) -> dict[str, float]:
    """Moves a piece up until it touches what is above it in any of its columns; raises the skyline (which grows downwards)."""
    used = [number for number, line in enumerate(levels) if line]
    span = range(used[0], used[-1] + 1)
    top = min(height - above for number in span for _, height, above, _ in levels[number])
    bottom = max(height + below for number in span for _, height, _, below in levels[number])
    offset = max(skyline[number] for number in span) - top
    for number in span:
        skyline[number] = bottom + offset
    return {id: height + offset for number in span for id, height, _, _ in levels[number] if id in part.by_id}


def _room(node: Node | None, lane: float = LANE) -> tuple[float, float]:
    """Room above and below the centre of a node, or of a line (None)."""
    if node is None:
        return lane, lane
    height = node.size[1]
    return height / 2 + GAP / 2, height / 2 + GAP / 2 + BELOW.get(node.kind, 0.0)


def _split(parts: list[Graph], column: Mapping[str, int], tallest: float) -> dict[str, int]:
    """Numbers the columns that are used, and cuts those of which one piece fills very much into several beside each other."""
    cuts: dict[int, int] = {}
    for part in parts:
        for number, nodes in _lines(part, column).items():
            cuts[number] = max(cuts.get(number, 1), min(_MOST_CUTS, int(_height(nodes) // tallest) + 1))
    first = dict(zip(sorted(cuts), accumulate((cuts[number] for number in sorted(cuts)), initial=0), strict=False))
    result: dict[str, int] = {}
    for part in parts:
        for number, nodes in _lines(part, column).items():
            result.update((node.id, first[number] + index % cuts[number]) for index, node in enumerate(nodes))
    return result


def _sketch(part: Graph, column: Mapping[str, int]) -> _Sketch:
    sketch = _Sketch([[] for _ in range(max(column[node.id] for node in part.nodes) + 1)])
    for node in part.nodes:
        sketch.columns[column[node.id]].append(node.id)
    for edge in part.edges:
        if edge.kind is not EdgeKind.REPLY and column[edge.source] != column[edge.target]:
            first, last = sorted((edge.source, edge.target), key=column.__getitem__)
            _lay(sketch, first, last, column)
    return sketch


def _lay(sketch: _Sketch, source: str, target: str, column: Mapping[str, int]) -> None:
    """Joins two nodes, with a stand-in in each column between them."""
    before = source
    for number in range(column[source] + 1, column[target]):
        lane = f"{source} {target} {number}"
        if lane not in sketch.left:
            sketch.columns[number].append(lane)
        sketch.join(before, lane)
        before = lane
    sketch.join(before, target)


def _gaps(graph: Graph, column: Mapping[str, int], layer: Mapping[str, int], shape: Shape) -> list[float]:
    """The room between columns: more where binding keys have to stand in it, less between those of one layer."""
    count = max(column.values(), default=0)
    layers = {number: layer[id] for id, number in column.items()}
    wide = _COLUMN_GAP if count <= _FEW else _NARROW_GAP
    gaps = [_DENSE_GAP if shape.is_dense and layers[at] == layers[at + 1] else wide for at in range(count)]
    for edge in graph.edges:
        index = column[edge.source]
        if index < len(gaps):
            wanted = max((len(label) * _PER_LETTER + 60 for label in edge.labels), default=0.0)
            gaps[index] = max(gaps[index], min(wanted, _WIDEST_GAP))
    return gaps


def _across(graph: Graph, column: Mapping[str, int], gaps: Sequence[float]) -> list[float]:
    """The x of each column."""
    width = [0.0] * (len(gaps) + 1)
    for node in graph.nodes:
        number = column[node.id]
        width[number] = max(width[number], node.size[0])
    x = [width[0] / 2]
    for (before, after), gap in zip(pairwise(width), gaps, strict=True):
        x.append(x[-1] + before / 2 + gap + after / 2)
    return x


def _joined(graph: Graph, fresh: Mapping[str, Point], kept: dict[str, Point]) -> dict[str, Point]:
    """The kept nodes where they are, the new ones at the free place nearest to where they belong."""
    result = dict(kept)
    for id in sorted(fresh.keys() - kept.keys(), key=lambda id: (fresh[id][0], fresh[id][1], id)):
        result[id] = _free(graph, graph.by_id[id], _wanted(id, fresh, kept), result)
    return {id: result[id] for id in fresh}


def _wanted(id: str, fresh: Mapping[str, Point], kept: Mapping[str, Point]) -> Point:
    """Its fresh position, moved as far as the kept ones of its column were (or else, as the nearest kept one was)."""
    x, y = fresh[id]
    beside = [other for other in kept if fresh[other][0] == x]
    if not beside:
        beside = [min(kept, key=lambda other: (abs(fresh[other][0] - x), abs(fresh[other][1] - y), other))]
    return (
        x + sum(kept[other][0] - fresh[other][0] for other in beside) / len(beside),
        y + sum(kept[other][1] - fresh[other][1] for other in beside) / len(beside),
    )


def _free(graph: Graph, node: Node, wanted: Point, placed: Mapping[str, Point]) -> Point:
    """The place nearest to the wanted one, straight above or below it, where the node overlaps nothing."""
    above, below = _room(node)
    blocked = []
    for id, (x, y) in placed.items():
        other = graph.by_id[id]
        if abs(x - wanted[0]) < (node.size[0] + other.size[0]) / 2 + GAP:
            over, under = _room(other)
            blocked.append((y - over - below, y + under + above))
    return wanted[0], nearest_outside(wanted[1], blocked)


def nearest_outside(value: float, blocked: Iterable[tuple[float, float]]) -> float:
    """The value nearest to this one that lies in none of the open intervals."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(blocked):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for start, end in merged:
        if start < value < end:
            return start if value - start <= end - value else end
    return value


def overlapping(graph: Graph, positions: Mapping[str, Point]) -> list[tuple[str, str]]:
    """Pairs of nodes that cover each other."""
    boxes = sorted((_box(graph.by_id[id], at), id) for id, at in positions.items())
    found = []
    for index, ((_, right, top, bottom), id) in enumerate(boxes):
        for (left, _, over, under), other in boxes[index + 1 :]:
            if left >= right:
                break
            if over < bottom and top < under:
                found.append((id, other))
    return found


def _box(node: Node, at: Point) -> tuple[float, float, float, float]:
    (x, y), (width, height) = at, node.size
    return x - width / 2, x + width / 2, y - height / 2, y + height / 2
