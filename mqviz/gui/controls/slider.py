"""A slider that goes where one presses, and leaves the mouse wheel to the page unless it has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from mqviz.gui import theme
from mqviz.gui.controls.painting import begin, box
from mqviz.gui.theme import Theme

KNOB = 7.0
_REACH = 11.0
"""The knob's radius, and that of its focus ring."""


class Slider(QSlider):
    """A horizontal slider in the look of the program; signals are those of `QSlider`."""

    inset = _REACH
    """Distance from the edge of the widget to the ends of the track."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(120, 24)

    def minimumSizeHint(self) -> QSize:
        """Wide enough to aim."""
        return QSize(60, 24)

    def knob(self) -> QPointF:
        """The middle of the knob."""
        span = max(1, self.maximum() - self.minimum())
        share = (self.sliderPosition() - self.minimum()) / span
        return QPointF(self.inset + share * self._length(), self.track_y())

    def track_y(self) -> float:
        """The height of the track's middle."""
        return self.height() / 2

    def _length(self) -> float:
        return max(1.0, self.width() - 2 * self.inset)

    def position_at(self, x: float) -> int:
        """The position of the slider for a place of the mouse."""
        share = min(1.0, max(0.0, (x - self.inset) / self._length()))
        return self.minimum() + round(share * (self.maximum() - self.minimum()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the knob wherever one presses."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self.setSliderPosition(self.position_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws the knob along."""
        if self.isSliderDown():
            self.setSliderPosition(self.position_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns only when it has the keyboard, so that scrolling a panel changes nothing by accident."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws track, filled part and knob."""
        painter, skin = begin(self), theme.current()
        self.paint_track(painter, skin)
        self.paint_knob(painter, skin)
        painter.end()

    def paint_track(self, painter: QPainter, skin: Theme) -> None:
        """Draws the track and what lies before the knob."""
        y = self.track_y()
        box(painter, QRectF(self.inset, y - 2, self._length(), 4), 2, skin.track)
        filled = QRectF(self.inset, y - 2, self.knob().x() - self.inset, 4)
        box(painter, filled, 2, self._ink(skin))

    def paint_knob(self, painter: QPainter, skin: Theme) -> None:
        """Draws the knob, with the focus ring around it."""
        middle = self.knob()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(skin.accent, 2.0))
            painter.drawEllipse(middle, _REACH - 1, _REACH - 1)
        hovered = self.isEnabled() and (self.underMouse() or self.isSliderDown())
        painter.setBrush(skin.accent_soft if hovered else skin.knob)
        painter.setPen(QPen(self._ink(skin), 2.0))
        painter.drawEllipse(middle, KNOB - 1, KNOB - 1)

    def _ink(self, skin: Theme) -> QColor:
        return skin.accent if self.isEnabled() else skin.border
