"""A number one turns: its name, a slider and a field to type it exactly."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mqviz.gui.controls.labels import ElidedLabel
from mqviz.gui.controls.number_field import NumberField
from mqviz.gui.controls.scale import STEPS, Scale
from mqviz.gui.controls.slider import Slider
from mqviz.gui.fonts import Size
from mqviz.gui.theme import Space

LABEL_WIDTH = 92
FIELD_WIDTH = 70
FIELD_HEIGHT = 28  # window.qss says so, too: its smallest height is without the border


class LabelledSlider(QWidget):
    """`moved(value)` fires all the while, `committed(value)` once the user lets go, presses a key or ends typing.

    Nothing fires when the program sets a value, nor for a value that is the same as before.
    """

    moved = Signal(float)
    committed = Signal(float)

    def __init__(self, name: str, scale: Scale, value: float, *, unit: str = "", zero: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._told = self._value = scale.clamp(value)
        self._label = ElidedLabel(name, "second", Size.LIST)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._slider = Slider(name)
        self._slider.setRange(0, STEPS)
        self._slider.setSingleStep(STEPS // 50)
        self._slider.setPageStep(STEPS // 10)
        self._field = NumberField(name, scale, unit, zero)
        self._field.setFixedSize(FIELD_WIDTH, FIELD_HEIGHT)
        self._arrange()
        self._show()
        self._slider.valueChanged.connect(self._slid)
        self._slider.sliderReleased.connect(self._commit)
        self._field.valueChanged.connect(self._typed)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self._label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._field)
        self.setFocusProxy(self._slider)
        self._field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> float:
        """What it shows."""
        return self._value

    def set_value(self, value: float) -> None:
        """Shows another value without a signal, unless the user is just turning it."""
        if self._slider.isSliderDown() or self._field.is_being_typed():
            return
        self._told = self._value = self._scale.clamp(value)
        self._show()

    def set_reason(self, reason: str) -> None:
        """Greys it with a reason as its tooltip; an empty reason makes it usable."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def _show(self) -> None:
        for widget in (self._slider, self._field):
            widget.blockSignals(True)
        self._slider.setValue(self._scale.place(self._value))
        self._field.setValue(self._value)
        for widget in (self._slider, self._field):
            widget.blockSignals(False)
        self._slider.update()

    def _slid(self, place: int) -> None:
        self._move(self._scale.value(place))
        if not self._slider.isSliderDown():
            self._commit()

    def _typed(self, value: float) -> None:
        self._move(self._scale.clamp(value))
        self._commit()

    def _move(self, value: float) -> None:
        if value != self._value:
            self._value = value
            place = self._slider.sliderPosition()
            self._show()
            if self._slider.isSliderDown():
                self._slider.setSliderPosition(place)
            self.moved.emit(value)

    def _commit(self) -> None:
        if self._value != self._told:
            self._told = self._value
            self.committed.emit(self._value)
