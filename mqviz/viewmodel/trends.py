"""What changes how fast right now: rates of all nodes at once, and where a backlog is going.

The canvas asks for hundreds of rates a frame, so each table is computed as one block when the first of its nodes is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mqviz.viewmodel.extraction import SUMS
from mqviz.viewmodel.history import History, Table

_RATE_OVER = 1.0
_SLOPE_OVER = 5.0
_FAR = 3600.0


@dataclass(frozen=True, slots=True)
class Trend:
    """Of a queue: ready messages more per second, and in how many seconds it is full or empty if that goes on.

    None: cannot be told, or not within an hour.
    """

    slope: float | None = None
    full_in: float | None = None
    empty_in: float | None = None


_NONE = Trend()
_LEAST_ROWS = 2
"""With fewer there is no slope; a broker of thousands of queues asks for each."""


class Trends:
    """Present rates and slopes over a history; `forget` them when it has grown."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._rates: dict[str, list[list[float]]] = {}
        self._slopes: list[float] | None = None

    def forget(self) -> None:
        """There is a new row."""
        self._rates.clear()
        self._slopes = None

    def rate(self, node: str, what: str) -> float | None:
        """Change per second over the last second; `KeyError` where there is no such field."""
        kind = node.partition(":")[0]
        table = self._history.tables[kind]
        fields = [table.fields[field] for field in SUMS.get(kind, {}).get(what, (what,))]
        changes = self._rates.get(kind)
        if changes is None:
            changes = self._rates[kind] = self._changes(table)
        known = [value for slot in table.slots_of(node) for field in fields if (value := changes[slot][field]) == value]
        return sum(known) if known else None

    def _changes(self, table: Table) -> list[list[float]]:
        start, last = self._rows_over(_RATE_OVER)
        if start == last:
            return [[np.nan] * len(table.fields)] * len(table.slots)
        times = self._history.times
        change = (table.used[:, :, last] - table.used[:, :, start]) / (times[last] - times[start])
        changes: list[list[float]] = change.tolist()
        return changes

    def _rows_over(self, seconds: float) -> tuple[int, int]:
        """First and last row of the newest stretch of so many seconds, of two rows at least where there are two."""
        times = self._history.times
        last = times.size - 1
        start = int(np.searchsorted(times, times[-1] - seconds, side="right")) - 1 if times.size else 0
        return max(min(start, last - 1), 0), max(last, 0)

    def of_queue(self, name: str) -> Trend:
        """The slope of a queue's ready messages by least squares over five seconds, and what follows from it."""
        if self._history.count < _LEAST_ROWS:
            return _NONE
        table = self._history.tables["queue"]
        slots = table.slots_of(f"queue:{name}")
        if not slots:
            return _NONE
        if self._slopes is None:
            self._slopes = self._all_slopes(table)
        slope, last = self._slopes[slots[0]], self._history.count - 1
        ready, limit = (float(table.data[slots[0], table.fields[field], last]) for field in ("ready", "max_length"))
        return _trend(slope, ready, limit)

    def _all_slopes(self, table: Table) -> list[float]:
        start, last = self._rows_over(_SLOPE_OVER)
        offsets = self._history.times[start : last + 1] - self._history.times[start : last + 1].mean()
        spread = float(offsets @ offsets)
        if spread == 0.0:
            return [np.nan] * len(table.slots)
        ready = table.used[:, table.fields["ready"], start : last + 1]
        slopes: list[float] = (ready @ offsets / spread).tolist()
        return slopes


def _trend(slope: float, ready: float, limit: float) -> Trend:
    if slope != slope:
        return _NONE
    is_moving = abs(slope) * _SLOPE_OVER >= 1.0
    full = max(limit - ready, 0.0) / slope if is_moving and slope > 0.0 and limit == limit else None
    empty = ready / -slope if is_moving and slope < 0.0 else None
    return Trend(slope, *(when if when is not None and when <= _FAR else None for when in (full, empty)))
