"""What a test of a connection has found: a line for each check, with a tick, or with what failed and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mqviz.gui import icons, theme
from mqviz.gui.controls.labels import label
from mqviz.gui.controls.painting import begin
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.live_words import LiveWords
from mqviz.gui.theme import Space
from mqviz.model.feed import Check


class _Sign(QWidget):
    """A tick, or a warning."""

    def __init__(self, is_well: bool) -> None:
        super().__init__()
        self._is_well = is_well
        self.setFixedSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, skin = begin(self), theme.current()
        icons.paint(
            painter, "check" if self._is_well else "warning", QRectF(1, 1, 16, 16), skin.ok if self._is_well else skin.dead_lettered
        )
        painter.end()


class CheckList(QWidget):
    """Shows the checks so far; those that went well in one line, the others in three."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = LiveWords(self)
        self._shown: tuple[Check, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(2, 1)

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says, a line for each check."""
        return tuple(f"{self._words.step(check.step)}: {self._said(check)}" for check in self._shown)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these; nothing happens where they are the same as before."""
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, check in enumerate(self._shown):
            self._add(row, check)

    def _add(self, row: int, check: Check) -> None:
        top = Qt.AlignmentFlag.AlignTop
        words = label(self._said(check), "" if check.trouble else "second", Size.BODY)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(_Sign(check.trouble is None), row, 0, top)
        self._grid.addWidget(label(self._words.step(check.step), "", Size.BODY, Weight.MEDIUM), row, 1, top)
        self._grid.addWidget(words, row, 2)

    def _said(self, check: Check) -> str:
        if check.trouble is None:
            return self._words.well(check)
        said = f"{self._words.trouble(check.trouble)} {self._words.mend(check.trouble)}"
        return f"{said}\n{check.detail}" if check.detail else said
