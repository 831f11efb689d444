"""How fast virtual time runs: 0.1 to 100 times, and one more place for "as fast as it goes"."""

from __future__ import annotations

from math import inf, log10

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from mqviz.gui import fonts, icons, theme
from mqviz.gui.controls.painting import begin, box, write
from mqviz.gui.controls.slider import Slider
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Theme

_DECADE = 100
_END = 3 * _DECADE
_FREE = _END + 70
_TICKS = {0: "0.1×", _DECADE: "1×", 2 * _DECADE: "10×", _END: "100×", _FREE: "∞"}
_STOPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, inf)
_CATCH = 7


def speed_text(speed: float) -> str:
    """A speed as a person writes it: 0.25×, 1.0×, 12×, ∞."""
    if speed == inf:
        return "∞"
    return f"{speed:.3g}×" if speed < 1 or speed >= 10 else f"{speed:.1f}×"


def speed_at(position: int) -> float:
    """The speed at a place of the slider; near a tick it is the tick's."""
    nearest = min(_TICKS, key=lambda tick: abs(tick - position))
    if abs(nearest - position) <= _CATCH:
        position = nearest
    if position > _END:
        return inf if position >= (_END + _FREE) / 2 else 100.0
    return float(f"{10 ** (position / _DECADE - 1):.2g}")


def position_of(speed: float) -> int:
    """The place of a speed on the slider."""
    if speed == inf:
        return _FREE
    return round(_DECADE * (log10(min(100.0, max(0.1, speed))) + 1))


class SpeedSlider(Slider):
    """`chosen(speed)` fires while the user turns; `inf` is as fast as it goes."""

    chosen = Signal(float)
    inset = 17.0

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setRange(0, _FREE)
        self._show(1.0)
        self.valueChanged.connect(self._turned)

    def speed(self) -> float:
        """What it shows."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Shows another speed without a signal, unless the user is just turning it."""
        if speed != self._speed and not self.isSliderDown():
            self._show(speed)

    def _show(self, speed: float) -> None:
        self._speed = speed
        self.blockSignals(True)
        self.setValue(position_of(speed))
        self.blockSignals(False)
        self.setAccessibleDescription(speed_text(speed))
        self.update()

    def _turned(self, position: int) -> None:
        self._choose(speed_at(position))

    def _choose(self, speed: float) -> None:
        if speed != self._speed:
            self._show(speed)
            self.chosen.emit(speed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from 1 to 2 to 5 to 10, Home and End to the ends."""
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(stop_beside(self._speed, step))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One notch is one step of the arrows; there is nothing to scroll around it."""
        self._choose(stop_beside(self._speed, 1 if event.angleDelta().y() > 0 else -1))
        event.accept()

    def sizeHint(self) -> QSize:
        """Room for the ticks' words."""
        return QSize(210, 40)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the ticks' words allow."""
        return QSize(168, 40)

    def track_y(self) -> float:
        """Above the words."""
        return 12.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the track, the ticks with their words, and the knob."""
        painter, skin = begin(self), theme.current()
        self._paint_ticks(painter, skin)
        box(painter, QRectF(self.inset, 10, self._x(_END) - self.inset, 4), 2, skin.track)
        self.paint_knob(painter, skin)
        painter.end()

    def _paint_ticks(self, painter: QPainter, skin: Theme) -> None:
        font = fonts.font(Size.CAPTION, Weight.MEDIUM)
        here = position_of(self._speed)
        for position, text in _TICKS.items():
            x = self._x(position)
            painter.setPen(skin.border)
            painter.drawLine(QLineF(x, 17.0, x, 20.0))
            colour = skin.text if position == here and self.isEnabled() else skin.text_third
            if position == _FREE:
                icons.paint(painter, "infinity", QRectF(x - 8, 22, 16, 16), colour)
            else:
                write(painter, QRectF(x - 20, 22, 40, 16), text, font, colour, Qt.AlignmentFlag.AlignHCenter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(skin.border)
        painter.drawEllipse(QRectF(self._x(_FREE) - 3, 9, 6, 6))

    def _x(self, position: int) -> float:
        return self.inset + (self.width() - 2 * self.inset) * position / _FREE


def stop_beside(speed: float, step: int) -> float:
    """The next round speed above (step 1) or below (-1); 99 ends at an end."""
    above = [stop for stop in _STOPS if stop > speed * 1.001]
    below = [stop for stop in _STOPS if stop < speed * 0.999 or (speed == inf and stop < inf)]
    side = above if step > 0 else below[::-1]
    return side[min(abs(step), len(side)) - 1] if side else speed


_KEYS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 3,
    Qt.Key.Key_PageDown: -3,
    Qt.Key.Key_End: 99,
    Qt.Key.Key_Home: -99,
}
