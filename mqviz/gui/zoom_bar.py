"""Smaller, how large, larger, all: the pill at the right lower corner of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mqviz.gui import fonts
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.overlay import PILL_HEIGHT, Pill


class ZoomBar(Pill):
    """Its buttons can be reached with the keyboard; the figure goes back to 100 % when pressed."""

    zoom_out = Signal()
    zoom_in = Signal()
    full_size = Signal()
    fit = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._out, self._in, self._fit = IconButton("minus", ""), IconButton("plus", ""), IconButton("fit", "")
        self._figure = QToolButton()
        self._figure.setFont(fonts.font(Size.BODY, Weight.MEDIUM, tabular=True))
        self._figure.setFixedWidth(52)
        self._figure.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(0)
        pairs = ((self._out, self.zoom_out), (self._figure, self.full_size), (self._in, self.zoom_in), (self._fit, self.fit))
        for button, wish in pairs:
            button.setFixedHeight(PILL_HEIGHT - 6)
            button.clicked.connect(wish)
            row.addWidget(button)
        self.set_zoom(1.0)
        self._translate()

    def set_zoom(self, zoom: float) -> None:
        """Shows the zoom."""
        text = f"{round(zoom * 100)}%"
        if text != self._figure.text():
            self._figure.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        self.setAccessibleName(self.tr("Zoom"))
        self._out.set_name(self.tr("Zoom out"), self.tr("Zoom out (−)"))
        self._in.set_name(self.tr("Zoom in"), self.tr("Zoom in (+)"))
        self._fit.set_name(self.tr("Fit"), self.tr("See everything that can be read (F); again: all of it"))
        self._figure.setToolTip(self.tr("Back to 100 %"))
        self._figure.setAccessibleName(self.tr("Zoom: back to 100 %"))
