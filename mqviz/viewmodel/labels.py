"""Where the labels of edges stand: on their line, beside every card and beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from mqviz.viewmodel.curves import SAMPLES, Curve, Point
from mqviz.viewmodel.routes import Box, Key

_SHARES = (0.5, 0.56, 0.44, 0.62, 0.38, 0.68, 0.32, 0.75, 0.25, 0.82, 0.18)
_CLEAR = 3.0


MOST = 400
"""Of more labels than this, nobody reads any."""


def place(lines: Mapping[Key, Curve], sizes: Mapping[Key, tuple[float, float]], cards: Iterable[Box]) -> dict[Key, Point]:
    """The centre of each label of the given size; one that has no room anywhere on its line is left out."""
    taken: list[tuple[float, float, float, float]] = [(box.left, box.top, box.right, box.bottom) for box in cards]
    count = len(taken)
    blocked = np.zeros((count + len(sizes), 4))
    blocked[:count] = np.array(taken).reshape(-1, 4)
    result: dict[Key, Point] = {}
    for key, (width, height) in islice(sizes.items(), MOST):
        rects = _candidates(lines[key], width, height)
        free = np.flatnonzero(~_hit(rects, blocked[: count + len(result)]))
        if free.size:
            rect = rects[free[0]]
            blocked[count + len(result)] = rect
            result[key] = (float(rect[0] + rect[2]) / 2, float(rect[1] + rect[3]) / 2)
    return result


def _candidates(line: Curve, width: float, height: float) -> NDArray[np.float64]:
    """Left, top, right, bottom of the label at each of some shares of the line, the best first."""
    centres = line.samples[[round(share * (SAMPLES - 1)) for share in _SHARES]]
    half = np.array([width / 2, height / 2])
    return np.hstack((centres - half, centres + half))


def _hit(rects: NDArray[np.float64], blocked: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the rectangles cover any of the blocked ones."""
    left, top, right, bottom = (side[:, None] for side in rects.T)
    over = (left - _CLEAR < blocked[:, 2]) & (right + _CLEAR > blocked[:, 0])
    over &= (top - _CLEAR < blocked[:, 3]) & (bottom + _CLEAR > blocked[:, 1])
    hit: NDArray[np.bool_] = over.any(axis=1)
    return hit
