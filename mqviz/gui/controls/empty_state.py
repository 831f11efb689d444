"""What stands where nothing is, and what one can do about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mqviz.gui import icons, theme
from mqviz.gui.controls.labels import label
from mqviz.gui.controls.painting import begin, box
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius, Space, set_role


class _Sign(QWidget):
    """An icon on a soft square."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(QSize(40, 40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it."""
        painter, skin = begin(self), theme.current()
        box(painter, QRectF(self.rect()), Radius.CARD, skin.chip)
        icons.paint(painter, self._icon, QRectF(10, 10, 20, 20), skin.text_second)
        painter.end()


class EmptyState(QWidget):
    """An icon, a line, an explanation and at most one button; `acted` tells that it was pressed."""

    acted = Signal()

    def __init__(self, icon: str, title: str, text: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(title, "", Size.LIST, Weight.SEMIBOLD)
        self._text = label(text, "second", Size.BODY)
        self._button = QPushButton(action)
        set_role(self._button, "link")
        self._button.clicked.connect(self.acted)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for words in (self._title, self._text):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.XL, Space.L, Space.XL)
        column.setSpacing(Space.S)
        column.addStretch(1)
        column.addWidget(_Sign(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.set_texts(title, text, action)

    def set_texts(self, title: str, text: str = "", action: str = "") -> None:
        """Says something else; what is empty is not shown."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(action)
        self._button.setVisible(bool(action))
