"""Small panels that lie over the canvas: a pill with rounded ends in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from mqviz.gui import theme
from mqviz.gui.controls.painting import begin, box

PILL_HEIGHT = 36


class Pill(QWidget):
    """A box that lets nothing through: neither dots nor clicks."""

    def __init__(self, parent: QWidget, radius: float = 10.0) -> None:
        super().__init__(parent)
        self._radius = radius

    def event(self, event: QEvent) -> bool:
        """What is pressed on the pill is not for the canvas below it."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel):
            event.accept()
            return True
        return handled

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box."""
        painter, skin = begin(self), theme.current()
        box(painter, QRectF(self.rect()), self._radius, skin.card, skin.hairline)
        painter.end()
