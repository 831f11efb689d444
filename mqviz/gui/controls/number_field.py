"""A field for one number, with its unit, grouped thousands and no spin buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

from mqviz.gui import fonts
from mqviz.gui.controls.scale import Scale
from mqviz.gui.fonts import Size, Weight


class NumberField(QDoubleSpinBox):
    """A number of a scale; up and down keys step through it, `valueChanged` waits until typing is done."""

    def __init__(self, name: str, scale: Scale, unit: str = "", zero: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zero = zero
        self._scale = scale
        self.setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(fonts.font(Size.LIST, Weight.MEDIUM, tabular=True))
        self.setDecimals(scale.decimals)
        self.setRange(scale.low, scale.high)
        self.setSuffix(f" {unit}" if unit else "")
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        self.setStepType(
            QAbstractSpinBox.StepType.AdaptiveDecimalStepType if scale.logarithmic else QAbstractSpinBox.StepType.DefaultStepType
        )
        self.setSingleStep(10.0**-scale.decimals)

    def textFromValue(self, value: float) -> str:
        """The number without idle zeros; the word for zero where there is one."""
        if self._zero and value == 0:
            return self._zero
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text

    def valueFromText(self, text: str) -> float:
        """The number, or 0 for the word that stands for it."""
        if self._zero and self._zero.casefold() in text.casefold():
            return 0.0
        return super().valueFromText(text)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Lets the word for zero pass, too."""
        if self._zero and self._zero.casefold().startswith(text.removesuffix(self.suffix()).strip().casefold()):
            whole = text.removesuffix(self.suffix()).strip().casefold() == self._zero.casefold()
            return (QValidator.State.Acceptable if whole else QValidator.State.Intermediate, text, position)
        state, shown, place = super().validate(text, position)
        return state, shown, place

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns only when it has the keyboard, so that scrolling a panel changes nothing by accident."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
