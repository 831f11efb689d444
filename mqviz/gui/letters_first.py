"""The space bar belongs to a button or list that has the keyboard, before it means play or pause."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QApplication

_LETTERS = (QAbstractButton, QAbstractItemView, QAbstractSlider)


class LettersFirst(QObject):
    """Watches the whole program as long as its parent lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the space bar from being a shortcut where it presses something."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(watched, _LETTERS):
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                event.accept()
                return True
        return super().eventFilter(watched, event)
