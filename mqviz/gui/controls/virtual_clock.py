"""Virtual time as it runs, and honestly how far it lags."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mqviz.gui import fonts, theme
from mqviz.gui.controls.painting import begin, write
from mqviz.gui.controls.speed_slider import speed_text
from mqviz.gui.fonts import Size, Weight

NOTABLE_LAG = 0.25
"""Wall seconds: less is the jitter of any frame and would only make the line flicker."""


def clock_text(time: float) -> str:
    """Virtual seconds as 02:41.380, with hours in front from the first one on."""
    milliseconds = max(0, round(time * 1000))
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:" if hours else ""
    return f"{head}{minutes:02d}:{seconds:02d}.{thousandths:03d}"


class VirtualClock(QWidget):
    """Two lines; painted by itself, because a label would lay out the bar anew sixty times a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._time = clock_text(0.0)
        self._note = ""
        self._lagging = False
        self.setAccessibleName(self.tr("Virtual time"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_time(
        self, time: float, lag: float, speed: float, paused: bool, live: bool = False, ended: bool = False, held: bool = False
    ) -> None:
        """Shows virtual seconds; `lag` in wall seconds is told once it is worth telling. `held`: external clients lead the pace."""
        text = clock_text(time)
        self._lagging = lag >= NOTABLE_LAG and not paused and not ended
        pace = self.tr("ended") if ended else self._pace_note(speed, paused, live, held)
        self.setToolTip(self.tr("External clients are connected: time goes as theirs does, at 1×, until they leave.") if held else "")
        note = self._lag_note(lag) if self._lagging else pace
        if note != self._note:
            self.setAccessibleDescription(f"{text}, {note}")
        self._time, self._note = text, note
        self.update()

    def text(self) -> str:
        """The upper line."""
        return self._time

    def note(self) -> str:
        """The lower line."""
        return self._note

    def _lag_note(self, lag: float) -> str:
        return self.tr("behind by {0} s").format(f"{lag:.1f}")

    def _pace_note(self, speed: float, paused: bool, live: bool, held: bool = False) -> str:
        if live:
            return self.tr("live")
        word = self.tr("paused") if paused else self.tr("clients") if held else self.tr("simulated")
        return f"{word} · {speed_text(speed)}"

    def sizeHint(self) -> QSize:
        """Room for hours and for every note, so that nothing beside it ever moves."""
        upper = fonts.advance("0:00:00.000", Size.CLOCK, Weight.MEDIUM, tabular=True)
        notes = (self._lag_note(88.8), self._pace_note(88.8, False, False), self._pace_note(88.8, True, False))
        lower = max(fonts.advance(note, Size.CAPTION, Weight.MEDIUM, tabular=True) for note in notes)
        return QSize(round(max(upper, lower)) + 4, 40)

    def minimumSizeHint(self) -> QSize:
        """The same: time is not cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws both lines."""
        painter, skin, width = begin(self), theme.current(), self.width()
        write(painter, QRectF(0, 0, width, 23), self._time, fonts.font(Size.CLOCK, Weight.MEDIUM, tabular=True), skin.text)
        colour = skin.text_warning if self._lagging else skin.text_third
        write(painter, QRectF(0, 22, width, 17), self._note, fonts.font(Size.CAPTION, Weight.MEDIUM, tabular=True), colour)
        painter.end()
