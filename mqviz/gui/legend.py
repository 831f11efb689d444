"""What the dots mean, with totals: the pill at the left lower corner of the canvas. It shortens itself where there is little room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from mqviz.gui import theme
from mqviz.gui.cards.words import CardWords, count
from mqviz.gui.controls.glyphs import paint_glyph
from mqviz.gui.dots import ColourBy, kind_colour, priority_colour
from mqviz.gui.ink import Ink, Style, width
from mqviz.gui.overlay import PILL_HEIGHT, Pill
from mqviz.gui.theme import State, Theme
from mqviz.gui.words import Words
from mqviz.viewmodel.journeys import KINDS, PRIORITIES, Weight
from mqviz.viewmodel.totals import Totals

_PAD = 14.0
_BETWEEN = 18.0
_GLYPH = 15.0
_GAP = 6.0


class _Entry(NamedTuple):
    """A sign, a word and a figure (empty: none). `sign` is a state, or a colour."""

    sign: State | QColor
    word: str
    figure: str


class Legend(Pill):
    """The totals of all queues with the signs of the dots, or the colours of kinds or priorities; and what one dot stands for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, PILL_HEIGHT / 2)
        self._totals = Totals()
        self._stands_for = Weight()
        self._colour_by = ColourBy.STATE
        self._room = 10_000.0
        self._words = CardWords()
        self._translate()
        self._settle()

    def show_totals(self, totals: Totals, stands_for: Weight) -> None:
        """What is true now."""
        if (totals, stands_for) != (self._totals, self._stands_for):
            self._totals, self._stands_for = totals, stands_for
            self._settle()

    def set_colour_by(self, colour_by: ColourBy) -> None:
        """Explains other colours."""
        self._colour_by = colour_by
        self._settle()

    def set_room(self, room: float) -> None:
        """How wide it may be."""
        if room != self._room:
            self._room = room
            self._settle()

    @property
    def text(self) -> str:
        """All it says, as a sentence."""
        return ", ".join([*(f"{entry.word} {entry.figure}".strip() for entry in self._entries()), *self._notes()])

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()
            self._settle()

    def paint(self, painter: QPainter, skin: Theme) -> None:
        """Draws the entries."""
        ink = Ink(painter, skin, self._words)
        x, baseline = _PAD, PILL_HEIGHT / 2 + 4.5
        for entry in self._entries():
            x = self._paint_entry(ink, x, baseline, entry, skin)
        for note in self._shown_notes():
            x = ink.write(x, baseline, note, Style.BODY, skin.text_second) + _BETWEEN

    def _paint_entry(self, ink: Ink, x: float, baseline: float, entry: _Entry, skin: Theme) -> float:
        _paint_sign(ink.painter, x, entry.sign, skin)
        x += _GLYPH
        if self._has_words():
            x = ink.write(x, baseline, entry.word, Style.BODY, skin.text_second) + _GAP
        if entry.figure:
            x = ink.write(x, baseline, entry.figure, Style.STRONG, skin.text)
        return x + _BETWEEN - (_GAP if not entry.figure else 0)

    def _entries(self) -> Sequence[_Entry]:
        skin = theme.current()
        if self._colour_by is ColourBy.KIND:
            return [_Entry(kind_colour(skin, kind), self._kinds[kind], "") for kind in KINDS]
        if self._colour_by is ColourBy.PRIORITY:
            return [_Entry(priority_colour(skin, level), "", str(level)) for level in range(0, PRIORITIES, 3)]
        totals = self._totals
        figures = (totals.ready, totals.unacked, totals.redelivered, totals.dead_lettered, totals.dropped)
        return [_Entry(state, word, _figure(figure)) for (state, word), figure in zip(self._states, figures, strict=True)]

    def _notes(self) -> list[str]:
        notes = []
        if self._totals.in_flight:
            notes.append(self._in_flight.format(count(self._totals.in_flight)))
        if self._totals.sampled:
            notes.append(self._sampled)
        least, most = self._stands_for
        if most > 1:
            notes.append((self._one_dot if least == most else self._up_to).format(count(most)))
        return notes

    def _width(self, words: bool, notes: Sequence[str]) -> float:
        total = 2 * _PAD - _BETWEEN
        for entry in self._entries():
            total += _GLYPH + _BETWEEN + (width(entry.figure, Style.STRONG) if entry.figure else -_GAP)
            total += width(entry.word, Style.BODY) + _GAP if words else 0.0
        return total + sum(width(note, Style.BODY) + _BETWEEN for note in notes)

    def _has_words(self) -> bool:
        return self._width(words=True, notes=()) <= self._room

    def _shown_notes(self) -> list[str]:
        """The notes that there is room for; what one dot stands for comes first."""
        notes = self._notes()
        while notes and self._width(self._has_words(), notes) > self._room:
            notes.pop(0)
        return notes

    def _settle(self) -> None:
        wide = self._width(self._has_words(), self._shown_notes())
        self.setFixedSize(max(0, round(min(wide, self._room))), PILL_HEIGHT)
        self.setAccessibleName(self.text)
        self.setToolTip(self.text)
        self.refresh()

    def _translate(self) -> None:
        self._words = CardWords()
        self._states = (
            (State.READY, self.tr("Ready")),
            (State.UNACKED, self.tr("Unacked")),
            (State.REDELIVERED, self.tr("Redelivered")),
            (State.DEAD_LETTERED, self.tr("Dead-lettered")),
            (State.DROPPED, self.tr("Dropped")),
        )
        self._kinds = {kind: Words().message_kind(kind.value) for kind in KINDS}
        self._in_flight = self.tr("{0} in flight")
        self._sampled = self.tr("dots sampled from rates")
        self._one_dot = self.tr("1 dot = {0} messages")
        self._up_to = self.tr("1 dot = up to {0} messages")


def _figure(value: int | None) -> str:
    return "–" if value is None else count(value)


def _paint_sign(painter: QPainter, x: float, sign: State | QColor, skin: Theme) -> None:
    middle = PILL_HEIGHT / 2
    if isinstance(sign, State):
        paint_glyph(painter, sign, QRectF(x, middle - 4.5, 9, 9), skin)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(sign)
    painter.drawEllipse(QPointF(x + 4.5, middle), 4.5, 4.5)
