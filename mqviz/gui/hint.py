"""One line over the picture that says what could be done next; it goes when it was done or closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import label
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space

_BELOW_CAPTIONS = 44
"""Pixels; the captions of the picture's columns stand above."""


class Hint(QFrame):
    """Sits in the upper middle of its parent. `closed`: the user does not want it any more."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._text = label("", "", Size.LIST, Weight.MEDIUM)
        close = IconButton("close", self.tr("Close the hint"), size=12)
        close.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.XS, Space.XS, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(self._text)
        row.addWidget(close)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Show a line; an empty one hides it."""
        self.setVisible(bool(text))
        if text != self._text.text():
            self._text.setText(text)
            self._place()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text() if self.isVisible() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the parent changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self._fit_into(parent.width() - 2 * Space.S)
            self.move(QPoint((parent.width() - self.width()) // 2, _BELOW_CAPTIONS))
            self.raise_()

    def _fit_into(self, widest: int) -> None:
        """As wide as its line; where there is no room for that, in several lines."""
        self._text.setWordWrap(False)
        self.adjustSize()
        if self.width() > widest:
            self._text.setWordWrap(True)
            self.resize(widest, self.heightForWidth(widest))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
