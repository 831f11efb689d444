"""The tube of a queue for the canvas: as `controls.level_bar` looks, but made for hundreds of repaints a second."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPen

from mqviz.gui.controls.level_bar import shares
from mqviz.gui.controls.painting import faint
from mqviz.gui.ink import Ink

_LEAST = 2.5
_TICK = 5.5
_HATCH = 4.5
_HARD = 1e-4


def paint_tube(ink: Ink, rect: QRectF, ready: float, unacked: float, colour: QColor) -> None:
    """Unacked hatched at the right end, ready left of it with ticks; both are shares of the tube, 0 to 1."""
    ready, unacked = shares(ready, unacked)
    held = _width(rect, unacked)
    waiting = min(_width(rect, ready), rect.width() - held)
    middle, left = rect.right() - held, rect.right() - held - waiting
    _fill(ink, rect, left, middle, colour)
    if waiting > _TICK:
        ink.painter.setPen(QPen(faint(ink.skin.card, 0.3), 1.0))
        count = int((waiting - 1) / _TICK)
        ink.painter.drawLines(
            [QLineF(middle - _TICK * i, rect.top() + 1, middle - _TICK * i, rect.bottom() - 1) for i in range(1, count + 1)]
        )
    if held:
        ink.painter.setPen(QPen(ink.skin.unacked, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        ink.painter.drawLines(_hatch(rect, middle))


def paint_plain_tube(ink: Ink, rect: QRectF, ready: float, unacked: float, colour: QColor) -> None:
    """The same seen from far away: without corners, ticks and hatch."""
    ready, unacked = shares(ready, unacked)
    held = rect.width() * unacked
    waiting = rect.width() * ready
    ink.painter.fillRect(rect, ink.skin.track)
    ink.painter.fillRect(QRectF(rect.right() - held - waiting, rect.top(), waiting, rect.height()), colour)
    ink.painter.fillRect(QRectF(rect.right() - held, rect.top(), held, rect.height()), ink.skin.unacked)


def _width(rect: QRectF, share: float) -> float:
    return max(_LEAST, rect.width() * share) if share > 0 else 0.0


def _fill(ink: Ink, rect: QRectF, left: float, middle: float, colour: QColor) -> None:
    """One rounded box with hard steps of colour costs a tenth of cutting pieces out of it."""
    steps = QLinearGradient(QPointF(rect.left(), 0), QPointF(rect.right(), 0))
    ends = [0.0, *(min(1.0, max(0.0, (x - rect.left()) / rect.width())) for x in (left, middle)), 1.0]
    for start, end, fill in zip(ends, ends[1:], (ink.skin.track, colour, ink.skin.unacked_soft), strict=False):
        if end - start > 2 * _HARD:
            steps.setColorAt(start + _HARD if start else 0.0, fill)
            steps.setColorAt(end - _HARD if end < 1.0 else 1.0, fill)
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(steps)
    ink.painter.drawRoundedRect(rect, 4.0, 4.0)


def _hatch(rect: QRectF, left: float) -> list[QLineF]:
    """Slanting lines from `left` to the right end, cut at both."""
    lines, x, height = [], left - rect.height() + _HATCH / 2, rect.height()
    right = rect.right() - 0.8
    while x < right:
        begin, end = max(x, left), min(x + height, right)
        if begin < end:
            lines.append(QLineF(begin, rect.bottom() - (begin - x), end, rect.bottom() - (end - x)))
        x += _HATCH
    return lines
