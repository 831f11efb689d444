"""A line that says what was just done, or why not, and goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mqviz.gui.hint import Hint
from mqviz.gui.theme import Space

STAYS = 4000
"""Milliseconds."""
_LOW = 400
"""In a picture of less height than this the nodes lie at the lower edge; there it stands over the legend for a while."""


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
            low = parent.height() < _LOW
            self.move(self.x(), parent.height() - self.height() - (Space.S if low else 72))
