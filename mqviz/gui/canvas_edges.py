"""How lines look: as wide as their traffic, dashed for dead letters and alternates, double for calls, dotted for replies."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from mqviz.gui.controls.painting import faint
from mqviz.gui.ink import Ink, Style, shortened, width
from mqviz.gui.theme import Theme
from mqviz.viewmodel.curves import SAMPLES, Curve
from mqviz.viewmodel.graph import Edge, EdgeKind

WIDTHS = (1.6, 2.2, 3.0, 4.0, 5.2, 6.5)
"""Pixels for each step of `flows.width_step`."""
LABEL_HEIGHT = 20.0
_WIDEST_LABEL = 120.0
_MOST_KEYS = 2
_DEAD = (EdgeKind.DEAD_LETTER, EdgeKind.INVALID)
_THIN = {EdgeKind.DEAD_LETTER: 1.8, EdgeKind.INVALID: 1.8, EdgeKind.ALTERNATE: 1.8, EdgeKind.REPLY: 1.8}
_DASHES = {
    EdgeKind.DEAD_LETTER: [5.0, 3.0],
    EdgeKind.INVALID: [5.0, 3.0],
    EdgeKind.ALTERNATE: [5.0, 3.0],
    EdgeKind.REPLY: [0.1, 2.6],
}


def path_of(line: Curve) -> QPainterPath:
    """The line as Qt draws it."""
    points = [QPointF(x, y) for x, y in line.controls]
    path = QPainterPath(points[0])
    for index in range(1, len(points), 3):
        path.cubicTo(points[index], points[index + 1], points[index + 2])
    return path


def colour_of(edge: Edge, skin: Theme, selected: bool) -> QColor:
    """The colour of a line."""
    if edge.kind in _DEAD:
        return faint(skin.dead_lettered, 0.8 if selected else 0.45)
    if selected:
        return faint(skin.accent, 0.45)
    return skin.edge


def paint_edge(painter: QPainter, skin: Theme, edge: Edge, path: QPainterPath, step: int, selected: bool, cut: bool) -> None:
    """One line."""
    colour = colour_of(edge, skin, selected)
    wide = min(WIDTHS[step], _THIN.get(edge.kind, WIDTHS[-1]))
    pen = QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    dashes = [2.0, 4.0] if cut else _DASHES.get(edge.kind)
    if edge.kind is EdgeKind.CALL:
        pen.setWidthF(wide + 3.0)
    if dashes:
        pen.setDashPattern(dashes)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if edge.kind is EdgeKind.REPLY else Qt.PenCapStyle.FlatCap)
    painter.strokePath(path, pen)
    if edge.kind is EdgeKind.CALL and not cut:
        painter.strokePath(path, QPen(skin.canvas, max(1.5, wide - 0.6)))
    if edge.kind in _THIN:
        _arrow(painter, path, colour)


def _arrow(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    """A head at the end: these lines may run against the reading direction, and often nothing moves on them."""
    end = path.pointAtPercent(1.0)
    angle = path.angleAtPercent(0.985)
    painter.save()
    painter.translate(end)
    painter.rotate(-angle)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.red(), colour.green(), colour.blue()))
    painter.setOpacity(min(1.0, colour.alphaF() + 0.25))
    painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(-8, -4), QPointF(-8, 4)]))
    painter.restore()


def label_text(edge: Edge) -> str:
    """The binding keys of an edge, the first ones and how many more."""
    shown = ", ".join(edge.labels[:_MOST_KEYS])
    more = len(edge.labels) - _MOST_KEYS
    return shortened(shown, Style.SMALL, _WIDEST_LABEL) + (f" +{more}" if more > 0 else "")


def label_size(text: str) -> tuple[float, float]:
    """Width and height of a label."""
    return width(text, Style.SMALL) + 16.0, LABEL_HEIGHT


def paint_label(ink: Ink, rect: QRectF, text: str, is_dead: bool) -> None:
    """A label as a pill."""
    line = faint(ink.skin.dead_lettered, 0.7) if is_dead else ink.skin.hairline
    ink.box(rect, LABEL_HEIGHT / 2, ink.skin.card, line)
    ink.write_amid(rect.center().x(), rect.center().y() + 4, text, Style.SMALL, ink.skin.text_second)


def is_dead(edge: Edge) -> bool:
    """Whether dead letters run along it."""
    return edge.kind in _DEAD


def middle(line: Curve) -> QPointF:
    """The point half way along a line."""
    x, y = line.samples[SAMPLES // 2]
    return QPointF(float(x), float(y))
