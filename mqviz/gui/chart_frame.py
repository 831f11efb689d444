"""Everything that one drawing of the chart needs, computed before anything is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from mqviz.gui.chart_axes import Linear, Logarithmic, Scale, moments, time_step
from mqviz.viewmodel.chart_rows import ALL_ROWS, Bars, Curve, Plan, Row, Shares, bars, lines, stacked
from mqviz.viewmodel.fault_spans import FaultSpan
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.series import Floats, Series

LANE = 30.0
NAMES = 17.0
AXIS = 20.0
RIGHT = 54.0
_ROW_GAP = 8.0
_LABEL_WIDTH = 78.0
_LIMIT_NEAR = 0.3
_MUCH = 6.0
_ROOM = 2.2
_FOR_A_MOMENT = 0.96


@dataclass(frozen=True, slots=True)
class Source:
    """One run whose curves are drawn; of several the first is drawn strongest, and read by the legend."""

    name: str
    recorder: Recorder


@dataclass(frozen=True, slots=True)
class Theory:
    """What queueing theory expects of a row; `value` None: why it has nothing to say."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies: a lane for flags, names where there are `several` runs, the rows with their shares, the axis, labels."""

    width: float
    height: float
    several: bool = False
    shares: Shares = ALL_ROWS

    @property
    def plot(self) -> QRectF:
        """Rows and the room between them."""
        top = LANE + (NAMES if self.several else 0.0)
        return QRectF(0.0, top, max(self.width - RIGHT, 40.0), max(self.height - top - AXIS, 40.0))

    @property
    def names(self) -> QRectF:
        """Where the runs are named."""
        return QRectF(0.0, LANE - 2.0, self.plot.width(), NAMES if self.several else 0.0)

    @property
    def lane(self) -> QRectF:
        """Where flags fly."""
        return QRectF(0.0, 0.0, self.plot.width(), LANE)

    def row(self, row: Row) -> QRectF:
        """One of the rows; empty where it is not drawn."""
        plot, top = self.plot, self.plot.top()
        room = (plot.height() - (len(self.shares) - 1) * _ROW_GAP) / sum(share for _, share in self.shares)
        for each, share in self.shares:
            if each is row:
                return QRectF(0.0, top, plot.width(), share * room)
            top += share * room + _ROW_GAP
        return QRectF()

    def row_at(self, y: float) -> Row | None:
        """The row at a height, None between them."""
        return next((row for row, _ in self.shares if self.row(row).top() <= y <= self.row(row).bottom()), None)


@dataclass(frozen=True, slots=True)
class RowFrame:
    """One row: its scale, the curves of each source by code, bars instead where it has them, limit and theory.

    `beyond`: moment and value of a short peak that the scale leaves out, because nothing else could be read beside it.
    """

    row: Row
    rect: QRectF
    scale: Scale
    layers: tuple[dict[str, Series], ...] = ()
    bars: tuple[Bars, ...] = ()
    limit: Series | None = None
    theory: float | None = None
    beyond: tuple[float, float] | None = None

    def heights(self, values: Floats) -> Floats:
        """Places on the screen; NaN stays."""
        return self.rect.bottom() - self.scale.places(values) * self.rect.height()


@dataclass(frozen=True, slots=True)
class Frame:
    """One drawing: the stretch of time, its rows, moments of the axis, and faults."""

    layout: Layout
    first: float
    last: float
    now: float
    relative: bool
    step: float
    ticks: tuple[float, ...]
    rows: tuple[RowFrame, ...]
    faults: tuple[FaultSpan, ...] = ()
    names: tuple[str, ...] = ()

    def xs(self, times: Floats) -> Floats:
        """Places across of virtual seconds."""
        plot = self.layout.plot
        return plot.left() + (times - self.first) * (plot.width() / (self.last - self.first))

    def x(self, time: float) -> float:
        """The place across of a moment."""
        return float(self.xs(np.array([time]))[0])

    def time(self, x: float) -> float:
        """The moment at a place across, within what is shown."""
        plot = self.layout.plot
        share = min(max((x - plot.left()) / plot.width(), 0.0), 1.0)
        return self.first + share * (self.last - self.first)


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be drawn: runs, curves, without those that the user switched off, over which time."""

    sources: Sequence[Source]
    plan: Plan
    hidden: frozenset[str]
    interval: tuple[float, float]
    relative: bool
    theories: dict[Row, Theory]


def build(wish: Wish, layout: Layout) -> Frame:
    """Ask the recorders, choose the scales."""
    first, last = wish.interval
    now = max((source.recorder.now or 0.0 for source in wish.sources), default=0.0)
    step = time_step(last - first, int(layout.plot.width() / _LABEL_WIDTH))
    ticks = moments(first, last, step, last if wish.relative else 0.0)
    rows = tuple(_row(wish, row, layout.row(row)) for row, _ in layout.shares)
    faults = tuple(
        span
        for source in wish.sources[:1]
        for span in source.recorder.faults
        if first <= span.since <= last or (span.until is not None and span.since < first <= span.until)
    )
    names = tuple(source.name for source in wish.sources)
    return Frame(layout, first, last, now, wish.relative, step, tuple(ticks.tolist()), rows, faults, names)


def _row(wish: Wish, row: Row, rect: QRectF) -> RowFrame:
    curves = tuple(curve for curve in wish.plan.curves(row) if curve.code not in wish.hidden)
    theory = wish.theories.get(row, Theory(None)).value
    if row is Row.FAILURES:
        return _bar_row(wish, curves, rect)
    if row is Row.DEPTH:
        return _depth_row(wish, curves, rect, theory)
    layers = tuple(lines(source.recorder, curves, *wish.interval) for source in wish.sources)
    least, greatest = _extent(layers, wish.interval, theory)
    if row is Row.LATENCY:
        return RowFrame(row, rect, Logarithmic.over(least, greatest), layers, theory=theory)
    usual = max((_usual(series, wish.interval) for layer in layers for series in layer.values()), default=0.0)
    if greatest <= _MUCH * usual or not usual > 0.0:
        return RowFrame(row, rect, Linear.reaching(greatest), layers, theory=theory)
    return RowFrame(row, rect, Linear.reaching(_ROOM * usual), layers, theory=theory, beyond=_peak(layers, greatest))


def _usual(series: Series, interval: tuple[float, float]) -> float:
    """What a curve exceeds only for a moment."""
    inside = series.values[(series.times >= interval[0]) & (series.times <= interval[1]) & ~np.isnan(series.values)]
    place = int(_FOR_A_MOMENT * (inside.size - 1)) if inside.size else 0
    return float(np.partition(inside, place)[place]) if inside.size else 0.0


def _peak(layers: Sequence[dict[str, Series]], greatest: float) -> tuple[float, float] | None:
    hits = ((series, np.flatnonzero(series.values == greatest)) for layer in layers for series in layer.values())
    return next(((float(series.times[places[0]]), greatest) for series, places in hits if places.size), None)


def _bar_row(wish: Wish, curves: tuple[Curve, ...], rect: QRectF) -> RowFrame:
    each = tuple(bars(source.recorder, curves, *wish.interval) for source in wish.sources)
    return RowFrame(Row.FAILURES, rect, Linear.reaching(max((layer.greatest for layer in each), default=0.0)), bars=each)


def _depth_row(wish: Wish, curves: tuple[Curve, ...], rect: QRectF, theory: float | None) -> RowFrame:
    layers = tuple(stacked(source.recorder, curves, *wish.interval) for source in wish.sources)
    _, peak = _extent(layers, wish.interval, theory)
    limit = wish.sources[0].recorder.window(wish.plan.limit, *wish.interval) if wish.plan.limit and wish.sources else None
    highest = float(np.nanmax(limit.values)) if limit is not None and limit.values.size and not np.isnan(limit.values).all() else None
    if highest is not None and peak >= _LIMIT_NEAR * highest:
        peak = max(peak, highest)
    return RowFrame(Row.DEPTH, rect, Linear.reaching(peak), layers, limit=limit, theory=theory)


def _extent(layers: Sequence[dict[str, Series]], interval: tuple[float, float], theory: float | None) -> tuple[float, float]:
    """The least and the greatest value in sight; NaN where there is none."""
    inside = [series.values[(series.times >= interval[0]) & (series.times <= interval[1])] for layer in layers for series in layer.values()]
    known = np.concatenate([np.array([] if theory is None else [theory]), *(values[~np.isnan(values)] for values in inside)])
    return (float(known.min()), float(known.max())) if known.size else (np.nan, np.nan)
