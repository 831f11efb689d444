"""Places for work, taken or free: the prefetch of a consumer, the workers of a service."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mqviz.gui import theme
from mqviz.gui.controls.painting import begin, box
from mqviz.gui.theme import Theme

_SMALLEST = 5.0


@dataclass(frozen=True, slots=True)
class Slots:
    """How many are taken, of how many (0: no limit); `gone`: whoever held them is not there."""

    filled: int = 0
    total: int = 0
    gone: bool = False


def slot_side(rect: QRectF, count: int) -> float:
    """The side of one slot when `count` stand in a row in `rect`; 0 when they would be too small to tell apart."""
    if count <= 0:
        return 0.0
    side = min(rect.height(), rect.width() / (count + _GAP * (count - 1)))
    return side if side >= _SMALLEST else 0.0


_GAP = 0.24


def paint_slots(painter: QPainter, rect: QRectF, slots: Slots, theme: Theme) -> None:
    """Draws the slots from the left; more than can be told apart become one bar with the same share filled."""
    count = slots.total or slots.filled
    side = slot_side(rect, count)
    if side:
        for index in range(count):
            square = QRectF(rect.left() + index * side * (1 + _GAP), 0, side, side)
            square.moveTop(rect.center().y() - side / 2)
            _slot(painter, square, index < slots.filled, slots.gone, theme)
    elif count:
        _bar(painter, rect, slots, theme)


def _slot(painter: QPainter, rect: QRectF, filled: bool, gone: bool, theme: Theme) -> None:
    radius = rect.width() * 0.28
    if gone:
        pen = QPen(theme.border, 1.0)
        pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    elif filled:
        box(painter, rect, radius, theme.unacked_soft, theme.unacked)
    else:
        box(painter, rect, radius, None, theme.border)


def _bar(painter: QPainter, rect: QRectF, slots: Slots, theme: Theme) -> None:
    height = min(rect.height(), 8.0)
    bar = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
    radius = height / 2
    box(painter, bar, radius, None if slots.gone else theme.track, theme.border)
    share = min(1.0, slots.filled / (slots.total or slots.filled))
    if share and not slots.gone:
        bar.setWidth(max(height, bar.width() * share))
        box(painter, bar, radius, theme.unacked_soft, theme.unacked)


class SlotsBar(QWidget):
    """Slots as a widget, for the inspector and for tables."""

    def __init__(self, side: int = 11, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._slots = Slots()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_slots(self, slots: Slots, description: str = "") -> None:
        """Shows other slots; `description` says the same to a screen reader."""
        if slots != self._slots:
            self._slots = slots
            self.update()
        self.setAccessibleDescription(description)

    def sizeHint(self) -> QSize:
        """Ten slots."""
        return QSize(round(self._side * (10 + 9 * _GAP)), self._side)

    def minimumSizeHint(self) -> QSize:
        """Narrow, for tables."""
        return QSize(40, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the slots."""
        painter = begin(self)
        paint_slots(painter, QRectF(self.rect()), self._slots, theme.current())
        painter.end()
