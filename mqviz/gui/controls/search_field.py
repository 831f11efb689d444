"""A field to find things, with a lens and a cross to clear it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mqviz.gui import fonts, icons, theme
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.painting import begin
from mqviz.gui.fonts import Size
from mqviz.gui.theme import set_role


class SearchField(QLineEdit):
    """Escape clears it; `down_pressed` and `returnPressed` lead on to what was found."""

    down_pressed = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(fonts.font(Size.LIST))
        self.set_placeholder(placeholder)
        self.setTextMargins(22, 0, 18, 0)
        self.setMinimumHeight(32)
        set_role(self, "search")
        self._clear = IconButton("close", self.tr("Clear the search"), size=12, parent=self)
        self._clear.setFixedSize(22, 22)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(self._offer_clearing)

    def set_placeholder(self, text: str) -> None:
        """What it finds; also its name for screen readers."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def _offer_clearing(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears, down goes to what was found; everything else is typing."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the cross at the end."""
        super().resizeEvent(event)
        self._clear.move(self.width() - 28, (self.height() - 22) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Adds the lens."""
        super().paintEvent(event)
        painter = begin(self)
        icons.paint(painter, "search", QRectF(9, self.height() / 2 - 8, 16, 16), theme.current().text_second)
        painter.end()
