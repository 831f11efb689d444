"""Where the edges run: from port to port, side by side, around the nodes between.

Reading direction is from a right side to a left side. What goes back leaves at the left and arrives at the right; replies go
back below what is between. A line that would run behind a card takes the nearest free lane of that column instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from mqviz.viewmodel.curves import Curve, Point, curve, flowing, rounded
from mqviz.viewmodel.graph import BELOW, Edge, EdgeKind, Graph, NodeKind
from mqviz.viewmodel.layout import nearest_outside

Key = tuple[str, str, EdgeKind]

_PORT = 13.0
_PORTS_SHARE = {NodeKind.EXCHANGE: 0.5}
_CLEAR = 9.0
_LANE = 6.0
_CORNER = 14.0
_AROUND = 24.0
CROWD = 700
"""Among more cards than this, lines do not look for lanes: it would take seconds, and nobody could follow them."""
HEXAGON_TIP = 17.0
"""How far an exchange's tip stands out."""


class Side(Enum):
    """Where an edge meets a card."""

    LEFT = -1
    RIGHT = 1


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node is."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def boxes(graph: Graph, positions: Mapping[str, Point]) -> dict[str, Box]:
    """Where each node is, by its id."""
    result = {}
    for node in graph.nodes:
        (x, y), (width, height) = positions[node.id], node.size
        result[node.id] = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return result


def routes(graph: Graph, positions: Mapping[str, Point], only: Iterable[Edge] | None = None) -> dict[Key, Curve]:
    """The curve of each edge, or of `only` those."""
    router = _Router(graph, boxes(graph, positions))
    return {edge.key: router.route(edge) for edge in (graph.edges if only is None else only)}


def sides(edge: Edge, source: Box, target: Box) -> tuple[Side, Side]:
    """At which side of its source an edge leaves, and at which of its target it arrives."""
    if edge.kind is EdgeKind.REPLY or target.left >= source.right:
        return Side.RIGHT, Side.LEFT
    if target.right <= source.left:
        return Side.LEFT, Side.RIGHT
    back = edge.kind in (EdgeKind.DEAD_LETTER, EdgeKind.INVALID)
    return (Side.LEFT, Side.LEFT) if back else (Side.RIGHT, Side.RIGHT)


class _Router:
    """What all edges of one picture share: ports, and the lanes that are taken."""

    def __init__(self, graph: Graph, places: dict[str, Box]) -> None:
        self._graph = graph
        self._boxes = places
        self._index = {id: index for index, id in enumerate(places)}
        self._array: NDArray[np.float64] = np.array(
            [(box.left, box.top, box.right, box.bottom) for box in places.values()], dtype=np.float64
        ).reshape(-1, 4)
        self._ports = self._all_ports()
        self._taken: dict[int, list[tuple[float, float]]] = {}
        self._loops = {Side.LEFT: 0, Side.RIGHT: 0}
        self._rounds = 0

    def route(self, edge: Edge) -> Curve:
        """The line of one edge."""
        start, end = self._ports[edge.key]
        leaves, arrives = sides(edge, self._boxes[edge.source], self._boxes[edge.target])
        if edge.kind is EdgeKind.REPLY:
            return curve(self._around(start, end))
        if leaves is arrives:
            return curve(self._beside(start, end, leaves))
        if leaves is Side.LEFT:
            return curve(self._back(edge, start, end))
        return curve(flowing(self._through(edge, start, end)))

    def _all_ports(self) -> dict[Key, tuple[Point, Point]]:
        """Start and end of each edge; the ports of a side are ordered as the other ends are, so that lines do not cross there."""
        ends: dict[tuple[str, Side], list[tuple[float, bool, Edge]]] = {}
        for edge in self._graph.edges:
            source, target = self._boxes[edge.source], self._boxes[edge.target]
            leaves, arrives = sides(edge, source, target)
            ends.setdefault((edge.source, leaves), []).append((target.middle[1], False, edge))
            ends.setdefault((edge.target, arrives), []).append((source.middle[1], True, edge))
        found: dict[tuple[Key, bool], Point] = {}
        for (id, side), group in ends.items():
            group.sort(key=lambda end: (end[0], end[2].source, end[2].target))
            ports = self._side(id, side, len(group))
            found.update(((edge.key, is_end), port) for (_, is_end, edge), port in zip(group, ports, strict=True))
        return {edge.key: (found[edge.key, False], found[edge.key, True]) for edge in self._graph.edges}

    def _side(self, id: str, side: Side, count: int) -> Iterator[Point]:
        """So many ports at one side of a node, from the top."""
        box, kind = self._boxes[id], self._graph.by_id[id].kind
        height = box.bottom - box.top
        step = min(_PORT, height * _PORTS_SHARE.get(kind, 0.6) / max(1, count - 1))
        for index in range(count):
            off = (index - (count - 1) / 2) * step
            inset = HEXAGON_TIP * abs(off) / (height / 2) if kind is NodeKind.EXCHANGE else 0.0
            x = box.right - inset if side is Side.RIGHT else box.left + inset
            yield x, box.middle[1] + off

    def _through(self, edge: Edge, start: Point, end: Point) -> list[Point]:
        """Start, a lane in every column that is in the way, end; from left to right."""
        points = [start]
        for left, right, cards in self._in_the_way(edge, start, end):
            x, y = points[-1]
            share = ((left + right) / 2 - x) / max(1.0, end[0] - x)
            lane = self._lane(round(left + right), y + (end[1] - y) * min(1.0, share), cards)
            points += [(left - _CLEAR, lane), (right + _CLEAR, lane)]
        return [*points, end]

    def _in_the_way(self, edge: Edge, start: Point, end: Point) -> list[tuple[float, float, list[tuple[float, float]]]]:
        """The columns of cards between the ends: left, right, and the heights that are taken. Empty where a plain line is free."""
        if len(self._array) > CROWD:
            return []
        left, _, right, _ = self._array.T
        between = (right > start[0] + _CLEAR) & (left < end[0] - _CLEAR)
        between[[self._index[edge.source], self._index[edge.target]]] = False
        cards = self._array[between]
        if not len(cards) or _is_free(curve(flowing([start, end])), cards):
            return []
        merged: list[tuple[float, float, list[tuple[float, float]]]] = []
        for one in cards[np.argsort(cards[:, 0], kind="stable")].tolist():
            span = (one[1] - _CLEAR, one[3] + _CLEAR)
            if merged and one[0] < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], one[2]), [*merged[-1][2], span])
            else:
                merged.append((one[0], one[2], [span]))
        inside = (start[0] + 3 * _CLEAR, end[0] - 3 * _CLEAR)
        return [column for column in merged if column[0] > inside[0] and column[1] < inside[1]]

    def _lane(self, column: int, wanted: float, cards: list[tuple[float, float]]) -> float:
        """The free height nearest to the wanted one, beside other lines where there are any."""
        taken = self._taken.setdefault(column, [])
        lane = nearest_outside(wanted, [*cards, *taken])
        taken.append((lane - _LANE, lane + _LANE))
        return lane

    def _back(self, edge: Edge, start: Point, end: Point) -> list[Point]:
        """From a left side to a right side: an elbow close to its source; the way forth in reverse where cards are in the way."""
        forth = self._through(edge, end, start)
        reach = start[0] - end[0]
        if len(forth) > 2 or reach < 3 * _CORNER or abs(start[1] - end[1]) < 2 * _CORNER:
            return flowing(forth)[::-1]
        lane = start[0] - min(26.0, reach / 3)
        return rounded([start, (lane, start[1]), (lane, end[1]), end], _CORNER)

    def _beside(self, start: Point, end: Point, side: Side) -> list[Point]:
        """From one side to the same side of a node above or below."""
        far = max if side is Side.RIGHT else min
        lane = far(start[0], end[0]) + side.value * (22.0 + _LANE * (self._loops[side] % 4))
        self._loops[side] += 1
        return rounded([start, (lane, start[1]), (lane, end[1]), end], _CORNER)

    def _around(self, start: Point, end: Point) -> list[Point]:
        """Down beside its column, below all that is between, up again; each reply edge outside of the one before."""
        out = _AROUND + self._rounds * _LANE
        self._rounds += 1
        right, left = start[0] + out, end[0] - out
        between = self._array[(self._array[:, 2] > left) & (self._array[:, 0] < right)]
        low = float(between[:, 3].max()) + out + max(BELOW.values())
        return rounded([start, (right, start[1]), (right, low), (left, low), (left, end[1]), end], _CORNER)


def _is_free(line: Curve, cards: NDArray[np.float64]) -> bool:
    """Whether a line keeps clear of all cards."""
    x, y = line.samples[:, 0, None], line.samples[:, 1, None]
    left, top, right, bottom = cards.T
    hit = (x > left - _CLEAR) & (x < right + _CLEAR) & (y > top - _CLEAR) & (y < bottom + _CLEAR)
    return not hit.any()
