"""A message before and after its translation, side by side: read, scrolled, copied, and larger in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mqviz.gui import fonts
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import label
from mqviz.gui.fonts import Size
from mqviz.gui.theme import Space

HEIGHT = 132


class Sheet(QWidget):
    """One text with its heading. A new text waits while somebody points at the old one or has marked some of it."""

    def __init__(self, heading: str, size: Size) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(fonts.font(size))
        self.text.setAccessibleName(heading)
        self.text.setWordWrapMode(self.text.wordWrapMode().WrapAnywhere)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy = IconButton("copy", self.tr("Copy"), size=14)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        head = QHBoxLayout()
        head.addWidget(label(heading, "third", Size.CAPTION), 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.text, 1)

    @property
    def is_in_use(self) -> bool:
        """Whether somebody reads here."""
        return self.underMouse() or self.text.hasFocus() or self.text.textCursor().hasSelection()

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text.toPlainText():
            self.text.setPlainText(text)


class TranslationView(QWidget):
    """Both sheets; `show_texts(before, after)` after each update. They always belong together."""

    def __init__(self, before: str, after: str, size: Size = Size.CAPTION, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings = (before, after)
        self.before, self.after = Sheet(before, size), Sheet(after, size)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.before, 1)
        row.addWidget(self.after, 1)

    def clear(self) -> None:
        """Another translator is looked at."""
        self.before.show_text("")
        self.after.show_text("")

    def show_texts(self, before: str, after: str) -> None:
        """The newest message, unless somebody reads the one before."""
        is_empty = not self.before.text.toPlainText()
        if is_empty or not (self.before.is_in_use or self.after.is_in_use):
            self.before.show_text(before)
            self.after.show_text(after)

    def larger(self) -> QDialog:
        """A window with the same two texts, which stay as they are."""
        dialog = QDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("A message, before and after"))
        view = TranslationView(*self._headings, Size.LIST)
        view.show_texts(self.before.text.toPlainText(), self.after.text.toPlainText())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(dialog.reject)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.L)
        column.addWidget(view, 1)
        column.addWidget(buttons)
        dialog.resize(760, 420)
        return dialog


class TranslationPart(QWidget):
    """The sheets in the inspector, and the button for more room."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__()
        self.view = TranslationView(before, after)
        self.view.setFixedHeight(HEIGHT)
        self._button = QPushButton(self.tr("Compare in a larger window"))
        self._button.clicked.connect(lambda: self.view.larger().open())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.view)
        column.addWidget(self._button)
