"""Positions for a topology: columns from left to right, stable when it changes a little.

A position is the centre of a node, in pixels at 100 %. What has a saved position stays there; what is new is put where a
fresh drawing would have it beside its column, at the nearest place that is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from mqviz.viewmodel.columns import columns
from mqviz.viewmodel.graph import BELOW, EdgeKind, Graph, Node
from mqviz.viewmodel.ordering import heights, ordered

Point = tuple[float, float]

GAP = 22.0
"""Free room between two cards of a column."""
LANE = 7.0
"""Half the room that a line passing through a column is given."""
_COLUMN_GAP = 96.0
_WIDEST_GAP = 200.0
_PER_LETTER = 6.6
_TALLEST = 1500.0


@dataclass
class _Sketch:
    """Columns of node ids and of stand-ins for lines that pass through a column, and who is joined to whom."""

    columns: list[list[str]]
    left: dict[str, list[str]] = field(default_factory=dict)
    right: dict[str, list[str]] = field(default_factory=dict)
    gaps: list[float] = field(default_factory=list)

    def join(self, source: str, target: str) -> None:
        self.right.setdefault(source, []).append(target)
        self.left.setdefault(target, []).append(source)


def arrange(graph: Graph, saved: Mapping[str, Point]) -> dict[str, Point]:
    """The centre of each node. Saved positions win; nothing else ever overlaps anything."""
    fresh = _fresh(graph)
    kept = {id: saved[id] for id in fresh if id in saved}
    if not kept:
        return fresh
    return _joined(graph, fresh, kept)


def _fresh(graph: Graph) -> dict[str, Point]:
    column = _split(graph, columns(graph))
    sketch = _sketch(graph, column)
    half = {id: _room(graph.by_id.get(id)) for line in sketch.columns for id in line}
    sketch.columns = ordered(sketch.columns, sketch.left, sketch.right)
    y = heights(sketch.columns, sketch.left, sketch.right, half)
    x = _across(graph, column, sketch.gaps)
    top = min((y[node.id] - node.size[1] / 2 for node in graph.nodes), default=0.0)
    return {node.id: (x[column[node.id]], y[node.id] - top) for node in graph.nodes}


def _room(node: Node | None) -> tuple[float, float]:
    """Room above and below the centre of a node, or of a line (None)."""
    if node is None:
        return LANE, LANE
    height = node.size[1]
    return height / 2 + GAP / 2, height / 2 + GAP / 2 + BELOW.get(node.kind, 0.0)


def _split(graph: Graph, column: dict[str, int]) -> dict[str, int]:
    """Cuts columns that would be very tall into several beside each other."""
    members: dict[int, list[str]] = {}
    for id, number in column.items():
        members.setdefault(number, []).append(id)
    result: dict[str, int] = {}
    first = 0
    for number in sorted(members):
        tall = sum(sum(_room(graph.by_id[id])) for id in members[number])
        parts = min(4, int(tall // _TALLEST) + 1)
        result.update((id, first + index % parts) for index, id in enumerate(members[number]))
        first += parts
    return result


def _sketch(graph: Graph, column: Mapping[str, int]) -> _Sketch:
    count = max(column.values(), default=-1) + 1
    sketch = _Sketch([[] for _ in range(count)], gaps=[_COLUMN_GAP] * max(0, count - 1))
    for node in graph.nodes:
        sketch.columns[column[node.id]].append(node.id)
    for edge in graph.edges:
        if edge.kind is not EdgeKind.REPLY and column[edge.source] != column[edge.target]:
            first, last = sorted((edge.source, edge.target), key=column.__getitem__)
            _lay(sketch, first, last, column)
        _widen(sketch.gaps, column[edge.source], edge.labels)
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


def _widen(gaps: list[float], index: int, labels: Iterable[str]) -> None:
    """Room for binding keys, which stand in the gap behind their exchange."""
    if index < len(gaps):
        wanted = max((len(label) * _PER_LETTER + 60 for label in labels), default=0.0)
        gaps[index] = max(gaps[index], min(wanted, _WIDEST_GAP))


def _across(graph: Graph, column: Mapping[str, int], gaps: list[float]) -> list[float]:
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
