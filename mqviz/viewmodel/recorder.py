"""Keeps what was observed as curves over virtual time, and turns totals into rates, alike for every broker.

Rows are 0.1 s apart or more; within that the newest stands for all (the first for `rate` and `trend`, which are asked each
frame). Memory is bounded: see `history`.
Names of curves: of the whole `publish confirm deliver ack redeliver return unroutable dead_letter drop` (totals, read as rates) and
`ready unacked depth oldest p50 p95 p99` (gauges, seconds); of a node its id, a dot and a field: `queue:work.ready`,
`consumer:server.1.acknowledged`. A client's own name (`consumer:server`) stands for all its members.
"""

from __future__ import annotations

import csv
import io
from math import floor, inf

import numpy as np

from mqviz.model.backend import Update
from mqviz.model.feed import Feed
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.extraction import FIELDS, SUMS, Extraction
from mqviz.viewmodel.fault_spans import FaultSpan, FaultSpans
from mqviz.viewmodel.freshness import has_nothing_new, is_gap, is_same
from mqviz.viewmodel.history import MOST_CELLS, MOST_ROWS, History, Kind, Table
from mqviz.viewmodel.series import EMPTY, Buckets, Floats, Series, change_between, rates
from mqviz.viewmodel.trends import Trend, Trends
from mqviz.viewmodel.wholes import LatencyTrack, Wholes

RESOLUTION = 0.1
RATE_OVER = 1.0
"""Seconds that a rate on the screen is averaged over."""

_ROUNDING = 1e-6
_LIVE_GAP = 15.0
_LIVE_GAP_FACTOR = 3.0
_LIVE_JITTER = 60.0
_CSV_WHOLE = {"publish": "publish", "deliver": "deliver", "ack": "acknowledge", "redeliver": "redeliver"}
_CSV_QUEUE = {"ready": "ready", "unacked": "unacknowledged", "oldest": "oldest"}


class Recorder:
    """What was observed of one session."""

    def __init__(self, *, most_rows: int = MOST_ROWS, most_cells: int = MOST_CELLS) -> None:
        self._limits = {"most_rows": most_rows, "most_cells": most_cells}
        self._virtual_host = ""
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._history = History(FIELDS, **self._limits)
        self._extraction = Extraction()
        self._wholes, self._latency = Wholes(), LatencyTrack()
        self._faults = FaultSpans()
        self._trends = Trends(self._history)
        self._bucket, self._interval = -1, inf
        self._pending: Snapshot | None = None
        self._thinning: dict[tuple[float, float, float], Buckets] = {}
        self._is_after_blindness, self._patience = False, _LIVE_GAP
        self.snapshot: Snapshot | None = None

    def append(self, update: Update) -> None:
        """Keep an update. A run that was restarted (time goes back) begins anew; stale statistics of a live broker are passed over.

        So is a live broker's picture that was kept already; what comes after a time in which nothing was seen comes after a gap.
        """
        snapshot = update.snapshot
        if update.feed is not None and self._is_passed_over(update, update.feed):
            return
        time = snapshot.time - snapshot.age
        if self._is_restarted(time, update):
            self._begin_anew()
        elif self._history.count and time < self._history.times[-1]:
            return
        self.snapshot = snapshot
        self._faults.append(snapshot, update.log)
        bucket = floor(time / RESOLUTION + _ROUNDING)
        if bucket == self._bucket:
            self._pending = snapshot
            return
        self._flush()
        self._bucket = bucket
        self._write(snapshot, time, is_new=True)

    def _is_passed_over(self, update: Update, feed: Feed) -> bool:
        """Another virtual host is another run. Nothing is kept while nothing new is seen."""
        if feed.virtual_host != self._virtual_host:
            self._begin_anew()
            self._virtual_host = feed.virtual_host
        self._is_after_blindness = self._is_after_blindness or (is_gap(feed) and bool(self._history.count))
        self._patience = max(_LIVE_GAP, _LIVE_GAP_FACTOR * (feed.interval or 0.0))
        is_unseen = update.snapshot.live and not update.snapshot.exchanges and not update.snapshot.queues
        if is_unseen or has_nothing_new(feed) or is_same(update.snapshot, self.snapshot):
            self._faults.append(update.snapshot, update.log)
            return True
        return False

    def _flush(self) -> None:
        """Let the last row be what was observed last. Only who reads needs that: frames come faster than rows."""
        pending, self._pending = self._pending, None
        if pending is not None:
            self._write(pending, pending.time - pending.age, is_new=False)

    def _is_restarted(self, time: float, update: Update) -> bool:
        if not self._history.count:
            return False
        patience = _LIVE_JITTER if update.snapshot.live else 0.0
        return time < self._history.times[-1] - patience or any(entry.code == "run_started" for entry in update.log)

    def _write(self, snapshot: Snapshot, time: float, *, is_new: bool) -> None:
        rows = self._extraction.rows(snapshot)
        latency = self._latency.percentiles(time, snapshot.latency)
        whole = self._wholes.row(snapshot, rows, latency)
        rows[""] = ("",), np.array([whole])
        for kind, (names, _) in rows.items():
            self._history.admit(kind, names)
        row = self._new_row(time, snapshot) if is_new else self._history.renew(time)
        for kind, (_, values) in rows.items():
            self._history.tables[kind].write(row, values)
        self._trends.forget()
        self._thinning.clear()

    def _new_row(self, time: float, snapshot: Snapshot) -> int:
        history = self._history
        interval = time - history.times[-1] if history.count else 0.0
        is_late = interval > max(self._patience, _LIVE_GAP_FACTOR * self._interval)
        is_gap = snapshot.live and (is_late or self._is_after_blindness)
        self._interval, self._is_after_blindness = interval, False
        self._latency.keep(time, snapshot.latency)
        return history.begin(time, after_gap=is_gap)

    @property
    def start(self) -> float | None:
        """Virtual second of the first row, None before there is one."""
        return float(self._history.times[0]) if self._history.count else None

    @property
    def now(self) -> float | None:
        """Virtual second of the newest row, None before there is one."""
        self._flush()
        return float(self._history.times[-1]) if self._history.count else None

    @property
    def faults(self) -> tuple[FaultSpan, ...]:
        """All faults so far, in the order of their beginning."""
        return self._faults.all

    @property
    def nbytes(self) -> int:
        """Memory of the curves in bytes."""
        return self._history.nbytes

    def series(self, name: str, over: float = 0.0) -> Series:
        """The whole curve; a rate is that of each interval, or the mean of the `over` seconds before. `KeyError`: no such field."""
        self._flush()
        return self._curve(name, 0, self._history.count, over)

    def window(self, name: str, t0: float, t1: float, at_most: int = 600, over: float = RATE_OVER) -> Series:
        """The curve from `t0` to `t1` (and one row on either side, so that a line reaches the edges) in at most so many points.

        It is thinned by keeping the least and the greatest value of each stretch, so no peak is lost.
        """
        self._flush()
        times = self._history.times
        first, last = np.searchsorted(times, (t0, t1))
        before = int(np.searchsorted(times, t0 - over)) - 1
        curve = self._curve(name, max(before, 0), min(int(last) + 1, times.size), over)
        skip = max(int(first) - 1, 0) - max(before, 0)
        curve = Series(curve.times[max(skip, 0) :], curve.values[max(skip, 0) :])
        if curve.times.size <= at_most:
            return curve
        return self._buckets(curve.times, 2.0 * (t1 - t0) / max(at_most - 6, 1)).keep_peaks(curve.values)

    def _buckets(self, times: Floats, width: float) -> Buckets:
        """The same for all curves of a window, until there is another row."""
        key = float(times[0]), float(times[-1]), width
        if key not in self._thinning:
            self._thinning[key] = Buckets(times, width)
        return self._thinning[key]

    def value_at(self, name: str, t: float, over: float = RATE_OVER) -> float | None:
        """The value of the last row at or before `t`; None before the first, or where it cannot be told."""
        self._flush()
        times = self._history.times
        row = int(np.searchsorted(times, t, side="right"))
        before = max(int(np.searchsorted(times, times[row - 1] - over)) - 1, 0) if row else 0
        return self._curve(name, before, row, over).last

    def latest(self, name: str, over: float = RATE_OVER) -> float | None:
        """The newest value."""
        return self.value_at(name, inf, over)

    def change(self, name: str, edges: Floats) -> Floats:
        """How much a total grew between neighbours of `edges` (virtual seconds), exactly where rows lie on them."""
        self._flush()
        table, slots, fields = self._resolve(name)
        times = self._history.times
        if not slots or not times.size:
            return np.full(max(edges.size - 1, 0), np.nan)
        return change_between(times, self._sum(table, slots, fields, 0, times.size), edges)

    def rate(self, node: str, what: str) -> float | None:
        """Change of a field (of a gauge, too) per second, over the last second; `node` "" is the whole. None: cannot be told."""
        return self._trends.rate(node, what)

    def trend(self, queue: str) -> Trend:
        """Where the backlog of a queue (its name) is going."""
        return self._trends.of_queue(queue)

    def slope(self, queue: str) -> float | None:
        """Change of a queue's ready messages per second, over the last five; None where it cannot be told."""
        return self._trends.of_queue(queue).slope

    def to_csv(self) -> str:
        """All rows, with the columns of the result's CSV: rates of each interval, and of each queue ready, unacknowledged, oldest."""
        self._flush()
        columns = {"time": self._history.times}
        columns.update({title: self.series(name).values for name, title in _CSV_WHOLE.items()})
        for queue in self._history.tables["queue"].slots:
            columns.update({f"{queue}.{title}": self.series(f"{queue}.{field}").values for field, title in _CSV_QUEUE.items()})
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for row in zip(*(column.tolist() for column in columns.values()), strict=True):
            writer.writerow("" if value != value else f"{value:.9g}" for value in row)
        return text.getvalue()

    def _curve(self, name: str, start: int, stop: int, over: float) -> Series:
        table, slots, fields = self._resolve(name)
        if not slots or stop <= start:
            return EMPTY
        times, gaps = self._history.times[start:stop], self._history.gaps[start:stop]
        values = self._sum(table, slots, fields, start, stop)
        if table.kinds[fields[0]] is Kind.TOTAL:
            values = rates(times, values, over)
        return Series(times, np.where(gaps, np.nan, values) if gaps.any() else values)

    def _resolve(self, name: str) -> tuple[Table, list[int], list[int]]:
        """Table, slots and fields that a name is the sum of. A node that was never seen has no slots; a wrong field is a KeyError."""
        node, _, what = name.rpartition(".") if ":" in name else ("", "", name)
        kind = node.partition(":")[0]
        table = self._history.tables[kind]
        fields = [table.fields[field] for field in SUMS.get(kind, {}).get(what, (what,))]
        return table, table.slots_of(node), fields

    def _sum(self, table: Table, slots: list[int], fields: list[int], start: int, stop: int) -> Floats:
        if len(slots) == 1:
            each = table.data[slots[0], :, start:stop]
            summed: Floats = each[fields].sum(axis=0)
            return summed
        members = table.data[slots, :, start:stop][:, fields].sum(axis=1)
        return _over_members(members, is_total=table.kinds[fields[0]] is Kind.TOTAL)


def _over_members(members: Floats, *, is_total: bool) -> Floats:
    """The sum over members of which some come later or go earlier; what one did stays done."""
    known = ~np.isnan(members)
    filled = np.where(known, members, 0.0)
    if is_total:
        filled = np.maximum.accumulate(filled, axis=1)
    total: Floats = np.where(known.any(axis=0), filled.sum(axis=0), np.nan)
    return total
