"""The card of a consumer: its state, what it acknowledges a second, and its prefetch as slots."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPen

from mqviz.gui.cards import states
from mqviz.gui.cards.frame import Tone
from mqviz.gui.cards.words import count, rate
from mqviz.gui.controls.painting import faint
from mqviz.gui.ink import Ink, Style, width
from mqviz.model.snapshot import ClientState
from mqviz.viewmodel.faces import ConsumerFace
from mqviz.viewmodel.graph import Node

_PAD = 12.0
_SLOTS = 10
_SIDE = 11.0
_STEP = 13.6
_TOP = 36.0
_NAME = _PAD + 22.0
_BETWEEN = 8.0


def tone(face: ConsumerFace) -> Tone:
    """How the card looks as a whole."""
    return states.tone(face.crew.state)


def paint(ink: Ink, node: Node, face: ConsumerFace) -> None:
    """What the card of a consumer says."""
    skin, state = ink.skin, face.crew.state
    right = node.size[0] - _PAD
    is_gone = tone(face) in (Tone.GONE, Tone.AWAY)
    states.paint_state(ink, _PAD + 7, 20, state, min(1.0, face.working / max(1, face.workers)))
    says, colour = _says(ink, face), states.colour(skin, state)
    room = right - _NAME - _BETWEEN - width(says, Style.SMALL)
    is_below = width(node.title, Style.NAME) > room
    ink.write(_NAME, 24, node.title, Style.NAME, skin.text_second if is_gone else skin.text, right - _NAME if is_below else room)
    ink.write_to(right, _TOP + 10 if is_below else 24, says, Style.SMALL, colour)
    _paint_prefetch(ink, right - (width(says, Style.SMALL) + _BETWEEN if is_below else 0.0), face, is_gone)


def _paint_prefetch(ink: Ink, right: float, face: ConsumerFace, is_gone: bool) -> None:
    most = int((right - _PAD + _STEP - _SIDE) / _STEP)
    if is_gone:
        _slots(ink, min(_SLOTS, face.prefetch or _SLOTS, most), 0.0, gone=True)
    elif face.prefetch:
        total = min(_SLOTS, face.prefetch, most)
        _slots(ink, total, face.held * total / face.prefetch)
    else:
        _open_ended(ink, right, face)


def _says(ink: Ink, face: ConsumerFace) -> str:
    """The rate, but the state where there is no work done in it."""
    words, crew = ink.words, face.crew
    if tone(face) in (Tone.GONE, Tone.AWAY) or crew.state is ClientState.HANGING:
        return words.states[crew.state]
    if states.tone(crew.worst) in (Tone.GONE, Tone.AWAY):
        return words.some_in_state.format(crew.worst_members, words.states[crew.worst])
    return words.acks_rate.format(rate(face.rate or 0.0))


def _slots(ink: Ink, total: int, filled: float, gone: bool = False) -> None:
    """So many slots of which so many are filled; a large prefetch is shown in tenths, the last one by its part."""
    painter, skin = ink.painter, ink.skin
    for index in range(total):
        square = QRectF(_PAD + index * _STEP + 0.5, _TOP + 0.5, _SIDE, _SIDE)
        share = min(1.0, max(0.0, filled - index))
        if share:
            painter.fillRect(square.adjusted(1, 1, -1 - (1 - share) * (_SIDE - 2), -1), skin.unacked_soft)
        pen = QPen(skin.unacked if share else skin.border, 1.0)
        if gone:
            pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(skin.unacked_soft if share == 1.0 else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 3.0, 3.0)


def _open_ended(ink: Ink, right: float, face: ConsumerFace) -> None:
    """Prefetch 0 takes any number: a bar without an end, and the number."""
    text = count(face.held)
    skin, bar = ink.skin, QRectF(_PAD, _TOP + 2, max(8.0, right - _PAD - width(text, Style.SMALL) - 26), 8)
    shade = QLinearGradient(bar.topLeft(), bar.topRight())
    shade.setColorAt(0.0, skin.unacked if face.held else skin.track)
    shade.setColorAt(1.0, faint(skin.unacked if face.held else skin.track, 0.0))
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(shade)
    ink.painter.drawRoundedRect(bar, 4.0, 4.0)
    ink.write_to(right, _TOP + 10, text, Style.SMALL, skin.text_second)
    ink.icon("infinity", right - width(text, Style.SMALL) - 19, _TOP - 1, 14, skin.text_third)
