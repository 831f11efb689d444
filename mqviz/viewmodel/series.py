"""A curve as two arrays, and how it is thinned without losing its peaks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Series:
    """Values over virtual seconds, both of one length; NaN is a gap."""

    times: Floats
    values: Floats

    @property
    def last(self) -> float | None:
        """The newest value, None where there is none or it cannot be told."""
        if not self.values.size or np.isnan(self.values[-1]):
            return None
        return float(self.values[-1])


_ROUNDING = 1e-6
_FIRST = np.zeros(1, dtype=np.intp)

EMPTY = Series(np.empty(0), np.empty(0))


class Buckets:
    """Stretches of `width` seconds on multiples of it, so that a curve that moves along does not tremble when it is thinned."""

    def __init__(self, times: Floats, width: float) -> None:
        self._times = times
        bucket = (times * (1.0 / width)).astype(np.int64)
        self._starts = np.concatenate((_FIRST, np.flatnonzero(bucket[1:] != bucket[:-1]) + 1))
        self._lengths = np.empty_like(self._starts)
        self._lengths[:-1] = self._starts[1:] - self._starts[:-1]
        self._lengths[-1] = times.size - self._starts[-1]
        self._order = np.arange(times.size)

    def keep_peaks(self, values: Floats) -> Series:
        """The least and the greatest value of every stretch, in their places."""
        chosen = np.zeros(values.size, dtype=np.bool_)
        for extreme in (np.fmin, np.fmax):
            chosen[self._places(values, extreme)] = True
        return Series(self._times[chosen], values[chosen])

    def _places(self, values: Floats, extreme: np.ufunc) -> Indices:
        """For each stretch the first index of its extreme value; its first index where all are NaN."""
        hit = values == np.repeat(extreme.reduceat(values, self._starts), self._lengths)
        places: Indices = np.minimum.reduceat(np.where(hit, self._order, values.size), self._starts)
        return np.where(places == values.size, self._starts, places)


def rates(times: Floats, totals: Floats, over: float = 0.0) -> Floats:
    """Change of a total a second, at each time over the `over` seconds before it, at least since the time before.

    Exact where `times` has the edges, else interpolated. A total that falls has begun anew: NaN.
    """
    result = np.full(times.size, np.nan)
    if times.size < 2:
        return result
    since = np.maximum(np.minimum(times[1:] - over, times[:-1]), times[0])
    with np.errstate(invalid="ignore"):
        result[1:] = (totals[1:] - np.interp(since, times, totals)) / (times[1:] - since)
        result[result < 0.0] = np.nan
    return result


def change_between(times: Floats, totals: Floats, edges: Floats) -> Floats:
    """Change of a total between neighbours of `edges`; before the first and after the last known time it stands still.

    What was counted belongs to the time at which it was seen; where times are farther apart than edges it is spread evenly.
    """
    known = ~np.isnan(totals)
    if not known.any() or edges.size < 2:
        return np.full(max(edges.size - 1, 0), np.nan)
    times, totals = times[known], totals[known]
    if _farthest(times, edges) > float(np.diff(edges).min()) + _ROUNDING:
        return np.maximum(np.diff(np.interp(edges, times, totals)), 0.0)
    places = np.searchsorted(times, edges + _ROUNDING, side="right") - 1
    return np.maximum(np.diff(totals[np.maximum(places, 0)]), 0.0)


def _farthest(times: Floats, edges: Floats) -> float:
    """The greatest distance of times among the edges."""
    first, last = np.searchsorted(times, (edges[0], edges[-1]))
    return float(np.diff(times[max(first - 1, 0) : last + 1]).max(initial=0.0))
