"""Rows of numbers over time in bounded memory: the recent ones as they came, older ones ever coarser.

All tables share one time axis. When the rows are used up, the older half is thinned to half as many, evenly over its time: of
totals the last value of each stretch stays (so that a rate over a longer interval stays exact), of gauges the greatest (so that
no peak is lost). Nothing is ever dropped. With the limits below a small topology has its latest 10 minutes at 0.1 s and the rest
of an hour at 1 s, that of ten hours at 12 s; one of 50 queues and 200 clients has its latest 4 minutes at 0.1 s.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mqviz.viewmodel.series import Floats, Indices

MOST_ROWS = 12_000
MOST_CELLS = 8_000_000
_FEWEST_ROWS = 128
_FIRST_ROWS = 8
_REMEMBERED = 200


class Kind(Enum):
    """How a column is thinned and read: a total gives rates, a gauge is what it is, a setting holds until it is changed."""

    TOTAL = auto()
    GAUGE = auto()
    SETTING = auto()


class Table:
    """The columns of all nodes of one kind: `data[slot, field, row]`."""

    def __init__(self, fields: dict[str, Kind], rows: int) -> None:
        self.fields = {name: place for place, name in enumerate(fields)}
        self.kinds = tuple(fields.values())
        self.slots: dict[str, int] = {}
        self.groups: dict[str, list[int]] = {}
        self.data = np.full((0, len(fields), rows), np.nan)
        self._names: Sequence[str] = ()
        self._index: Indices | slice = slice(0, 0)

    @property
    def used(self) -> Floats:
        """`data` of the slots that are taken."""
        view: Floats = self.data[: len(self.slots)]
        return view

    def is_admitted(self, names: Sequence[str]) -> bool:
        """Whether the next rows can be written for exactly these nodes."""
        return names == self._names

    def slots_needed(self, names: Sequence[str]) -> int:
        """How many slots there will be with these nodes."""
        return len(self.slots) + sum(name not in self.slots for name in names)

    def admit(self, names: Sequence[str]) -> None:
        """From the next row on these nodes are written, in this order. New ones get a slot; of those long gone the oldest lose theirs."""
        if self.slots_needed(names) > 2 * len(names) + _REMEMBERED:
            self._forget(names)
        for name in names:
            if name not in self.slots:
                self._add(name)
        if not len(self.data) and self.slots:
            self.data = np.full((len(self.slots), *self.data.shape[1:]), np.nan)
        elif len(self.slots) > len(self.data):
            room = len(self.slots) + (0 if not len(self.data) else len(self.slots) // 4) - len(self.data)
            self.data = np.concatenate((self.data, np.full((room, *self.data.shape[1:]), np.nan)))
        places = np.array([self.slots[name] for name in names], dtype=np.intp)
        in_order = places.size == len(self.slots) and bool((np.diff(places) == 1).all())
        self._names, self._index = names, slice(0, places.size) if in_order else places

    def _add(self, name: str) -> None:
        slot = self.slots[name] = len(self.slots)
        client, dot, number = name.rpartition(".")
        if dot and number.isdigit():
            self.groups.setdefault(client, []).append(slot)

    def _forget(self, names: Sequence[str]) -> None:
        present = set(names)
        gone = [name for name in self.slots if name not in present]
        lost = set(gone[: len(gone) - _REMEMBERED // 2])
        kept = [name for name in self.slots if name not in lost]
        self.data = self.data[[self.slots[name] for name in kept]]
        self.slots, self.groups = {}, {}
        for name in kept:
            self._add(name)

    def write(self, row: int, values: Floats) -> None:
        """Fill a row: `values[i]` are the fields of the i-th admitted node; all others are unknown in it."""
        if len(values) < len(self.slots):
            self.data[:, :, row] = np.nan
        if len(values):
            self.data[self._index, :, row] = values

    def slots_of(self, node: str) -> list[int]:
        """The slot of a node, or those of all members of a client; none where it was never seen."""
        slot = self.slots.get(node)
        return self.groups.get(node, []) if slot is None else [slot]

    def resize(self, rows: int) -> None:
        """Have so many rows, more or fewer."""
        sized = np.full((*self.data.shape[:2], rows), np.nan)
        both = min(rows, self.data.shape[2])
        sized[:, :, :both] = self.data[:, :, :both]
        self.data = sized

    def thin(self, groups: Indices, half: int, count: int) -> None:
        """Make one row of each group (given by its first row) of the first `half` rows, and move up the rest."""
        older, ends = self.data[:, :, :half], np.r_[groups[1:], half] - 1
        kept = groups.size
        for field, kind in enumerate(self.kinds):
            rows = older[:, field]
            self.data[:, field, :kept] = np.fmax.reduceat(rows, groups, axis=1) if kind is Kind.GAUGE else rows[:, ends]
        _move_up(self.data, half, count, kept)
        self.data[:, :, kept + count - half : count] = np.nan


def _move_up(array: NDArray[Any], half: int, count: int, kept: int) -> None:
    array[..., kept : kept + count - half] = array[..., half:count].copy()


class History:
    """The time axis and its tables, one for each kind of node ("" for the whole)."""

    def __init__(self, fields: dict[str, dict[str, Kind]], *, most_rows: int = MOST_ROWS, most_cells: int = MOST_CELLS) -> None:
        self._most_rows, self._most_cells = most_rows, most_cells
        self._rows = min(_FIRST_ROWS, most_rows)
        self._times = np.zeros(self._rows)
        self._gaps = np.zeros(self._rows, dtype=np.bool_)
        self.count = 0
        self.tables = {kind: Table(names, self._rows) for kind, names in fields.items()}

    @property
    def times(self) -> Floats:
        """Virtual seconds of the rows, ascending."""
        view: Floats = self._times[: self.count]
        return view

    @property
    def gaps(self) -> NDArray[np.bool_]:
        """Whether nothing is known of the time before a row."""
        view: NDArray[np.bool_] = self._gaps[: self.count]
        return view

    @property
    def nbytes(self) -> int:
        """Memory of all rows in bytes."""
        return self._times.nbytes + self._gaps.nbytes + sum(table.data.nbytes for table in self.tables.values())

    def admit(self, kind: str, names: Sequence[str]) -> None:
        """From the next row on these nodes of a kind are written. Rows are thinned where there would be too many cells."""
        table = self.tables[kind]
        if table.is_admitted(names):
            return
        more = (table.slots_needed(names) - len(table.data)) * len(table.fields)
        limit = self._limit(max(more, 0))
        while self.count > limit:
            self._thin()
        if self._rows > limit:
            self._resize(limit)
        table.admit(names)

    def begin(self, time: float, *, after_gap: bool = False) -> int:
        """A new last row; its index."""
        if self.count == self._rows or self.count >= self._limit():
            self._make_room()
        self._times[self.count] = time
        self._gaps[self.count] = after_gap
        self.count += 1
        return self.count - 1

    def renew(self, time: float) -> int:
        """The last row, moved to a later time."""
        self._times[self.count - 1] = time
        return self.count - 1

    def _limit(self, more: int = 0) -> int:
        columns = more + sum(len(table.data) * len(table.fields) for table in self.tables.values())
        wanted = min(self._most_rows, self._most_cells // max(columns, 1))
        return max(wanted, min(_FEWEST_ROWS, self._most_rows))

    def _make_room(self) -> None:
        limit = self._limit()
        if self.count >= limit:
            self._thin()
        elif self._rows < limit:
            self._resize(min(limit, 2 * self._rows))

    def _resize(self, rows: int) -> None:
        self._times = np.resize(self._times, rows)
        self._gaps = np.resize(self._gaps, rows)
        for table in self.tables.values():
            table.resize(rows)
        self._rows = rows

    def _thin(self) -> None:
        half, count = self.count // 2, self.count
        groups = _groups(self._times[:half])
        kept = groups.size
        self._times[:kept], self._gaps[:kept] = (
            self._times[np.r_[groups[1:], half] - 1],
            np.logical_or.reduceat(self._gaps[:half], groups),
        )
        _move_up(self._times, half, count, kept)
        _move_up(self._gaps, half, count, kept)
        for table in self.tables.values():
            table.thin(groups, half, count)
        self.count = kept + count - half


def _groups(times: Floats) -> Indices:
    """The first rows of groups that share out the time evenly, half as many as there are rows; the first row stays alone."""
    cells = max(times.size // 2 - 1, 1)
    cell = np.ceil((times - times[0]) / max((times[-1] - times[0]) / cells, 1e-9))
    return np.flatnonzero(np.r_[True, cell[1:] != cell[:-1]])
