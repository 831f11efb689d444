"""The card of a queue: its tube, its counts, the age of its oldest message, and where this is going."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from mqviz.gui.cards.frame import Tone
from mqviz.gui.cards.tube import paint_tube
from mqviz.gui.cards.words import CardWords, count, rate
from mqviz.gui.controls.glyphs import paint_glyph
from mqviz.gui.ink import Ink, Style, width
from mqviz.gui.theme import State, Theme
from mqviz.viewmodel.faces import QueueFace, Severity
from mqviz.viewmodel.graph import Node

_PAD = 12.0
_TONES = {Severity.NO_CONSUMER: Tone.RED, Severity.NEAR_LIMIT: Tone.AMBER, Severity.GROWING: Tone.AMBER}


def tone(face: QueueFace) -> Tone:
    """How the card looks as a whole."""
    return _TONES.get(face.severity, Tone.PLAIN)


def paint(ink: Ink, node: Node, face: QueueFace) -> None:
    """What the card of a queue says."""
    skin, right = ink.skin, node.size[0] - _PAD
    ink.icon("queue", _PAD, 9, 16, skin.accent if ink.is_selected else skin.text_second)
    end = ink.write_to(right, 21, face.type, Style.SMALL, skin.text_third)
    ink.write(_PAD + 22, 21.5, node.name, Style.NAME, skin.text, end - _PAD - 30)
    colour = skin.dead_lettered if face.is_dead_letter else skin.ready
    paint_tube(ink, QRectF(_PAD, 31, right - _PAD, 13), face.ready_share, face.unacked_share, colour)
    _counts(ink, right, face)
    _outlook(ink, right, face)


def _counts(ink: Ink, right: float, face: QueueFace) -> None:
    x, baseline, skin = _PAD, 59.0, ink.skin
    state = State.DEAD_LETTERED if face.is_dead_letter else State.READY
    paint_glyph(ink.painter, state, QRectF(x, baseline - 9, 9, 9), skin)
    x = ink.write(x + 15, baseline, count(face.ready), Style.FIGURE, skin.text)
    if face.unacked or not face.is_dead_letter:
        paint_glyph(ink.painter, State.UNACKED, QRectF(x + 14, baseline - 9, 9, 9), skin)
        x = ink.write(x + 29, baseline, count(face.unacked), Style.FIGURE, skin.text)
    text = "" if face.percent is None else f"{face.percent}%"
    if text and x + 6 < right - width(text, Style.STRONG):
        ink.write_to(right, baseline, text, Style.STRONG, _colour(skin, face))


def _outlook(ink: Ink, right: float, face: QueueFace) -> None:
    baseline, skin, words = 75.0, ink.skin, ink.words
    text = outlook(words, face)
    start = ink.write_to(right, baseline, text, Style.SMALL, _colour(skin, face)) if text else right
    if face.severity is Severity.NO_CONSUMER:
        start -= 16
        ink.icon("warning", start, baseline - 10, 12, skin.dead_lettered)
    if not face.ready and not face.unacked:
        ink.write(_PAD, baseline, words.empty, Style.SMALL, skin.text_third)
    elif face.oldest is not None:
        ink.write(_PAD, baseline, words.oldest.format(words.duration(face.oldest)), Style.SMALL, skin.text_third, start - _PAD - 8)


def outlook(words: CardWords, face: QueueFace) -> str:
    """Where the backlog is going, in a few words; empty where nothing is to be said."""
    if face.severity is Severity.NO_CONSUMER:
        return words.no_consumer
    if face.full_in is not None:
        return words.full_in.format(words.duration(face.full_in))
    if face.empty_in is not None and face.ready:
        return words.empty_in.format(words.duration(face.empty_in))
    if face.severity is Severity.GROWING and face.slope is not None:
        return f"+{words.rate.format(rate(face.slope))}"
    return words.near_limit if face.severity is Severity.NEAR_LIMIT else ""


def _colour(skin: Theme, face: QueueFace) -> QColor:
    if face.severity is Severity.NO_CONSUMER or (face.percent or 0) >= 100:
        return skin.dead_lettered
    return skin.text_second if face.severity is Severity.FINE else skin.text_warning
