"""The card of an exchange: a hexagon with its name and type, and what it could not route below it."""

from __future__ import annotations

from mqviz.gui.cards.words import CardWords, rate
from mqviz.gui.ink import Ink, Style
from mqviz.viewmodel.faces import ExchangeFace
from mqviz.viewmodel.graph import Node
from mqviz.viewmodel.routes import HEXAGON_TIP


def paint(ink: Ink, node: Node, face: ExchangeFace) -> None:
    """What the hexagon says."""
    width, height = node.size
    room = width - 2 * HEXAGON_TIP + 6
    ink.write_amid(width / 2, height / 2 - 2, node.name, Style.NAME, ink.skin.text, room)
    ink.write_amid(width / 2, height / 2 + 14, face.type, Style.SMALL, ink.skin.text_second, room)


def below(words: CardWords, face: ExchangeFace) -> str:
    """What is said under the hexagon."""
    return words.unroutable.format(rate(face.unroutable)) if face.unroutable else ""
