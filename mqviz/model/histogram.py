"""A logarithmic histogram of durations, mergeable and subtractable: 64 buckets an octave, error up to 0.6 %.

The one place of `model` that uses numpy: values are appended to a list, gathered in an array and folded into the buckets in blocks,
which costs a tenth of what a bucket search for each value does. (An append to a list is the cheapest call there is; but a long
list keeps thousands of float objects alive, which push the rest of the program out of the processor's cache.)
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from math import isnan

import numpy as np
from numpy.typing import NDArray

PER_OCTAVE = 64
_LOWEST = -30
_LEAST = 2.0 ** (_LOWEST - 1)
_OCTAVES = 60
SIZE = PER_OCTAVE * _OCTAVES + 1
_BLOCK = 8192


class Counts:
    """A frozen picture of a histogram: counts for each bucket, with sum and greatest value. Seconds."""

    __slots__ = ("buckets", "count", "greatest", "total")

    def __init__(self, buckets: NDArray[np.int64], total: float, greatest: float) -> None:
        self.buckets = buckets
        self.count = int(buckets.sum())
        self.total = total
        self.greatest = greatest

    @property
    def mean(self) -> float | None:
        """The exact mean, None where nothing was counted."""
        return self.total / self.count if self.count else None

    def quantile(self, share: float) -> float | None:
        """The value that `share` (0 to 1) of all do not exceed; None where nothing was counted."""
        if not self.count:
            return None
        rank = max(1, int(np.ceil(share * self.count)))
        index = int(np.searchsorted(np.cumsum(self.buckets), rank))
        return min(_middle(index), self.greatest)

    def since(self, earlier: Counts) -> Counts:
        """What was counted after `earlier`. (The greatest value is that of the highest bucket in use.)"""
        buckets = self.buckets - earlier.buckets
        used = np.flatnonzero(buckets)
        greatest = min(_upper(int(used[-1])), self.greatest) if used.size else 0.0
        return Counts(buckets, self.total - earlier.total, greatest)


def _middle(index: int) -> float:
    return 0.0 if index == 0 else float(2.0 ** ((index - 0.5) / PER_OCTAVE + _LOWEST))


def _upper(index: int) -> float:
    return 0.0 if index == 0 else float(2.0 ** (index / PER_OCTAVE + _LOWEST))


class Histogram:
    """Durations in seconds, from a nanosecond to thirty years; `add` is the append of a list."""

    __slots__ = ("_buckets", "_greatest", "_pending", "_recent", "_total", "add")

    def __init__(self) -> None:
        self._recent: list[float] = []
        self._pending = array("d")
        self._buckets = np.zeros(SIZE, dtype=np.int64)
        self._total = 0.0
        self._greatest = 0.0
        self.add: Callable[[float], None] = self._recent.append

    def gather(self) -> None:
        """Move what was added into little room. Where that is done makes no difference to anybody."""
        recent = self._recent
        if recent:
            self._pending.frombytes(np.fromiter(recent, np.float64, len(recent)).tobytes())
            recent.clear()

    def fold(self) -> None:
        """Count what was added since the last fold, if it is enough to be worth it."""
        self.gather()
        if len(self._pending) >= _BLOCK:
            self._buckets, self._total, self._greatest = self._with_pending()
            del self._pending[:]

    def _with_pending(self) -> tuple[NDArray[np.int64], float, float]:
        values = np.frombuffer(self._pending, dtype=np.float64)
        raw = np.ceil((np.log2(np.maximum(values, _LEAST)) - _LOWEST) * PER_OCTAVE)
        index = np.clip(raw, 0, SIZE - 1).astype(np.int64)
        buckets = self._buckets + np.bincount(index, minlength=SIZE)
        return buckets, self._total + float(values.sum()), max(self._greatest, float(values.max()))

    def counts(self) -> Counts:
        """A frozen picture of all that was added.

        It folds nothing: a sum of floats depends on where it is cut into blocks, and looking must not change a result.
        """
        self.gather()
        if not self._pending:
            return Counts(self._buckets.copy(), self._total, self._greatest)
        return Counts(*self._with_pending())

    def clear(self) -> None:
        """Forget everything; `add` stays valid."""
        self._recent.clear()
        del self._pending[:]
        self._buckets = np.zeros(SIZE, dtype=np.int64)
        self._total = self._greatest = 0.0

    def extend(self, values: Sequence[float]) -> None:
        """Add many; values that are not a number are a caller's mistake."""
        if any(isnan(value) for value in values):
            raise ValueError("a duration is not a number")
        self._recent.extend(values)
