"""Which curves belong to what is selected, and what they are at a time: the content of the four rows of the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, log10

import numpy as np

from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.extraction import COUNTED
from mqviz.viewmodel.recorder import RATE_OVER, Recorder
from mqviz.viewmodel.series import EMPTY, Floats, Series


class Row(StrEnum):
    """The rows from top to bottom."""

    RATES = "rates"
    DEPTH = "depth"
    LATENCY = "latency"
    FAILURES = "failures"


Shares = tuple[tuple[Row, float], ...]
ALL_ROWS: Shares = tuple((row, 1.0) for row in Row)
_TALL = 1.7


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve: `code` says what it means (for its word, colour and texture), `name` where the recorder has it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The curves of each row for one selection. In the depth row the second lies on the first; `limit` is a curve of it.

    A row without an entry is not drawn. `calls`: what is counted are requests to services, not messages.
    `counted`: the rates are those that a live broker counts of itself.
    """

    node: str
    rows: dict[Row, tuple[Curve, ...]]
    limit: str | None = None
    calls: bool = False
    counted: bool = False

    @property
    def shares(self) -> Shares:
        """The rows that are drawn, and how high they are beside each other."""
        return tuple((row, _TALL if self.counted and row is Row.RATES else 1.0) for row in Row if row in self.rows)

    def curves(self, row: Row) -> tuple[Curve, ...]:
        """The curves of a row."""
        return self.rows.get(row, ())


_LATENCY = tuple(Curve(code, code) for code in ("p50", "p95", "p99"))
_DEPTH = {"ready": "ready", "unacked": "unacked"}
_BACKLOG = {"waiting": "waiting", "in_service": "in_service"}
_FAILURES = {"redelivered": "redeliver", "dead_lettered": "dead_letter", "dropped": "drop"}
_CALLS = {"in": "requests", "completed": "completed"}

_OF_KIND: dict[str, tuple[dict[str, str], dict[str, str] | None, dict[str, str] | None]] = {
    "queue": (
        {"in": "enqueued", "deliver": "delivered", "ack": "acknowledged"},
        _DEPTH,
        {"redelivered": "redelivered", "dead_lettered": "dead_lettered", "dropped": "drop"},
    ),
    "exchange": ({"in": "publish_in", "out": "publish_out"}, None, {"unroutable": "unroutable"}),
    "producer": (
        {"publish": "published", "confirm": "confirmed"},
        {"waiting": "waiting", "unconfirmed": "unconfirmed"},
        {"returned": "returned", "nacked": "nacked", "timed_out": "timed_out"},
    ),
    "consumer": (
        {"deliver": "delivered", "ack": "acknowledged", "completed": "completed"},
        {"unacked": "unacked"},
        {"redelivered": "redelivered"},
    ),
    "service": (_CALLS, _BACKLOG, {"refused": "refused", "timed_out": "timed_out", "failed": "failed"}),
    "translator": ({"in": "taken", "out": "translated"}, None, {"invalid": "invalid"}),
}
"""Rates, depth and failures of each kind of node, code to field; None: as of the whole."""


def plan_of(node: str, snapshot: Snapshot | None, beside: Sequence[Snapshot | None] = ()) -> Plan:
    """The curves for a selected node, or for the whole where `node` is "" (or of a kind that has none of its own).

    `beside`: what is drawn with it; only curves that all of them have can be compared.
    """
    every = (snapshot, *beside)
    kind = node.partition(":")[0]
    plan = _of_node(node, kind, snapshot) if kind in _OF_KIND else _whole(snapshot)
    if not plan.node and all(each is not None and each.broker.message_stats is not None for each in every):
        return _counted(plan)
    if all(each is not None and each.live and each.latency is None for each in every):
        return replace(plan, rows={row: curves for row, curves in plan.rows.items() if row is not Row.LATENCY})
    return plan


def _counted(plan: Plan) -> Plan:
    """RabbitMQ's thirteen rates in its own order, which tell of failures, too; and the depth."""
    rates = tuple(Curve(f"counted_{name}", f"counted_{name}") for name in COUNTED)
    return replace(plan, rows={Row.RATES: rates, Row.DEPTH: plan.curves(Row.DEPTH)}, counted=True)


def _of_node(node: str, kind: str, snapshot: Snapshot | None) -> Plan:
    rates, depth, failures = ({code: f"{node}.{field}" for code, field in (part or {}).items()} for part in _OF_KIND[kind])
    whole = _whole(snapshot)
    limit = {"queue": f"{node}.max_length", "service": f"{node}.accept"}.get(kind)
    rows = {
        Row.RATES: _curves(rates),
        Row.DEPTH: _curves(depth) or whole.curves(Row.DEPTH),
        Row.LATENCY: _LATENCY,
        Row.FAILURES: _curves(failures) or whole.curves(Row.FAILURES),
    }
    return Plan(node, rows, limit, calls=kind == "service")


def _whole(snapshot: Snapshot | None) -> Plan:
    """Of a broker its messages; where everybody calls services directly, the calls."""
    calls_only = snapshot is not None and bool(snapshot.services) and not snapshot.queues
    calls = _curves({"failed_calls": "failed_calls"}) if snapshot is not None and snapshot.services else ()
    rows = {
        Row.RATES: _curves(
            {"in": "requests", "completed": "answers"} if calls_only else {"in": "publish", "deliver": "deliver", "ack": "ack"}
        ),
        Row.DEPTH: _curves(_BACKLOG if calls_only else _DEPTH),
        Row.LATENCY: _LATENCY,
        Row.FAILURES: calls if calls_only else (*_curves(_FAILURES), *calls),
    }
    return Plan("", rows, calls=calls_only)


def _curves(names: dict[str, str]) -> tuple[Curve, ...]:
    return tuple(Curve(code, name) for code, name in names.items())


def rate_over(first: float, last: float) -> float:
    """Seconds that rates are averaged over in a window: 1, and more where a second is less than can be seen."""
    return max(RATE_OVER, (last - first) / 200.0)


def lines(recorder: Recorder, curves: tuple[Curve, ...], first: float, last: float, at_most: int = 600) -> dict[str, Series]:
    """The curves of a window by their codes."""
    over = rate_over(first, last)
    return {curve.code: recorder.window(curve.name, first, last, at_most, over) for curve in curves}


def stacked(recorder: Recorder, curves: tuple[Curve, ...], first: float, last: float, at_most: int = 600) -> dict[str, Series]:
    """The curves of a window, each on top of those before it."""
    result: dict[str, Series] = {}
    below: Series = EMPTY
    for code, series in lines(recorder, curves, first, last, at_most // 2).items():
        below = result[code] = _on_top(below, series) if result else series
    return result


def _on_top(below: Series, series: Series) -> Series:
    """The sum, at the times of both: each is thinned in its own way."""
    times = np.union1d(below.times, series.times)
    if not below.times.size or not series.times.size:
        return series if series.times.size else below
    return Series(times, np.interp(times, below.times, below.values) + np.interp(times, series.times, series.values))


@dataclass(frozen=True, slots=True)
class Bars:
    """Failures a second in stretches of `width` seconds from `first` on, by code; stacked when drawn."""

    first: float
    width: float
    heights: dict[str, Floats]

    @property
    def greatest(self) -> float:
        """The height of the highest stack."""
        stack = np.zeros(max((heights.size for heights in self.heights.values()), default=0))
        for heights in self.heights.values():
            stack += np.where(heights > 0.0, heights, 0.0)
        return float(stack.max(initial=0.0))

    def at(self, code: str, time: float) -> float | None:
        """The height of the bar over `time`."""
        heights, place = self.heights[code], int((time - self.first) // self.width)
        if not 0 <= place < heights.size or np.isnan(heights[place]):
            return None
        return float(heights[place])


_BAR_WIDTHS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
_MOST_BARS = 62


def bars(recorder: Recorder, curves: tuple[Curve, ...], first: float, last: float) -> Bars:
    """Failures of a window. The stretches lie on multiples of their width, so that bars move along without trembling."""
    width = bar_width(last - first)
    edges = np.arange(np.floor(first / width), np.ceil(last / width) + 1) * width
    heights = {curve.code: recorder.change(curve.name, edges) / width for curve in curves}
    return Bars(float(edges[0]), width, heights)


def bar_width(span: float) -> float:
    """Seconds of one bar: a round number that makes at most some sixty of them."""
    exact = span / _MOST_BARS
    for width in _BAR_WIDTHS:
        if width >= exact:
            return width
    power = 10.0 ** ceil(log10(exact / 60.0) - 1.0)
    return 60.0 * next(power * step for step in (1.0, 2.0, 5.0, 10.0, 20.0) if 60.0 * power * step >= exact)


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and greatest value of a curve over a stretch; None: cannot be told."""

    mean: float | None
    greatest: float | None


def spread(recorder: Recorder, curve: Curve, first: float, last: float, *, is_total: bool) -> Spread:
    """What a curve came to between two moments. The mean of a rate is exact: what was counted, over the time."""
    window = recorder.window(curve.name, first, last, over=rate_over(first, last))
    inside = window.values[(window.times >= first) & (window.times <= last) & ~np.isnan(window.values)]
    greatest = float(inside.max()) if inside.size else None
    if is_total:
        change = recorder.change(curve.name, np.array([first, last]))
        return Spread(None if np.isnan(change[0]) else float(change[0] / (last - first)), greatest)
    return Spread(float(inside.mean()) if inside.size else None, greatest)
