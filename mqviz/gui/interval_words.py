"""How often a live broker is asked, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox

from mqviz.model.feed import INTERVALS


class IntervalWords(QObject):
    """The intervals that can be chosen."""

    def word(self, seconds: float | None) -> str:
        """One of them."""
        return self.tr("off") if seconds is None else self.tr("every {0} s").format(f"{seconds:g}")

    def fill(self, box: QComboBox) -> None:
        """Offer all of them; the seconds are each item's data."""
        for seconds in INTERVALS:
            box.addItem(self.word(seconds), seconds)

    def show(self, box: QComboBox, seconds: float | None) -> None:
        """Choose one; an interval that is not among them is added."""
        place = next((place for place in range(box.count()) if box.itemData(place) == seconds), -1)
        if place < 0:
            box.addItem(self.word(seconds), seconds)
            place = box.count() - 1
        if box.currentIndex() != place:
            box.setCurrentIndex(place)
