"""Strokes that several widgets share: boxes with hairlines, focus rings, text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from mqviz.gui.theme import Radius, Theme


def begin(widget: QWidget) -> QPainter:
    """A painter with smooth edges; call `end` on it before `paintEvent` returns."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None, width: float = 1.0) -> None:
    """A rounded box whose line lies inside `rect`."""
    half = width / 2 if line is not None else 0.0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, theme: Theme, radius: float = Radius.CONTROL) -> None:
    """The 2 px ring of the control that has the keyboard, inside `rect`."""
    box(painter, rect, radius, None, theme.accent, 2.0)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of text in the middle of the height of `rect`."""
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def faint(colour: QColor, opacity: float) -> QColor:
    """The same colour, translucent."""
    result = QColor(colour)
    result.setAlphaF(opacity)
    return result


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """A rounded rectangle as a path, for cutting others to its shape."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path
