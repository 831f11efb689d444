"""A figure that matters: what it is, how much, and how it changes."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mqviz.gui.controls.glyphs import StateGlyph
from mqviz.gui.controls.labels import ElidedLabel, label
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import State, set_role

_CAPTION = 96
"""Up to this width a caption is never cut."""

Tone = Literal["third", "ok", "warning", "danger"]


class FigureLabel(QWidget):
    """A shape with its word, the figure large in tabular digits, and below it what it does."""

    def __init__(self, caption: str, state: State | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = ElidedLabel(caption, "second", Size.BODY, Weight.MEDIUM)
        self._figure = label("–", "", Size.FIGURE, Weight.SEMIBOLD, tabular=True)
        self._delta = label(" ", "third", Size.CAPTION, Weight.MEDIUM, tabular=True)
        head = QHBoxLayout()
        head.setSpacing(5)
        self._caption.setMinimumWidth(min(_CAPTION, self._caption.fontMetrics().horizontalAdvance(caption) + 1))
        if state is not None:
            head.addWidget(StateGlyph(state))
        head.addWidget(self._caption, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(head)
        column.addWidget(self._figure)
        column.addWidget(self._delta)

    def set_figure(self, text: str, delta: str = "", tone: Tone = "third") -> None:
        """Shows a figure as it shall be read ("1,284") and its change ("+38/s")."""
        if text != self._figure.text():
            self._figure.setText(text)
            self.setAccessibleName(f"{self._caption.whole_text}: {text}")
        if delta != self._delta.text():
            self._delta.setText(delta or " ")
        if tone != self._delta.property("role"):
            set_role(self._delta, tone)

    def figure(self) -> str:
        """What it shows."""
        return self._figure.text()

    def delta(self) -> str:
        """What stands below."""
        return self._delta.text().strip()
