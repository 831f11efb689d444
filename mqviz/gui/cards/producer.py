"""The card of a producer: how much it publishes, or what stops it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from mqviz.gui.cards import states
from mqviz.gui.cards.frame import Tone
from mqviz.gui.cards.words import count, rate
from mqviz.gui.ink import Ink, Style
from mqviz.gui.theme import Radius
from mqviz.model.snapshot import ClientState
from mqviz.viewmodel.faces import ProducerFace
from mqviz.viewmodel.graph import Node

_TEXT = 50.0
_STOPPED = {ClientState.BLOCKED, ClientState.WAITING, ClientState.FLOW}


def tone(face: ProducerFace) -> Tone:
    """How the card looks as a whole."""
    return states.tone(face.crew.state)


def paint(ink: Ink, node: Node, face: ProducerFace) -> None:
    """What the card of a producer says."""
    skin, state = ink.skin, face.crew.state
    fill, icon, colour = _badge(ink, state)
    ink.box(QRectF(12, 14, 28, 28), Radius.CONTROL, fill)
    ink.icon(icon, 18, 20, 16, colour)
    room = node.size[0] - _TEXT - 8
    ink.write(_TEXT, 25, node.title, Style.NAME, skin.text, room)
    ink.write(_TEXT, 41, _line(ink, face), Style.BODY, states.colour(skin, state), room)
    if state in _STOPPED:
        _stop_sign(ink, node.size[0], node.size[1] / 2, skin.dead_lettered if state is ClientState.BLOCKED else skin.unacked)


def _badge(ink: Ink, state: ClientState) -> tuple[QColor, str, QColor]:
    skin = ink.skin
    if state is ClientState.DONE:
        return skin.ok_soft, "check", skin.ok
    if state is ClientState.KILLED:
        return skin.danger_soft, "kill", skin.dead_lettered
    if state is ClientState.DISCONNECTED:
        return skin.danger_soft, "cut", skin.dead_lettered
    if state is ClientState.SLOW:
        return skin.warning_soft, "slow", skin.text_warning
    if state is ClientState.HANGING:
        return skin.warning_soft, "hang", skin.text_warning
    if state in _STOPPED:
        is_red = state is ClientState.BLOCKED
        return (skin.danger_soft if is_red else skin.warning_soft), "producer", states.colour(skin, state)
    return skin.chip, "producer", skin.text_second


def _line(ink: Ink, face: ProducerFace) -> str:
    words, crew = ink.words, face.crew
    if crew.state is ClientState.WAITING and not face.confirms:
        return words.awaits_answer
    if crew.state in states.SPOKEN:
        return words.states[crew.state]
    if crew.worst in states.SPOKEN and crew.worst is not ClientState.DONE:
        return words.some_in_state.format(crew.worst_members, words.states[crew.worst])
    if face.waiting and not face.rate:
        return words.waiting.format(count(face.waiting))
    return (words.calls_rate if face.calls else words.messages_rate).format(rate(face.rate or 0.0))


def _stop_sign(ink: Ink, x: float, y: float, colour: QColor) -> None:
    """A small octagon where messages would leave."""
    outer, inner = 7.0, 2.9
    corners = [(outer, -inner), (inner, -outer), (-inner, -outer), (-outer, -inner)]
    corners += [(-outer, inner), (-inner, outer), (inner, outer), (outer, inner)]
    painter = ink.painter
    painter.setPen(QPen(ink.skin.canvas, 2.0))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
    painter.setPen(QPen(ink.skin.card, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y))
