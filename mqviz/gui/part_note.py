"""What the canvas leaves out: a line over the legend, which is not there where everything is drawn."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from mqviz.gui.cards.words import CardWords
from mqviz.gui.ink import Ink, Style, width
from mqviz.gui.overlay import Pill
from mqviz.gui.theme import Theme
from mqviz.viewmodel.part import Part

_HEIGHT = 28
_PAD = 14.0


class PartNote(Pill):
    """ "80 of 5,000 queues, the worst first"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _HEIGHT / 2)
        self._words = CardWords()
        self._text = ""
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty where nothing is left out."""
        return self._text

    def show_part(self, part: Part) -> None:
        """Say how much of the broker is drawn."""
        self._text = self._said(part)
        self.setFixedSize(round(width(self._text, Style.BODY) + 2 * _PAD), _HEIGHT)
        self.setAccessibleName(self._text)
        self.setVisible(bool(self._text))
        self.refresh()

    def _said(self, part: Part) -> str:
        if part.matching < part.queues:
            if part.matching == 0:
                return self.tr("No queue matches the search")
            return self.tr("{0} of {1} matching queues, the worst first").format(f"{part.shown:,}", f"{part.matching:,}")
        if part.is_whole:
            return ""
        return self.tr("{0} of {1} queues, the worst first; search finds the others").format(f"{part.shown:,}", f"{part.queues:,}")

    def paint(self, painter: QPainter, skin: Theme) -> None:
        """Draws the line."""
        Ink(painter, skin, self._words).write(_PAD, _HEIGHT / 2 + 4.5, self._text, Style.BODY, skin.text_second)
