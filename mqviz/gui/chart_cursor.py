"""What follows the mouse over the chart: the crosshair, and a card in every row that says what the curves are there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from mqviz.gui.chart_axes import clock, duration
from mqviz.gui.chart_frame import AXIS, Frame, RowFrame
from mqviz.gui.chart_ink import SOLID, STYLES, pen
from mqviz.gui.chart_legend import SAMPLE, paint_sample
from mqviz.gui.chart_readings import Reading
from mqviz.gui.chart_text import STRONG_DIGITS, width_of, write
from mqviz.gui.controls.painting import box, faint
from mqviz.gui.theme import Radius, Theme
from mqviz.viewmodel.chart_rows import Row

_CARD = 18.0
_PAD = 7.0
_BETWEEN = 10.0
_OFF = 9.0
_CENTRE = Qt.AlignmentFlag.AlignHCenter

Readings = dict[Row, list[Reading]]


def paint_cursor(painter: QPainter, frame: Frame, time: float, readings: Readings, skin: Theme) -> None:
    """A line through all rows at a moment, a mark on every curve, a card beside it in every row, the moment below."""
    plot, x = frame.layout.plot, frame.x(time)
    painter.setPen(pen(skin.text_second, SOLID, painter.device().devicePixelRatioF()))
    painter.drawLine(QPointF(round(x) + 0.5, plot.top()), QPointF(round(x) + 0.5, plot.bottom()))
    for row in frame.rows:
        _marks(painter, frame, row, time, skin)
        _card(painter, row, x + _OFF, x - _OFF, readings.get(row.row, []), skin)
    text = moment_at(frame, time)
    _paint_bubble(painter, _bubble(frame, x, text), text, skin)


def moment_at(frame: Frame, time: float) -> str:
    """A moment in full: minutes and seconds with tenths, and how long ago."""
    ago = frame.now - time
    return f"{clock(time, 0.1)} · −{duration(ago)}" if ago >= 0.05 else clock(time, 0.1)


def paint_range(painter: QPainter, frame: Frame, first: float, last: float, readings: Readings, word: str, skin: Theme) -> None:
    """A stretch of time that was dragged over, with mean and greatest value of every curve."""
    plot, left, right = frame.layout.plot, frame.x(first), frame.x(last)
    painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), faint(skin.accent, 0.14))
    painter.setPen(pen(skin.accent, SOLID, painter.device().devicePixelRatioF()))
    for x in (left, right):
        painter.drawLine(QPointF(round(x) + 0.5, plot.top()), QPointF(round(x) + 0.5, plot.bottom()))
    for row in frame.rows:
        _card(painter, row, right + _OFF, left - _OFF, readings.get(row.row, []), skin)
    _paint_bubble(painter, range_bubble(frame, first, last, word), _range_text(first, last, word), skin)


def _range_text(first: float, last: float, word: str) -> str:
    return f"{clock(first, 0.1)} – {clock(last, 0.1)} · {duration(last - first)} · {word}"


def range_bubble(frame: Frame, first: float, last: float, word: str) -> QRectF:
    """Where the ends of a stretch of time are written."""
    return _bubble(frame, (frame.x(first) + frame.x(last)) / 2, _range_text(first, last, word))


def _marks(painter: QPainter, frame: Frame, row: RowFrame, time: float, skin: Theme) -> None:
    for code, series in row.layers[0].items() if row.layers else ():
        place = int(np.searchsorted(series.times, time, side="right")) - 1
        if not 0 <= place < series.times.size or time > frame.now:
            continue
        value = float(np.interp(time, series.times, series.values))
        height = float(row.heights(np.array([value]))[0])
        if np.isnan(height) or height < row.rect.top():
            continue
        painter.setPen(pen(skin.panel, SOLID, 1.0))
        painter.setBrush(STYLES[code].tint(skin))
        painter.drawEllipse(QPointF(frame.x(time), height), 3.2, 3.2)


def _card(painter: QPainter, row: RowFrame, right_of: float, left_of: float, readings: list[Reading], skin: Theme) -> None:
    """One line of values at the top of a row, on the side where there is room."""
    if not readings:
        return
    widths = [SAMPLE + 4.0 + width_of(reading.text, STRONG_DIGITS) for reading in readings]
    whole = sum(widths) + _BETWEEN * (len(widths) - 1) + 2 * _PAD
    left = right_of if right_of + whole <= row.rect.right() else max(left_of - whole, row.rect.left() + 2.0)
    rect = QRectF(left, row.rect.top() + 2.0, whole, _CARD)
    box(painter, rect, Radius.SMALL, faint(skin.card, 0.94), skin.border)
    x = rect.left() + _PAD
    for reading, width in zip(readings, widths, strict=True):
        paint_sample(painter, QRectF(x, rect.top(), SAMPLE, rect.height()), reading.code, skin)
        write(painter, QRectF(x + SAMPLE + 4.0, rect.top(), width, rect.height() - 0.5), reading.text, STRONG_DIGITS, skin.text)
        x += width + _BETWEEN


def _bubble(frame: Frame, x: float, text: str) -> QRectF:
    """Room for a text on the axis, about `x`."""
    width = width_of(text, STRONG_DIGITS) + 2 * _PAD
    plot = frame.layout.plot
    left = min(max(x - width / 2, plot.left()), frame.layout.width - width)
    return QRectF(left, plot.bottom() + 2.0, width, AXIS - 3.0)


def _paint_bubble(painter: QPainter, rect: QRectF, text: str, skin: Theme) -> None:
    box(painter, rect, Radius.SMALL, skin.tip)
    write(painter, rect, text, STRONG_DIGITS, skin.tip_text, _CENTRE)
