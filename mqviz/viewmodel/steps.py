"""From node to node with the arrow keys: along the lines, and up and down a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from mqviz.viewmodel.curves import Point
from mqviz.viewmodel.graph import Graph

Direction = Literal["left", "right", "up", "down"]

_BESIDE = 2.5
"""A node counts as above another where it is that much more above than beside."""


def first(positions: Mapping[str, Point]) -> str | None:
    """Where to begin: the uppermost of the leftmost."""
    return min(positions, key=lambda id: (round(positions[id][0]), positions[id][1]), default=None)


def step(graph: Graph, positions: Mapping[str, Point], here: str, direction: Direction) -> str | None:
    """The node that an arrow leads to; None where there is none."""
    if direction in ("up", "down"):
        return _nearest(positions, here, direction, positions)
    edges = [*graph.out_of.get(here, ()), *graph.into.get(here, ())]
    joined = {edge.target if edge.source == here else edge.source for edge in edges} - {here}
    return _nearest(positions, here, direction, joined) or _nearest(positions, here, direction, positions)


def _nearest(positions: Mapping[str, Point], here: str, direction: Direction, among: Iterable[str]) -> str | None:
    x, y = positions[here]
    sign = 1.0 if direction in ("right", "down") else -1.0
    found: list[tuple[float, str]] = []
    for id in among:
        across, down = positions[id][0] - x, positions[id][1] - y
        ahead, aside = (sign * across, abs(down)) if direction in ("left", "right") else (sign * down, abs(across))
        if ahead > 1.0:
            found.append((ahead + _BESIDE * aside, id))
    return min(found)[1] if found else None
