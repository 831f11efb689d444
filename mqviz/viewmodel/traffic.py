"""The traffic on a picture: its lines as paths for dots, and dots of what happened, in the time of the animation."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from mqviz.model.snapshot import Event
from mqviz.viewmodel.curves import SAMPLES, Curve
from mqviz.viewmodel.graph import BELOW, NodeKind
from mqviz.viewmodel.journeys import Journeys, Weight, fall_of
from mqviz.viewmodel.particles import Particles, Path, Sight
from mqviz.viewmodel.picture import Picture
from mqviz.viewmodel.routes import Box

_FALL = 26.0
_SHORT_FALL = 18.0
_INSIDE = 5.0


class Traffic:
    """Dots and their clock. While the session is paused dots stand; those of a single step run to their ends."""

    def __init__(self) -> None:
        self._journeys = Journeys()
        self._dots = Particles()
        self._now = 0.0
        self._paused = False
        self._stepping = False

    def __len__(self) -> int:
        return len(self._dots)

    @property
    def stands_for(self) -> Weight:
        """How many messages a dot on the screen is."""
        return self._journeys.stands_for

    @property
    def replies(self) -> frozenset[tuple[str, str]]:
        """Pairs (consumer, producer) between which replies were seen."""
        return frozenset(self._journeys.replies)

    @property
    def is_moving(self) -> bool:
        """Whether the next `advance` will move anything."""
        return bool(len(self._dots)) and (not self._paused or self._stepping)

    def follow(self, picture: Picture) -> None:
        """Nodes or lines are others now."""
        self._journeys.set_graph(picture.graph, picture.lines)
        self._dots.set_paths(dict(_paths(picture)))

    def take(self, events: Sequence[Event], speed: float, paused: bool) -> None:
        """What has happened since the last call."""
        self._paused = paused
        self._stepping = paused and (bool(events) or self._stepping)
        self._dots.add(self._journeys.dots(events, self._now, speed or inf))

    def advance(self, seconds: float) -> None:
        """Moves the dots on by so many seconds of wall time."""
        if self._paused and not self._stepping:
            return
        self._now += seconds
        self._dots.advance(self._now)
        self._stepping = self._stepping and bool(len(self._dots))

    def clear(self) -> None:
        """Another run begins."""
        self._dots.clear()
        self._journeys.forget()

    def sight(self, standing: bool = False) -> Sight:
        """The dots as they are now; `standing`: for whom motion is too much."""
        return self._dots.sight(self._now, standing)

    def busy(self) -> list[Hashable]:
        """The lines (and falls) that a dot is on."""
        return self._dots.busy_paths(self._now)


def _paths(picture: Picture) -> Iterator[tuple[Hashable, Path]]:
    cards = np.array([(box.left, box.top, box.right, box.bottom) for box in picture.boxes.values()]).reshape(-1, 4)
    for key, line in picture.lines.items():
        yield key, Path(line.samples, hidden=_hidden(line, cards))
    for node in picture.graph.nodes:
        yield fall_of(node.id), Path(_drop(picture.boxes[node.id], node.kind), fades=True)


def _drop(box: Box, kind: NodeKind) -> NDArray[np.float64]:
    """Straight down from under a card."""
    length = _FALL if BELOW.get(kind, 0.0) > _FALL else _SHORT_FALL
    x = (box.left + box.right) / 2
    return np.column_stack((np.full(SAMPLES, x), np.linspace(box.bottom + 4.0, box.bottom + length, SAMPLES)))


def _hidden(line: Curve, cards: NDArray[np.float64]) -> NDArray[np.bool_] | None:
    """Where a line runs behind a card."""
    left, top, right, bottom = cards.T
    low, high = line.samples.min(axis=0), line.samples.max(axis=0)
    near = (right > low[0]) & (left < high[0]) & (bottom > low[1]) & (top < high[1])
    if not near.any():
        return None
    x, y = line.samples[:, 0, None], line.samples[:, 1, None]
    inside = (x > left[near] + _INSIDE) & (x < right[near] - _INSIDE) & (y > top[near] + _INSIDE) & (y < bottom[near] - _INSIDE)
    hidden: NDArray[np.bool_] = inside.any(axis=1)
    return hidden if hidden.any() else None
