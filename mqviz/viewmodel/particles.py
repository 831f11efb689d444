"""The moving dots as arrays: thousands of them advance in a few numpy calls.

A dot runs along one path of the table, from its start to its end in its own time. Dots know nothing of messages; `journeys` does.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mqviz.viewmodel.curves import SAMPLES

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

MOST = 6000
"""More dots than this at once are not taken in: they would be a solid line."""


class Dot(NamedTuple):
    """One dot to come. `begins` and `lasts` in seconds of the animation; `aside`: pixels left of its line; `look` is the painter's."""

    path: Hashable
    begins: float
    lasts: float
    aside: float
    look: int
    is_back: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """Where dots are now: n x 2 positions, how opaque, and their looks."""

    points: Floats
    opacity: Floats
    looks: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """SAMPLES x 2 points. `fades`: a dot disappears on the way. `hidden`: samples that lie behind a card."""

    points: Floats
    fades: bool = False
    hidden: NDArray[np.bool_] | None = None


_NOTHING = np.zeros((1, SAMPLES, 2))


class Particles:
    """All dots that are on their way or still to begin."""

    def __init__(self) -> None:
        self._slots: dict[Hashable, int] = {}
        self._points: Floats = _NOTHING[0]
        self._normals: Floats = _NOTHING[0]
        self._shown: Floats = np.ones(SAMPLES)
        self._fades: NDArray[np.bool_] = np.zeros(1, dtype=bool)
        self._rows: Floats = np.zeros((0, 6))
        self._new: list[tuple[float, float, float, float, float, float]] = []

    def __len__(self) -> int:
        return len(self._rows) + len(self._new)

    def set_paths(self, paths: Mapping[Hashable, Path]) -> None:
        """The paths there are now; dots on a path that is gone are gone, those on one that was moved go on along it."""
        self._gather()
        keys = list(paths)
        renamed = np.full(len(self._slots) + 1, -1.0)
        for slot, key in enumerate(keys):
            if key in self._slots:
                renamed[self._slots[key]] = slot
        self._slots = {key: slot for slot, key in enumerate(keys)}
        self._rows[:, 0] = renamed[self._rows[:, 0].astype(np.intp)]
        self._rows = self._rows[self._rows[:, 0] >= 0]
        points = np.stack([path.points for path in paths.values()]) if keys else _NOTHING
        self._points, self._normals = points.reshape(-1, 2), _normals(points).reshape(-1, 2)
        self._fades = np.array([path.fades for path in paths.values()] or [False])
        self._shown = np.concatenate([_shown(path) for path in paths.values()] or [np.ones(SAMPLES)])

    def add(self, dots: Iterable[Dot]) -> None:
        """Sends dots on their way; those whose path there is not, or that are too many, are left out."""
        for dot in dots:
            slot = self._slots.get(dot.path)
            if slot is not None and len(self) < MOST:
                self._new.append((slot, dot.begins, 1.0 / dot.lasts, dot.aside, dot.look, -1.0 if dot.is_back else 1.0))

    def clear(self) -> None:
        """Takes all dots away."""
        self._new.clear()
        self._rows = self._rows[:0]

    def advance(self, now: float) -> None:
        """Forgets the dots that have arrived."""
        self._gather()
        if len(self._rows):
            self._rows = self._rows[(now - self._rows[:, 1]) * self._rows[:, 2] < 1.0]

    def sight(self, now: float, standing: bool = False) -> Sight:
        """Where the dots are that have begun; `standing`: each stays at one place of its line and fades away."""
        self._gather()
        share = (now - self._rows[:, 1]) * self._rows[:, 2]
        begun = (share >= 0.0) & (share < 1.0)
        rows, share = self._rows[begun], share[begun]
        slots = rows[:, 0].astype(np.intp)
        fades = self._fades[slots]
        where = _resting(rows) if standing else np.where(rows[:, 5] > 0, share, 1.0 - share)
        if fades.any():
            where = np.where(fades, where**1.6, where)
        where = where * (SAMPLES - 1)
        at = np.minimum(where.astype(np.intp), SAMPLES - 2)
        rest = (where - at)[:, None]
        at += slots * SAMPLES
        before = self._points.take(at, axis=0)
        points = before + (self._points.take(at + 1, axis=0) - before) * rest
        points += self._normals.take(at, axis=0) * rows[:, 3, None]
        opacity = self._shown.take(at)
        if standing:
            opacity *= 1.0 - share**2
        elif fades.any():
            opacity *= np.where(fades, 1.0 - share**2, 1.0)
        return Sight(points, opacity, rows[:, 4].astype(np.intp))

    def busy_paths(self, now: float) -> list[Hashable]:
        """Paths that a dot is on."""
        self._gather()
        begun = self._rows[:, 1] <= now
        used = set(self._rows[begun, 0].astype(np.intp).tolist())
        return [key for key, slot in self._slots.items() if slot in used]

    def _gather(self) -> None:
        if self._new:
            self._rows = np.concatenate((self._rows, np.array(self._new)))
            self._new = []


def _resting(rows: Floats) -> Floats:
    """A place between 0.2 and 0.8 for each dot, from its distance to the line, which is as good as drawn by lot."""
    return 0.2 + 0.6 * np.mod(np.abs(rows[:, 3]) * 7.31 + rows[:, 1] * 3.17, 1.0)


def _normals(points: Floats) -> Floats:
    """Unit vectors to the left of the way at each sample."""
    along = np.gradient(points, axis=1)
    length = np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-9)[..., None]
    normals: Floats = np.stack((along[..., 1], -along[..., 0]), axis=-1) / length
    return normals


def _shown(path: Path) -> Floats:
    return np.ones(SAMPLES) if path.hidden is None else 1.0 - path.hidden.astype(np.float64)
