"""The figures of the whole: sums over nodes that come and go, and latency percentiles of the last second."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from math import nan

import numpy as np
from numpy.typing import NDArray

from mqviz.model.histogram import Counts
from mqviz.model.snapshot import MessageStats, Snapshot
from mqviz.viewmodel.extraction import COUNTED, FIELDS
from mqviz.viewmodel.series import Floats

NodeRows = dict[str, tuple[tuple[str, ...], Floats]]
LATENCY_OVER = 1.0
"""Seconds that a latency percentile looks back: a tenth of a second has too few messages for a p99."""

_QUEUE_TOTALS = ("delivered", "acknowledged", "redelivered", "dead_lettered", "dropped", "refused", "expired", "rejected", "lost")
_COLUMNS = {kind: {field: place for place, field in enumerate(fields)} for kind, fields in FIELDS.items()}


class RunningSum:
    """The sum of totals over nodes; it does not fall when a node goes or begins to count anew."""

    def __init__(self, kind: str, fields: Sequence[str]) -> None:
        self._kind = kind
        self._columns = [_COLUMNS[kind][field] for field in fields]
        self._names: tuple[str, ...] = ()
        self._last: Floats = np.zeros((0, len(fields)))
        self._gone: Floats = np.zeros(len(fields))

    def of(self, rows: NodeRows) -> list[float]:
        """The sums with these rows, which must be newer than those of the call before."""
        names, values = rows[self._kind]
        if not names and not self._names:
            return self._gone.tolist()  # type: ignore[no-any-return]  # numpy says Any
        totals = values[:, self._columns]
        untold = np.isnan(totals)
        if untold.any():
            return self._of_those_told(names, totals, untold)
        return self._summed(names, totals)

    def _of_those_told(self, names: tuple[str, ...], totals: Floats, untold: NDArray[np.bool_]) -> list[float]:
        """A live broker may not tell a total of every node; of what it tells of none, there is no sum."""
        sums = self._summed(names, np.where(untold, 0.0, totals))
        nowhere: list[bool] = np.logical_and.reduce(untold, axis=0).tolist()
        return [nan if column else value for value, column in zip(sums, nowhere, strict=True)]

    def _summed(self, names: tuple[str, ...], totals: Floats) -> list[float]:
        before = self._last if names == self._names else self._before(names)
        fell = totals < before
        if fell.any():
            self._gone = self._gone + np.where(fell, before, 0.0).sum(axis=0)
        self._names, self._last = names, totals
        sums: list[float] = (self._gone + totals.sum(axis=0)).tolist()
        return sums

    def _before(self, names: tuple[str, ...]) -> Floats:
        """The last totals in the order of `names`, 0 for new ones; what is not among them is carried for good."""
        last = dict(zip(self._names, self._last, strict=True))
        nothing = np.zeros(len(self._columns))
        before = [last.pop(name, nothing) for name in names]
        for totals in last.values():
            self._gone = self._gone + totals
        return np.array(before).reshape(len(names), len(self._columns))


class LatencyTrack:
    """Percentiles of what ended in the last second, from the growing histogram of snapshots."""

    def __init__(self) -> None:
        self._past: deque[tuple[float, Counts]] = deque()

    def percentiles(self, time: float, counts: Counts | None) -> tuple[float, float, float]:
        """p50, p95 and p99 in seconds; NaN where nothing ended."""
        if counts is None:
            return nan, nan, nan
        while len(self._past) > 1 and self._past[1][0] <= time - LATENCY_OVER:
            self._past.popleft()
        recent = counts.since(self._past[0][1]) if self._past else counts
        p50, p95, p99 = (recent.quantile(share) for share in (0.50, 0.95, 0.99))
        if p50 is None or p95 is None or p99 is None:
            return nan, nan, nan
        return p50, p95, p99

    def keep(self, time: float, counts: Counts | None) -> None:
        """Remember the histogram as it was at this time."""
        if counts is not None:
            self._past.append((time, counts))


class Wholes:
    """Makes the row of the whole from a snapshot and the rows of its nodes."""

    def __init__(self) -> None:
        self._queues = RunningSum("queue", _QUEUE_TOTALS)
        self._producers = RunningSum("producer", ("confirmed", "returned"))
        self._exchanges = RunningSum("exchange", ("publish_in", "unroutable"))
        self._services = RunningSum("service", ("requests", "completed", "refused", "timed_out", "failed"))

    def row(self, snapshot: Snapshot, rows: NodeRows, latency: tuple[float, float, float]) -> list[float]:
        """The fields of the whole in their order."""
        requests, answers, *failed = self._services.of(rows)
        counted = snapshot.broker.message_stats
        totals = self._publishing(snapshot, rows), self._queues.of(rows)
        if counted is not None:
            totals = _as_counted(counted, totals[1])
        calls = [requests, answers, sum(failed)]
        return [*totals[0], *totals[1], *calls, *_gauges(snapshot, rows), *latency, *_counted(counted)]

    def _publishing(self, snapshot: Snapshot, rows: NodeRows) -> list[float]:
        """Publish, confirm, return, unroutable: from the ledger where there is one, which also knows of clients that are gone."""
        confirmed, returned = self._producers.of(rows)
        published, unroutable = self._exchanges.of(rows)
        if snapshot.ledger is None:
            return [published, confirmed, returned, unroutable]
        messages = snapshot.ledger.messages
        told = (messages.published, messages.confirmed, messages.returned, messages.unroutable)
        return [nan if total is None else total for total in told]


def _as_counted(counted: MessageStats, of_queues: list[float]) -> tuple[list[float], list[float]]:
    """What a live broker counts itself is better than sums over what is there now; the rest stays as it is."""
    told = [_told(getattr(counted, name)) for name in ("publish", "confirm", "return_unroutable", "drop_unroutable")]
    deliver = _told(counted.deliver) + (counted.deliver_no_ack or 0)
    return told, [deliver, _told(counted.ack), _told(counted.redeliver), *of_queues[3:]]


def _counted(counted: MessageStats | None) -> list[float]:
    if counted is None:
        return [nan] * len(COUNTED)
    return [_told(getattr(counted, name)) for name in COUNTED]


def _told(total: int | None) -> float:
    return nan if total is None else float(total)


def _gauges(snapshot: Snapshot, rows: NodeRows) -> list[float]:
    queues, services = rows["queue"][1], rows["service"][1]
    oldest = queues[:, _COLUMNS["queue"]["oldest"]]
    greatest = float(np.fmax.reduce(oldest)) if oldest.size else nan
    ready, unacked = queues[:, :2].sum(axis=0)
    in_service, waiting = (services[:, _COLUMNS["service"][field]].sum() for field in ("in_service", "waiting"))
    return [ready, unacked, greatest, in_service, waiting, snapshot.broker.blocked_connections]
