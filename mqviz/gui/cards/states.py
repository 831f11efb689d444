"""How a client's state looks: an icon or a dot, a tone, and a word where there is no figure to show instead."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from mqviz.gui.cards.frame import Tone
from mqviz.gui.controls.painting import faint
from mqviz.gui.ink import Ink
from mqviz.gui.theme import Theme
from mqviz.model.snapshot import ClientState

_AMBER = {ClientState.WAITING, ClientState.FLOW, ClientState.SLOW, ClientState.FAILING, ClientState.HANGING}
_RED = {ClientState.BLOCKED}
_GONE = {ClientState.KILLED, ClientState.DISCONNECTED}
_AWAY = {ClientState.STOPPED, ClientState.CLOSING}
_ICONS = {
    ClientState.DONE: "check",
    ClientState.WAITING: "pause",
    ClientState.FLOW: "warning",
    ClientState.BLOCKED: "stop",
    ClientState.SLOW: "slow",
    ClientState.FAILING: "fail",
    ClientState.HANGING: "hang",
    ClientState.CLOSING: "close",
    ClientState.DISCONNECTED: "cut",
    ClientState.STOPPED: "stop",
    ClientState.KILLED: "kill",
}
SPOKEN = _AMBER | _RED | _GONE | _AWAY | {ClientState.DONE}
"""States that a card says in a word."""


def tone(state: ClientState) -> Tone:
    """How a card in this state looks as a whole."""
    for states, result in ((_AMBER, Tone.AMBER), (_RED, Tone.RED), (_GONE, Tone.GONE), (_AWAY, Tone.AWAY)):
        if state in states:
            return result
    return Tone.PLAIN


def colour(skin: Theme, state: ClientState) -> QColor:
    """The colour of words and icons for a state."""
    return {
        Tone.AMBER: skin.text_warning,
        Tone.RED: skin.dead_lettered,
        Tone.GONE: skin.dead_lettered,
        Tone.AWAY: skin.text_second,
        Tone.PLAIN: skin.text_second,
    }[tone(state)]


def paint_state(ink: Ink, x: float, y: float, state: ClientState, work: float = 0.0) -> None:
    """A sign of 14 px with its middle there: a dot that is filled while it runs, with a ring for the share of workers that work."""
    if state in _ICONS:
        ink.icon(_ICONS[state], x - 7, y - 7, 14, _icon_colour(ink.skin, state))
        return
    painter, skin = ink.painter, ink.skin
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(skin.ok_soft)
    painter.drawEllipse(QPointF(x, y), 7, 7)
    painter.setBrush(skin.ok if state is ClientState.RUNNING or work else faint(skin.ok, 0.45))
    painter.drawEllipse(QPointF(x, y), 3.6, 3.6)
    if work:
        painter.setPen(QPen(skin.ok, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(x - 6.4, y - 6.4, 12.8, 12.8), 90 * 16, -round(work * 360 * 16))


def _icon_colour(skin: Theme, state: ClientState) -> QColor:
    if state is ClientState.DONE:
        return skin.ok
    return skin.unacked if tone(state) is Tone.AMBER else colour(skin, state)
