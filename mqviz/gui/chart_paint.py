"""Paints a frame of the chart: grid, areas, lines, bars and axes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from mqviz.gui.chart_axes import clock, compact, in_seconds
from mqviz.gui.chart_frame import AXIS, LANE, RIGHT, Frame, RowFrame
from mqviz.gui.chart_ink import CHAIN, LONG, STYLES, area_tile, brush, draw_line, fill_between, pen, plain_tile
from mqviz.gui.chart_text import DIGITS, LABEL, SMALL, STRONG, STRONG_DIGITS, shortened, width_of, write
from mqviz.gui.controls.painting import faint
from mqviz.gui.theme import Theme
from mqviz.viewmodel.chart_rows import Bars, Row
from mqviz.viewmodel.series import Floats, Series

_BESIDE = 0.45
_BAR_AIR = 0.14
_RIGHT = Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignHCenter


def paint_grid(painter: QPainter, frame: Frame, skin: Theme) -> None:
    """Hairlines up and down, a floor for each row, its labels at the right."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen(skin.grid, (), painter.device().devicePixelRatioF()))
    for row in frame.rows:
        painter.drawLines([QLineF(_crisp(frame.x(time)), row.rect.top(), _crisp(frame.x(time)), row.rect.bottom()) for time in frame.ticks])
    for row in frame.rows:
        painter.setPen(pen(skin.hairline, (), painter.device().devicePixelRatioF()))
        floor = _crisp(row.rect.bottom())
        painter.drawLine(QPointF(row.rect.left(), floor), QPointF(row.rect.right(), floor))
        _labels(painter, row, skin)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _crisp(x: float) -> float:
    return round(x) + 0.5


def _labels(painter: QPainter, row: RowFrame, skin: Theme) -> None:
    for share, text in row.scale.ticks:
        y = row.rect.bottom() - share * row.rect.height()
        y = min(max(y, row.rect.top() + 5.0), row.rect.bottom() - 2.0)
        write(painter, QRectF(row.rect.right() + 8.0, y - 8.0, RIGHT - 8.0, 16.0), text, DIGITS, skin.text_third)


def paint_row(painter: QPainter, frame: Frame, row: RowFrame, skin: Theme) -> None:
    """The curves or bars of one row; those of a second run fainter, behind."""
    painter.save()
    painter.setClipRect(row.rect.adjusted(0.0, -1.0, 0.0, 1.0))
    for place, bars in reversed([*enumerate(row.bars)]):
        _bars(painter, frame, row, bars, skin, is_first=place == 0)
    for place, layer in reversed([*enumerate(row.layers)]):
        painter.setOpacity(_BESIDE if place else 1.0)
        _curves(painter, frame, row, layer, skin, is_first=place == 0)
    painter.setOpacity(1.0)
    _references(painter, frame, row, skin)
    painter.restore()


def _curves(painter: QPainter, frame: Frame, row: RowFrame, layer: dict[str, Series], skin: Theme, *, is_first: bool) -> None:
    places = {code: (frame.xs(series.times), row.heights(series.values)) for code, series in layer.items()}
    if is_first and row.row is Row.DEPTH:
        _stack(painter, row, places, skin)
    if is_first and row.row is Row.LATENCY and {"p50", "p99"} <= layer.keys():
        _band(painter, row.rect, places, skin)
    for code, (xs, ys) in places.items():
        style = STYLES[code]
        draw_line(painter, xs, ys, style.tint(skin), style.dashes)


def _stack(painter: QPainter, row: RowFrame, places: dict[str, tuple[Floats, Floats]], skin: Theme) -> None:
    """Each area down to the curve below it."""
    ratio = painter.device().devicePixelRatioF()
    below: tuple[Floats, Floats] | None = None
    for code, (xs, ys) in places.items():
        floor: Floats | float = row.rect.bottom() if below is None or not below[0].size else np.interp(xs, *below)
        fill_between(painter, row.rect, xs, ys, floor, area_tile(STYLES[code], skin, ratio))
        below = xs, ys


def _band(painter: QPainter, area: QRectF, places: dict[str, tuple[Floats, Floats]], skin: Theme) -> None:
    xs, top = places["p99"]
    if xs.size and places["p50"][0].size:
        fill_between(painter, area, xs, top, np.interp(xs, *places["p50"]), plain_tile(faint(skin.accent, 0.13)))


def _bars(painter: QPainter, frame: Frame, row: RowFrame, bars: Bars, skin: Theme, *, is_first: bool) -> None:
    """Stacked; of a second run only their outlines."""
    if not bars.heights:
        return
    count = next(iter(bars.heights.values())).size
    width = bars.width * frame.layout.plot.width() / (frame.last - frame.first)
    air = max(1.0, _BAR_AIR * width)
    lefts = [round(x + air / 2) for x in frame.xs(bars.first + bars.width * np.arange(count, dtype=np.float64)).tolist()]
    wide = max(round(width - air), 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    ratio = painter.device().devicePixelRatioF()
    stacked = np.zeros(count)
    for code, heights in bars.heights.items():
        upper = stacked + np.where(heights > 0.0, heights, 0.0)
        bottoms, tops = row.heights(stacked), row.heights(upper)
        style = STYLES[code]
        painter.setPen(Qt.PenStyle.NoPen if is_first else pen(faint(style.tint(skin), 0.6), (), ratio))
        painter.setBrush(brush(style, skin, ratio) if is_first else Qt.BrushStyle.NoBrush)
        seen = np.flatnonzero(upper > stacked)
        highs = np.rint(np.minimum(tops, bottoms - 1.0)[seen]).astype(int).tolist()
        lows = np.rint(bottoms[seen]).astype(int).tolist()
        painter.drawRects([QRect(lefts[i], high, wide, low - high) for i, high, low in zip(seen.tolist(), highs, lows, strict=True)])
        stacked = upper


def _references(painter: QPainter, frame: Frame, row: RowFrame, skin: Theme) -> None:
    """The limit of a queue, and what theory expects."""
    if row.limit is not None:
        xs, ys = frame.xs(row.limit.times), row.heights(row.limit.values)
        draw_line(painter, xs, ys, skin.dead_lettered, CHAIN, weight=1.0)
    if row.theory is not None:
        height = row.heights(np.array([row.theory]))[0]
        across = np.array([row.rect.left(), row.rect.right()])
        draw_line(painter, across, np.full(2, height), skin.text, LONG, weight=1.0)


def paint_time_axis(painter: QPainter, frame: Frame, skin: Theme, now: str, hidden: QRectF | None = None) -> None:
    """Moments below the rows: seconds before now, or minutes and seconds. `hidden`: where something lies over them."""
    top = frame.layout.plot.bottom() + 2.0
    for time in frame.ticks:
        rect = QRectF(frame.x(time) - 40.0, top, 80.0, AXIS - 2.0)
        if rect.left() < -20.0 or (hidden is not None and hidden.intersects(rect.adjusted(16, 0, -16, 0))):
            continue
        write(painter, rect, moment(frame, time, now), DIGITS, skin.text_third, _CENTRE)


def moment(frame: Frame, time: float, now: str) -> str:
    """How a moment is written on the axis of this frame."""
    if not frame.relative:
        return clock(time, frame.step)
    before = frame.last - time
    if before < frame.step / 2:
        return now
    return f"−{clock(before, frame.step)}" if frame.step >= 60.0 else f"−{in_seconds(compact(before))}"


def paint_notes(painter: QPainter, frame: Frame, skin: Theme, nothing: str) -> None:
    """How high a peak is that goes beyond the scale, and that nothing has failed where that is so."""
    for row in frame.rows:
        if row.beyond is not None:
            text = f"▲ {compact(row.beyond[1])}"
            width = width_of(text, STRONG_DIGITS)
            left = min(max(frame.x(row.beyond[0]), 2.0), row.rect.right() - width - 8.0)
            rect = QRectF(left + 6.0, row.rect.top(), width + 2.0, 14.0)
            painter.fillRect(rect, faint(skin.panel, 0.8))
            write(painter, rect, text, STRONG_DIGITS, skin.text_second)
        elif row.bars and row.bars[0].heights and all(bars.greatest == 0.0 for bars in row.bars):
            middle = QRectF(row.rect.left(), row.rect.center().y() - 8.0, row.rect.width(), 16.0)
            write(painter, middle, nothing, SMALL, skin.text_third, _CENTRE)


def paint_names(painter: QPainter, frame: Frame, skin: Theme) -> None:
    """Which run is drawn strong and which faint, where there are two."""
    if len(frame.names) < 2:
        return
    strip = frame.layout.names
    left, top = strip.left() + 2.0, strip.top()
    most = int(strip.width() / len(frame.names)) - 42
    for place, whole in enumerate(frame.names):
        name = shortened(whole, STRONG, most)
        painter.setOpacity(1.0 if place == 0 else _BESIDE)
        across = np.array([left, left + 16.0])
        draw_line(painter, across, np.full(2, round(top + 7.0) + 0.5), skin.ok)
        painter.setOpacity(1.0)
        width = width_of(name, STRONG)
        write(painter, QRectF(left + 21.0, top, width + 2.0, 14.0), name, STRONG, skin.text if place == 0 else skin.text_third)
        left += width + 40.0


def paint_theory_notes(painter: QPainter, frame: Frame, skin: Theme, word: str) -> None:
    """A small word on each theory line, at its left end."""
    for row in frame.rows:
        if row.theory is None:
            continue
        height = float(row.heights(np.array([row.theory]))[0])
        above = height - 15.0 if height - 15.0 > row.rect.top() - LANE / 4 else height + 1.0
        write(painter, QRectF(6.0, above, 160.0, 14.0), word, LABEL, skin.text_second)
