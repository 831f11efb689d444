"""The card of a service: workers as slots, places to wait as a short row, and how loaded it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from mqviz.gui.cards import states
from mqviz.gui.cards.frame import Tone
from mqviz.gui.cards.words import CardWords, count, rate
from mqviz.gui.ink import Ink, Style
from mqviz.viewmodel.faces import ServiceFace
from mqviz.viewmodel.graph import Node

_PAD = 12.0
_LABEL = 52.0
_MOST_WORKERS = 6
_MOST_PLACES = 9
_GAUGE = 50.0
_HIGH, _FULL = 0.75, 0.97


def tone(face: ServiceFace) -> Tone:
    """How the card looks as a whole: a full service is amber, one that turns requests away red."""
    if states.tone(face.crew.state) is not Tone.PLAIN:
        return states.tone(face.crew.state)
    if face.refused or face.timed_out:
        return Tone.RED
    return Tone.AMBER if face.accept is not None and face.waiting >= max(1, face.accept) else Tone.PLAIN


def paint(ink: Ink, node: Node, face: ServiceFace) -> None:
    """What the card of a service says."""
    skin, right = ink.skin, node.size[0] - _PAD
    ink.icon("service", _PAD, 11, 16, skin.text_second)
    is_spoken = face.crew.state in states.SPOKEN
    says = ink.words.states[face.crew.state] if is_spoken else ink.words.rate.format(rate(face.rate or 0.0))
    end = ink.write_to(right, 24, says, Style.SMALL, states.colour(skin, face.crew.state))
    ink.write(_PAD + 22, 24, node.name, Style.NAME, skin.text, end - _PAD - 30)
    _row(ink, 44, ink.words.workers, f"{count(face.busy)}/{count(face.workers)}")
    _workers(ink, 50, face)
    _row(ink, 76, ink.words.places, count(face.waiting) if face.accept is None else f"{count(face.waiting)}/{count(face.accept)}")
    _places(ink, 82, face)
    _gauge(ink, QRectF(right - _GAUGE, 40, _GAUGE, _GAUGE), face.load)


def _row(ink: Ink, baseline: float, label: str, figure: str) -> None:
    end = ink.write(_PAD, baseline, label, Style.SMALL, ink.skin.text_third)
    ink.write(end + 5, baseline, figure, Style.SMALL, ink.skin.text_second)


def _workers(ink: Ink, top: float, face: ServiceFace) -> None:
    total = min(_MOST_WORKERS, face.workers)
    filled = face.busy * total / max(1, face.workers)
    for index in range(total):
        slot = QRectF(_PAD + index * 16, top, 13, 13)
        if index + 0.5 <= filled or (index == 0 and face.busy):
            ink.box(slot, 4.0, ink.skin.ok_soft, ink.skin.ok, 1.2)
        else:
            ink.box(slot, 4.0, None, ink.skin.border)


def _places(ink: Ink, top: float, face: ServiceFace) -> None:
    """A short row of seats; without a limit, only the taken ones, going on to the right."""
    total = _MOST_PLACES if face.accept is None else min(_MOST_PLACES, face.accept)
    scale = max(face.waiting, total) if face.accept is None else max(1, face.accept)
    filled = face.waiting * total / max(1, scale)
    painter = ink.painter
    for index in range(total):
        is_taken = index + 0.5 <= filled or (index == 0 and face.waiting > 0)
        painter.setPen(QPen(ink.skin.ready if is_taken else ink.skin.border, 1.0))
        painter.setBrush(ink.skin.ready if is_taken else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(_PAD + index * 10.5 + 0.5, top + 0.5, 7, 7))


def _gauge(ink: Ink, rect: QRectF, load: float) -> None:
    """Three quarters of a circle, filled by the load."""
    painter, skin = ink.painter, ink.skin
    ring = rect.adjusted(3, 3, -3, -3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for share, colour in ((1.0, skin.track), (min(1.0, load), _heat(ink, load))):
        if share:
            painter.setPen(QPen(colour, 4.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, 225 * 16, -round(270 * 16 * share))
    ink.write_amid(rect.center().x(), rect.center().y() + 4, f"{round(load * 100)}%", Style.SMALL, skin.text)


def _heat(ink: Ink, load: float) -> QColor:
    if load >= _FULL:
        return ink.skin.dead_lettered
    return ink.skin.unacked if load >= _HIGH else ink.skin.ok


def below(words: CardWords, face: ServiceFace) -> str:
    """What is said under the card: what falls off it."""
    parts = []
    if face.refused:
        parts.append(words.refused.format(rate(face.refused)))
    if face.timed_out:
        parts.append(words.timed_out.format(rate(face.timed_out)))
    return " · ".join(parts)
