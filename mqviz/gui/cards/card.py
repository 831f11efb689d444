"""Any card: which painter a face needs, and what is left of it when it is seen from far away."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QRectF

from mqviz.gui.cards import consumer, exchange, producer, queue, service, translator
from mqviz.gui.cards.frame import Tone, paint_frame
from mqviz.gui.cards.tube import paint_plain_tube
from mqviz.gui.cards.words import CardWords
from mqviz.gui.controls.painting import box
from mqviz.gui.ink import Ink, Style, width
from mqviz.gui.theme import Radius
from mqviz.viewmodel.faces import (
    ConsumerFace,
    ExchangeFace,
    Face,
    ProducerFace,
    QueueFace,
    ServiceFace,
    TranslatorFace,
)
from mqviz.viewmodel.graph import Node, NodeKind

READABLE = 0.5
"""Below this zoom a card shows its name in large letters and its level; below `NAMED` only its level."""
NAMED = 0.2
INSET = 4.0
"""From the border inwards everything may be painted anew without what is around."""
_MARK = 20.0


def tone(face: Face) -> Tone:
    """How the card looks as a whole."""
    match face:
        case QueueFace():
            return queue.tone(face)
        case ProducerFace():
            return producer.tone(face)
        case ConsumerFace():
            return consumer.tone(face)
        case ServiceFace():
            return service.tone(face)
        case TranslatorFace():
            return translator.tone(face)
        case ExchangeFace():
            return Tone.PLAIN
    assert_never(face)


def below(words: CardWords, face: Face) -> str:
    """What is said under a card: what falls off it."""
    match face:
        case ExchangeFace():
            return exchange.below(words, face)
        case ServiceFace():
            return service.below(words, face)
        case TranslatorFace():
            return translator.below(words, face)
    return ""


def paint(ink: Ink, node: Node, rect: QRectF, face: Face, zoom: float) -> None:
    """A card with its box."""
    paint_frame(ink, node, rect, tone(face), ink.is_selected)
    _inside(ink, node, rect, face, zoom)
    text = below(ink.words, face)
    if text and zoom >= READABLE:
        ink.write_amid(rect.center().x(), rect.bottom() + 37, text, Style.SMALL, ink.skin.text_third)


def repaint(ink: Ink, node: Node, rect: QRectF, face: Face, zoom: float) -> None:
    """What a card says, over what it said before."""
    is_gone = tone(face) in (Tone.GONE, Tone.AWAY)
    ink.painter.fillRect(inside(node, rect), ink.skin.canvas if is_gone else ink.skin.card)
    _inside(ink, node, rect, face, zoom)


def inside(node: Node, rect: QRectF) -> QRectF:
    """The part that `repaint` covers."""
    tip = 13.0 if node.kind is NodeKind.EXCHANGE else 0.0
    return rect.adjusted(INSET + tip, INSET, -INSET - tip, -INSET)


def _inside(ink: Ink, node: Node, rect: QRectF, face: Face, zoom: float) -> None:
    if zoom < READABLE:
        _from_afar(ink, node, rect, face, zoom)
        return
    ink.painter.translate(rect.topLeft())
    _paint_face(ink, node, face)
    ink.painter.translate(-rect.topLeft())


def _paint_face(ink: Ink, node: Node, face: Face) -> None:
    match face:
        case QueueFace():
            queue.paint(ink, node, face)
        case ProducerFace():
            producer.paint(ink, node, face)
        case ConsumerFace():
            consumer.paint(ink, node, face)
        case ServiceFace():
            service.paint(ink, node, face)
        case TranslatorFace():
            translator.paint(ink, node, face)
        case ExchangeFace():
            exchange.paint(ink, node, face)


def _from_afar(ink: Ink, node: Node, rect: QRectF, face: Face, zoom: float) -> None:
    """Name and level only."""
    level = QRectF(rect.left() + 12, rect.bottom() - 34, rect.width() - 24, 22)
    if isinstance(face, QueueFace):
        colour = ink.skin.dead_lettered if face.is_dead_letter else ink.skin.ready
        paint_plain_tube(ink, level, face.ready_share, face.unacked_share, colour)
    if zoom >= NAMED:
        middle = (rect.top() + level.top()) / 2 if isinstance(face, QueueFace) else rect.center().y()
        room = rect.width() - 16
        style = Style.BIG if width(node.title, Style.BIG) <= room else Style.LARGE
        ink.write_amid(rect.center().x(), middle + 8, node.title, style, ink.skin.text, room)


_ICONS = {
    "spike": "spike",
    "kill": "kill",
    "stop": "stop",
    "hang": "hang",
    "slow": "slow",
    "fail": "fail",
    "poison": "poison",
    "delay": "delay",
    "cut": "cut",
    "restart": "broker-restart",
    "down": "broker-restart",
    "memory_alarm": "memory",
    "purge": "purge",
}


def paint_marks(ink: Ink, rect: QRectF, faults: tuple[str, ...]) -> None:
    """The signs of faults on the right upper corner of what they hit."""
    for index, fault in enumerate(faults):
        spot = QRectF(rect.right() - 10 - index * (_MARK + 3), rect.top() - _MARK / 2, _MARK, _MARK)
        paint_mark(ink, spot, fault)


def paint_mark(ink: Ink, spot: QRectF, fault: str) -> None:
    """The sign of one fault."""
    box(ink.painter, spot, Radius.CARD, ink.skin.dead_lettered, ink.skin.canvas, 1.5)
    ink.icon(_ICONS.get(fault, "warning"), spot.x() + 4, spot.y() + 4, 12, ink.skin.card)
