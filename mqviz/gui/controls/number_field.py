"""A field for one number, with its unit, grouped thousands and no spin buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

from mqviz.gui import fonts
from mqviz.gui.controls.scale import Scale
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import set_role

LAYS_OUT = {QEvent.Type.Resize, QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Polish, QEvent.Type.Show}
"""After these Qt (6.11) gives the line of a styled spin box without buttons a width of 1."""


class NumberField(QDoubleSpinBox):
    """A number of a scale; up and down keys step through it, `valueChanged` waits until typing is done.

    `zero` is the word for 0 ("no limit"), where the scale begins with it.
    """

    def __init__(self, name: str, scale: Scale, unit: str = "", zero: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(fonts.font(Size.LIST, Weight.MEDIUM, tabular=True))
        self.setDecimals(scale.decimals)
        self.setRange(scale.low, scale.high)
        self.setSuffix(f" {unit}" if unit else "")
        if scale.low == 0:
            self.setSpecialValueText(zero)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        self.setStepType(
            QAbstractSpinBox.StepType.AdaptiveDecimalStepType if scale.logarithmic else QAbstractSpinBox.StepType.DefaultStepType
        )
        self.setSingleStep(10.0**-scale.decimals)
        self.editingFinished.connect(self._settle)
        set_role(self, "plain")

    def textFromValue(self, value: float) -> str:
        """The number without idle zeros."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text

    def is_being_typed(self) -> bool:
        """Whether the text was changed and not yet confirmed."""
        return self.lineEdit().isModified()

    def _settle(self) -> None:
        self.lineEdit().setModified(False)

    def event(self, event: QEvent) -> bool:
        """Keeps its line where it belongs after everything that lays it out."""
        done = super().event(event)
        if event.type() in LAYS_OUT:
            self.lineEdit().setGeometry(self.rect().adjusted(7, 1, -7, -1))
        return done

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns only when it has the keyboard, so that scrolling a panel changes nothing by accident."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
