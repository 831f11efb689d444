"""Small panels that lie over the canvas: a pill with rounded ends in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from mqviz.gui import theme
from mqviz.gui.controls.painting import box
from mqviz.gui.theme import Theme

PILL_HEIGHT = 36


class Pill(QWidget):
    """A box that lets nothing through: neither dots nor clicks.

    What it shows is kept as a pixmap: the canvas below is painted many times a second, and Qt then paints what lies above it, too.
    """

    def __init__(self, parent: QWidget, radius: float = 10.0) -> None:
        super().__init__(parent)
        self._radius = radius
        self._kept = QPixmap()

    def refresh(self) -> None:
        """Shows what is true now."""
        self._kept = QPixmap()
        self.update()

    def paint(self, painter: QPainter, skin: Theme) -> None:
        """Draws what is in the box."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is pressed on the pill is not for the canvas below it."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nor what is let go."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nor the wheel."""
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours or another language."""
        super().changeEvent(event)
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box and what is in it."""
        ratio = self.devicePixelRatioF()
        if self._kept.isNull() or self._kept.size() != self.size() * ratio:
            self._kept = self._draw(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept)
        painter.end()

    def _draw(self, ratio: float) -> QPixmap:
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter, skin = QPainter(pixmap), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box(painter, QRectF(self.rect()), self._radius, skin.card, skin.hairline)
        self.paint(painter, skin)
        painter.end()
        return pixmap
