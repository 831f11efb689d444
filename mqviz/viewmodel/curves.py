"""Smooth lines as chains of cubic Bezier pieces, and the same as equally spaced points for what moves along them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Points = NDArray[np.float64]

SAMPLES = 49
"""Points along each curve, at equal distances, ends included."""
_PER_PIECE = 24
_STRAIGHTEST = 26.0


@dataclass(frozen=True, eq=False, slots=True)
class Curve:
    """`controls`: start, then two control points and an end for each piece. `samples`: SAMPLES x 2 points at equal distances."""

    controls: tuple[Point, ...]
    samples: Points
    length: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of all control points, hence of the whole line."""
        xs, ys = zip(*self.controls, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def curve(controls: Sequence[Point]) -> Curve:
    """The curve of a chain of cubic pieces."""
    dense = _dense(np.array(controls, dtype=np.float64))
    steps = np.hypot(*np.diff(dense, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    wanted = np.linspace(0.0, along[-1], SAMPLES)
    samples = np.column_stack((np.interp(wanted, along, dense[:, 0]), np.interp(wanted, along, dense[:, 1])))
    return Curve(tuple(controls), samples, float(along[-1]))


def _dense(controls: Points) -> Points:
    basis = _basis()
    pieces = [basis @ controls[start : start + 4] for start in range(0, len(controls) - 1, 3)]
    return np.concatenate([piece if index == 0 else piece[1:] for index, piece in enumerate(pieces)])


@cache
def _basis() -> Points:
    """Bernstein polynomials at equal parameters."""
    t = np.linspace(0.0, 1.0, _PER_PIECE + 1)
    return np.column_stack(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3))


def flowing(points: Sequence[Point]) -> list[Point]:
    """Through points from left to right, level at each of them, like a river with as many bends."""
    controls = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        reach = (x1 - x0) / 2 if y0 == y1 else max(_STRAIGHTEST, (x1 - x0) * 0.5)
        controls += [(x0 + reach, y0), (x1 - reach, y1), (x1, y1)]
    return controls


def rounded(points: Sequence[Point], radius: float) -> list[Point]:
    """Straight between points, with round corners."""
    controls = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _distance(before, corner) / 2, _distance(corner, after) / 2)
        entry, leaving = _towards(corner, before, reach), _towards(corner, after, reach)
        controls += _straight(controls[-1], entry)
        controls += [_between(entry, corner, 0.55), _between(leaving, corner, 0.55), leaving]
    return controls + _straight(controls[-1], points[-1])


def _straight(start: Point, end: Point) -> list[Point]:
    return [_between(start, end, 1 / 3), _between(start, end, 2 / 3), end]


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _towards(start: Point, end: Point, reach: float) -> Point:
    distance = _distance(start, end)
    return _between(start, end, reach / distance) if distance else start


def _distance(one: Point, other: Point) -> float:
    return float(np.hypot(other[0] - one[0], other[1] - one[1]))
