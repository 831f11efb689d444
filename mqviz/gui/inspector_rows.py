"""The things that belong to the selected node, a line each: a click goes there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mqviz.gui import icons, theme
from mqviz.gui.controls.labels import ElidedLabel, label
from mqviz.gui.controls.painting import begin, box, focus_ring
from mqviz.gui.controls.slots_bar import Slots, SlotsBar
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius, Space
from mqviz.gui.words import Words
from mqviz.viewmodel.facts import Row

_ICONS = {"broker": "memory", "queue": "queue", "exchange": "exchange", "producer": "producer", "consumer": "consumer"}
_ICONS |= {"service": "service", "translator": "translator"}
_GONE = ("killed", "disconnected", "stopped")
_TONES = {"killed": "danger", "failing": "danger", "disconnected": "danger", "slow": "warning", "hanging": "warning", "blocked": "warning"}
_MOST = 50
_AT_ONCE = 10
"""So many lines are made in one turn: a line takes two milliseconds, and the mouse wants to move."""
_TURN = 20
"""Milliseconds to the next turn: at once would be in the same frame."""


class Sign(QWidget):
    """The picture of a kind of node on a tinted square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = "queue"
        self.setFixedSize(36, 36)

    def set_kind(self, kind: str) -> None:
        """Show another kind."""
        self._icon = _ICONS.get(kind, "queue")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter, skin = begin(self), theme.current()
        box(painter, QRectF(self.rect()), Radius.CARD, skin.accent_soft)
        icons.paint(painter, self._icon, QRectF(9, 9, 18, 18), skin.accent)
        painter.end()


class _Line(QWidget):
    picked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._node = ""
        self._over = False
        self._label = ElidedLabel("", "", Size.LIST, mode=Qt.TextElideMode.ElideMiddle)
        self._slots = SlotsBar(10)
        self._slots.setFixedWidth(88)
        self._note = label("", "second", Size.BODY, Weight.MEDIUM, tabular=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note.setMinimumWidth(46)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._label, 1)
        row.addWidget(self._slots)
        row.addWidget(self._note)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(240, 28)

    def set_row(self, row: Row) -> None:
        self._node = row.node
        name = row.label or self._words.choice("dead_letter_exchange", "")  # only the default exchange has no name
        self._label.set_whole_text(name)
        self._slots.setVisible(row.held is not None and row.room >= 0)
        if row.held is not None:
            self._slots.set_slots(Slots(row.held, row.room, row.state in _GONE), str(row.held))
        text, tone = self._says(row)
        self._note.setText(text)
        if self._note.property("role") != tone:
            theme.set_role(self._note, tone)
        self.setAccessibleName(f"{name} {text}")

    def _says(self, row: Row) -> tuple[str, str]:
        if row.state in _TONES:
            return self._words.trait(row.state), _TONES[row.state]
        if row.room < 0 and row.held is not None:
            return self._words.number(row.held), "second"
        if row.rate is not None:
            return self._words.per_second(f"{row.rate:,.0f}"), "second"
        return self._words.trait(row.note), "second"

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._over = False
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.picked.emit(self._node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._node)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, skin, rect = begin(self), theme.current(), QRectF(self.rect())
        if self._over:
            box(painter, rect, Radius.CONTROL, skin.hover)
        if self.hasFocus():
            focus_ring(painter, rect, skin)
        painter.end()


class RowList(QWidget):
    """`picked(node)`: a line was clicked, or chosen by the keyboard."""

    picked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: list[_Line] = []
        self._rows: tuple[Row, ...] = ()
        self._more = label("", "third", Size.CAPTION)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(-0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._more)

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these; of very many only the first, and how many more there are."""
        self._rows = rows
        shown = rows[:_MOST]
        for _ in range(min(len(shown) - len(self._lines), _AT_ONCE)):
            self._lines.append(self._line())
        if len(self._lines) < len(shown):
            QTimer.singleShot(_TURN, self, lambda: self.set_rows(self._rows))
        for line, row in zip(self._lines, shown, strict=False):
            line.set_row(row)
        for index, line in enumerate(self._lines):
            line.setVisible(index < len(shown))
        self._more.setVisible(len(rows) > _MOST)
        self._more.setText(self.tr("and {0} more").format(len(rows) - _MOST))

    def _line(self) -> _Line:
        line = _Line(self._words)
        line.picked.connect(self.picked)
        self._column.insertWidget(len(self._lines), line)
        return line
