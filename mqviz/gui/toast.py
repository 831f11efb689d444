"""A line that says what was just done, or why not, and goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mqviz.gui.hint import Hint

STAYS = 4000
"""Milliseconds."""


class Toast(Hint):
    """Like a hint, at the lower edge, for a few seconds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS)
        self._timer.timeout.connect(self.hide)

    def say(self, text: str) -> None:
        """Show a line for a few seconds."""
        super().say(text)
        self._timer.start()

    def _place(self) -> None:
        super()._place()
        parent = self.parentWidget()
        if parent is not None:
            self.move(self.x(), parent.height() - self.height() - 72)
