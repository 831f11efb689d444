"""The right side of the window: the inspector, and beneath it the ledger, which is brief where both have no room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mqviz.gui.ledger_strip import LedgerStrip
from mqviz.gui.theme import set_role

LOW = 400
"""Below this height the ledger tells its verdict only."""


class SideColumn(QWidget):
    """Both, one over the other."""

    def __init__(self, inspector: QWidget, ledger: LedgerStrip) -> None:
        super().__init__()
        set_role(self, "panel")
        self._ledger = ledger
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(inspector, 1)
        column.addWidget(ledger)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the inspector the room that it needs."""
        super().resizeEvent(event)
        self._ledger.set_brief(self.height() < LOW)
