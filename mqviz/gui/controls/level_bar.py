"""A queue as a tube that fills towards its consumers."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mqviz.gui import theme
from mqviz.gui.controls.painting import begin, faint, rounded
from mqviz.gui.theme import State, Theme

_TICK = 5.5
_HATCH = 4.5


def shares(ready: float, unacked: float) -> tuple[float, float]:
    """Both as shares of the tube, scaled down together when there is more than fits."""
    ready, unacked = max(0.0, ready), max(0.0, unacked)
    total = max(1.0, ready + unacked)
    return ready / total, unacked / total


def paint_level(painter: QPainter, rect: QRectF, ready: float, unacked: float, theme: Theme, state: State = State.READY) -> None:
    """Draws a tube: unacked hatched at the right end, ready left of it with ticks.

    Both are shares of the limit (or of any scale), 0 to 1. `state` colours the ready part, e.g. of a dead letter queue.
    """
    radius = min(4.0, rect.height() / 3)
    tube = rounded(rect, radius)
    painter.fillPath(tube, theme.track)
    ready_share, unacked_share = shares(ready, unacked)
    held = _part(rect, 1.0, unacked_share)
    waiting = _part(rect, 1.0 - unacked_share, ready_share)
    if waiting.width() > 0:
        painter.fillPath(_cut(tube, waiting), theme.of(state))
        _ticks(painter, waiting, faint(theme.panel, 0.28))
    if held.width() > 0:
        piece = _cut(tube, held)
        painter.fillPath(piece, theme.unacked_soft)
        painter.fillPath(_hatch(held).intersected(piece), theme.unacked)


def _part(rect: QRectF, end: float, share: float) -> QRectF:
    """The piece that ends at `end`; what is there at all is at least 2 px wide, so that it can be seen."""
    width = max(2.0, rect.width() * share) if share > 0 else 0.0
    return QRectF(rect.left() + rect.width() * end - width, rect.top(), width, rect.height()).intersected(rect)


def _cut(tube: QPainterPath, piece: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(piece)
    return tube.intersected(path)


def _ticks(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    painter.setPen(colour)
    count = int((rect.width() - 2) / _TICK)
    right = rect.right()
    painter.drawLines([QLineF(right - _TICK * i, rect.top() + 1, right - _TICK * i, rect.bottom() - 1) for i in range(1, count + 1)])


def _hatch(rect: QRectF) -> QPainterPath:
    lines = QPainterPath()
    left = rect.left() - rect.height()
    while left < rect.right():
        lines.moveTo(left, rect.bottom() + 1)
        lines.lineTo(left + rect.height() + 1, rect.top() - 1)
        left += _HATCH
    stroker = QPainterPathStroker()
    stroker.setWidth(1.8)
    stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
    return stroker.createStroke(lines)


class LevelBar(QWidget):
    """The tube as a widget, for the inspector and for tables."""

    def __init__(self, height: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._ready = self._unacked = 0.0
        self._state = State.READY
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_level(self, ready: float, unacked: float, description: str = "", state: State = State.READY) -> None:
        """Shows two shares of the limit, 0 to 1; `description` says the same to a screen reader."""
        if (ready, unacked, state) != (self._ready, self._unacked, self._state):
            self._ready, self._unacked, self._state = ready, unacked, state
            self.update()
        self.setAccessibleDescription(description)

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(160, self._height)

    def minimumSizeHint(self) -> QSize:
        """Narrow, for tables."""
        return QSize(40, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the tube."""
        painter = begin(self)
        paint_level(painter, QRectF(self.rect()), self._ready, self._unacked, theme.current(), self._state)
        painter.end()
