"""A small whole number with a minus and a plus."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from mqviz.gui import fonts, theme
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.number_field import LAYS_OUT
from mqviz.gui.controls.painting import begin, box, focus_ring
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius, set_role


class _Count(QSpinBox):
    """The number in the middle, in words of whoever uses it."""

    def __init__(self, describe: Callable[[int], str]) -> None:
        super().__init__()
        self._describe = describe
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)
        self.setFont(fonts.font(Size.LIST, Weight.MEDIUM, tabular=True))
        self.editingFinished.connect(self._settle)
        set_role(self, "bare")

    def textFromValue(self, value: int) -> str:
        """The number in words."""
        return self._describe(value)

    def valueFromText(self, text: str) -> int:
        """The first number in the text."""
        found = re.search(r"-?\d+", text)
        return int(found.group()) if found else self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Anything with a number in the range, or still without one."""
        found = re.search(r"-?\d+", text)
        good = found is not None and self.minimum() <= int(found.group()) <= self.maximum()
        return (QValidator.State.Acceptable if good else QValidator.State.Intermediate, text, position)

    def is_being_typed(self) -> bool:
        """Whether the text was changed and not yet confirmed."""
        return self.lineEdit().isModified()

    def _settle(self) -> None:
        self.lineEdit().setModified(False)

    def event(self, event: QEvent) -> bool:
        """Keeps its line where it belongs after everything that lays it out."""
        done = super().event(event)
        if event.type() in LAYS_OUT:
            self.lineEdit().setGeometry(self.rect())
        return done

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns only when it has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Stepper(QWidget):
    """`changed(value)` tells each step of the user; `describe` puts the number in words ("3 attempts")."""

    changed = Signal(int)

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        value: int,
        describe: Callable[[int], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._count = _Count(describe)
        self._count.setAccessibleName(name)
        self._count.setRange(low, high)
        self._count.setValue(value)
        self._fewer = IconButton("minus", self.tr("Fewer: {0}").format(name), size=14)
        self._more = IconButton("plus", self.tr("More: {0}").format(name), size=14)
        self._arrange()
        self._fewer.clicked.connect(self._count.stepDown)
        self._more.clicked.connect(self._count.stepUp)
        self._count.valueChanged.connect(self._changed)
        self._limit()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for button in (self._fewer, self._more):
            button.setFixedSize(28, 24)
            button.setAutoRepeat(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the number between them takes up and down
        row.addWidget(self._fewer)
        row.addWidget(self._count, 1)
        row.addWidget(self._more)
        self.setFocusProxy(self._count)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for a number and a word."""
        return QSize(152, 28)

    def value(self) -> int:
        """What it shows."""
        return self._count.value()

    def set_value(self, value: int) -> None:
        """Shows another value without a signal, unless the user is typing one."""
        if self._count.is_being_typed():
            return
        self._count.blockSignals(True)
        self._count.setValue(value)
        self._count.blockSignals(False)
        self._limit()

    def set_reason(self, reason: str) -> None:
        """Greys it with a reason as its tooltip; an empty reason makes it usable."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def _changed(self, value: int) -> None:
        self._limit()
        self.changed.emit(value)

    def _limit(self) -> None:
        self._fewer.setEnabled(self._count.value() > self._count.minimum())
        self._more.setEnabled(self._count.value() < self._count.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the track, and the ring when the number has the keyboard."""
        painter, skin, rect = begin(self), theme.current(), QRectF(self.rect())
        box(painter, rect, Radius.CONTROL, skin.track)
        if self._count.hasFocus():
            focus_ring(painter, rect, skin)
        painter.end()
