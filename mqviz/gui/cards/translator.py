"""The card of a message translator: the format it takes and the one it gives."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from mqviz.gui.cards import states
from mqviz.gui.cards.frame import Tone
from mqviz.gui.cards.words import CardWords, rate
from mqviz.gui.ink import Ink, Style, shortened, width
from mqviz.gui.theme import Radius
from mqviz.viewmodel.faces import TranslatorFace
from mqviz.viewmodel.graph import Node

_PAD = 12.0
_MOST = 54.0


def tone(face: TranslatorFace) -> Tone:
    """How the card looks as a whole."""
    return states.tone(face.crew.state)


def paint(ink: Ink, node: Node, face: TranslatorFace) -> None:
    """What the card of a translator says."""
    skin, right = ink.skin, node.size[0] - _PAD
    ink.icon("translator", _PAD, 10, 16, skin.text_second)
    is_spoken = face.crew.state in states.SPOKEN
    says = ink.words.states[face.crew.state] if is_spoken else ink.words.rate.format(rate(face.rate or 0.0))
    end = ink.write_to(right, 23, says, Style.SMALL, states.colour(skin, face.crew.state))
    ink.write(_PAD + 22, 23, node.name, Style.NAME, skin.text, end - _PAD - 30)
    x = _chip(ink, _PAD, face.format_in)
    ink.icon("producer", x + 5, 36, 14, skin.text_third)
    _chip(ink, x + 24, face.format_out)


def _chip(ink: Ink, x: float, text: str) -> float:
    """A format on a ground of its own. Gives the x of its end."""
    text = shortened(text or ink.words.any_format, Style.SMALL, _MOST)
    wide = width(text, Style.SMALL) + 12
    ink.box(QRectF(x, 34, wide, 18), Radius.SMALL, ink.skin.chip)
    ink.write(x + 6, 47, text, Style.SMALL, ink.skin.text_second)
    return x + wide


def below(words: CardWords, face: TranslatorFace) -> str:
    """What is said under the card."""
    return words.invalid.format(rate(face.invalid)) if face.invalid else ""
