"""The knobs of one node as a form: each takes effect when the user lets go of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mqviz.gui.controls.labelled_slider import LABEL_WIDTH, LabelledSlider
from mqviz.gui.controls.labels import label
from mqviz.gui.controls.scale import Scale
from mqviz.gui.controls.segmented import SegmentedControl
from mqviz.gui.controls.stepper import Stepper
from mqviz.gui.fonts import Size
from mqviz.gui.theme import Space
from mqviz.gui.words import Words
from mqviz.viewmodel.knobs import Knob, Value

_FEW = 10
_MILLISECONDS = 1000.0


class KnobForm(QWidget):
    """`turned(code, value)`: the user has turned a knob; None takes a limit away. What the program shows fires nothing."""

    turned = Signal(str, object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shapes: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._show: dict[str, Callable[[Value], None]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)

    def set_knobs(self, knobs: tuple[Knob, ...]) -> None:
        """Show these; widgets are made anew only when there are others than before."""
        shapes = tuple((knob.code, knob.choices) for knob in knobs)
        if shapes != self._shapes:
            self._shapes = shapes
            self._clear()
            for knob in knobs:
                self._add(knob)
        for knob in knobs:
            self._show[knob.code](knob.value)

    def set_reason(self, reason: str) -> None:
        """Grey the form with a reason as its tooltip; an empty one makes it usable."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def _clear(self) -> None:
        self._show.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, knob: Knob) -> None:
        if knob.choices:
            widget = self._choice(knob) if knob.code == "overflow" else self._list(knob)
        elif knob.high - knob.low <= _FEW * _FEW and knob.whole and not knob.optional:
            widget = self._stepper(knob)
        else:
            widget = self._slider(knob)
        widget.setToolTip(self._words.knob_tip(knob.code))
        self._column.addWidget(widget)

    def _slider(self, knob: Knob) -> QWidget:
        # Times of work are read and typed in milliseconds, others in seconds.
        factor = _MILLISECONDS if knob.code == "service_time" else 1.0
        unit = "ms" if factor != 1.0 else self._words.unit(knob.unit)
        low = 0.0 if knob.optional else knob.low * factor
        decimals = 0 if knob.whole else 1
        scale = Scale(low, knob.high * factor, decimals, knob.logarithmic)
        zero = self.tr("none") if knob.optional else self.tr("unlimited") if knob.code == "prefetch" else ""
        slider = LabelledSlider(self._words.knob(knob.code), scale, low, unit=unit, zero=zero)
        slider.committed.connect(lambda value: self.turned.emit(knob.code, None if knob.optional and not value else value / factor))
        self._show[knob.code] = lambda value: slider.set_value(value * factor if isinstance(value, int | float) else 0.0)
        return slider

    def _stepper(self, knob: Knob) -> QWidget:
        name = self._words.knob(knob.code)
        stepper = Stepper(name, round(knob.low), round(knob.high), round(knob.low))
        stepper.changed.connect(lambda value: self.turned.emit(knob.code, value))
        self._show[knob.code] = lambda value: stepper.set_value(round(value) if isinstance(value, int | float) else 0)
        return self._named(name, stepper)

    def _choice(self, knob: Knob) -> QWidget:
        name = self._words.knob(knob.code)
        control = SegmentedControl(name, [(each, self._words.choice(knob.code, each)) for each in knob.choices])
        control.chosen.connect(lambda value: self.turned.emit(knob.code, value))
        self._show[knob.code] = lambda value: control.set_current(str(value)) if value in knob.choices else None
        return self._named(name, control)

    def _list(self, knob: Knob) -> QWidget:
        name = self._words.knob(knob.code)
        box = QComboBox()
        box.setAccessibleName(name)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.addItem(self.tr("none"), None)
        for each in knob.choices:
            box.addItem(self._words.choice(knob.code, each), each)
        box.activated.connect(lambda index: self.turned.emit(knob.code, box.itemData(index)))
        self._show[knob.code] = lambda value: box.setCurrentIndex(max(0, box.findData(value)))
        return self._named(name, box)

    def _named(self, name: str, control: QWidget) -> QWidget:
        result = QWidget()
        row = QHBoxLayout(result)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        caption: QLabel = label(name, "second", Size.LIST)
        caption.setFixedWidth(LABEL_WIDTH)
        row.addWidget(caption)
        row.addWidget(control, 1)
        return result
