"""Questions before something is destroyed that no restart brings back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mqviz.gui.controls.labels import label
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space, set_role


class Question(QDialog):
    """`agreed`: the user wants it. With a `word`, only once that word is typed."""

    agreed = Signal()

    def __init__(self, parent: QWidget, title: str, lines: tuple[str, ...], deed: str, word: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._word = word
        self.typed = QLineEdit()
        self.typed.setAccessibleName(self.tr("Name"))
        self.typed.setPlaceholderText(word)
        self.typed.setVisible(bool(word))
        self.typed.textChanged.connect(self._judge)
        self.deed_button, self.cancel_button = QPushButton(deed), QPushButton(self.tr("Cancel"))
        set_role(self.deed_button, "danger")
        self.deed_button.clicked.connect(self._agree)
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setDefault(True)
        self._arrange(title, lines)
        self._judge()

    def _arrange(self, title: str, lines: tuple[str, ...]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(label(title, "", Size.TITLE, Weight.SEMIBOLD))
        for line in lines:
            words = label(line, "second", Size.LIST)
            words.setWordWrap(True)
            words.setMinimumWidth(380)
            column.addWidget(words)
        column.addWidget(self.typed)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.deed_button)
        column.addLayout(row)

    def _judge(self) -> None:
        self.deed_button.setEnabled(not self._word or self.typed.text() == self._word)

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()
