"""The box around a card: its shadow, fill and border say how it is, and whether it is selected."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from mqviz.gui.controls.painting import rounded
from mqviz.gui.ink import Ink
from mqviz.gui.theme import Radius, Theme
from mqviz.viewmodel.graph import Node, NodeKind
from mqviz.viewmodel.routes import HEXAGON_TIP

MARGIN = 8.0
"""How far shadow, glow, marks and the cards behind a group reach beyond the card."""
BEHIND = 4.0
_SHADOWS = ((0.0, 1.0, 1.0), (0.5, 2.0, 0.55), (1.5, 3.0, 0.3))


class Tone(StrEnum):
    """How a card looks as a whole."""

    PLAIN = "plain"
    AMBER = "amber"
    RED = "red"
    GONE = "gone"
    AWAY = "away"


def shape(node: Node, rect: QRectF) -> QPainterPath:
    """The outline of a card."""
    if node.kind is not NodeKind.EXCHANGE:
        return rounded(rect, Radius.CARD)
    tip, middle = HEXAGON_TIP, rect.center().y()
    corners = [
        QPointF(rect.left(), middle),
        QPointF(rect.left() + tip, rect.top()),
        QPointF(rect.right() - tip, rect.top()),
        QPointF(rect.right(), middle),
        QPointF(rect.right() - tip, rect.bottom()),
        QPointF(rect.left() + tip, rect.bottom()),
    ]
    return _with_soft_corners(QPolygonF(corners), 3.0)


def _with_soft_corners(polygon: QPolygonF, radius: float) -> QPainterPath:
    path = QPainterPath()
    count = polygon.size()
    for index in range(count):
        before, corner, after = polygon.at(index - 1 if index else count - 1), polygon.at(index), polygon.at((index + 1) % count)
        start, end = _along(corner, before, radius), _along(corner, after, radius)
        if index:
            path.lineTo(start)
        else:
            path.moveTo(start)
        path.quadTo(corner, end)
    path.closeSubpath()
    return path


def _along(start: QPointF, end: QPointF, reach: float) -> QPointF:
    line = end - start
    share = reach / max(1e-6, (line.x() ** 2 + line.y() ** 2) ** 0.5)
    return QPointF(start.x() + line.x() * share, start.y() + line.y() * share)


def paint_frame(ink: Ink, node: Node, rect: QRectF, tone: Tone, selected: bool) -> None:
    """Everything of a card but what it says."""
    painter, skin = ink.painter, ink.skin
    outline = shape(node, rect)
    if tone in (Tone.GONE, Tone.AWAY):
        painter.fillPath(outline, skin.canvas)
    else:
        _shadow(painter, skin, outline)
        if node.is_group:
            _behind(painter, skin, node, rect)
        painter.fillPath(outline, skin.card)
    if selected:
        painter.strokePath(outline, QPen(skin.glow, 8.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(outline, skin.card)
    painter.strokePath(outline, _border(skin, tone, selected))


def _shadow(painter: QPainter, skin: Theme, outline: QPainterPath) -> None:
    for grow, down, share in _SHADOWS:
        colour = QColor(skin.shadow)
        colour.setAlphaF(skin.shadow.alphaF() * share)
        painter.translate(0.0, down)
        painter.strokePath(outline, QPen(colour, 1.0 + 2.0 * grow))
        painter.fillPath(outline, colour)
        painter.translate(0.0, -down)


def _behind(painter: QPainter, skin: Theme, node: Node, rect: QRectF) -> None:
    """The cards under the first one of a group."""
    for step in (2, 1):
        off = BEHIND * step / 2 + step - 1
        under = shape(node, rect.adjusted(off * 2, 0, -off * 2, 0).translated(0, off + 1))
        painter.fillPath(under, skin.card)
        painter.strokePath(under, QPen(skin.border, 1.0))


def _border(skin: Theme, tone: Tone, selected: bool) -> QPen:
    if tone is Tone.GONE or tone is Tone.AWAY:
        pen = QPen(skin.accent if selected else skin.dead_lettered if tone is Tone.GONE else skin.border_strong, 1.5)
        pen.setDashPattern([3.0, 2.0])
        return pen
    if selected:
        return QPen(skin.accent, 2.0)
    if tone is Tone.PLAIN:
        return QPen(skin.border, 1.0)
    return QPen(skin.unacked if tone is Tone.AMBER else skin.dead_lettered, 1.5)
