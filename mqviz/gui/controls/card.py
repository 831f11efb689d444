"""A box with a hairline that holds things which belong together."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mqviz.gui.theme import Space


class Card(QFrame):
    """Put widgets into its `body`; `well` lies deeper than the panel, `card` on it."""

    def __init__(self, kind: Literal["card", "well"] = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        self.body.setSpacing(Space.S)
