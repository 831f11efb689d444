"""How lines look: as wide as their traffic, dashed for dead letters and alternates, double for calls, dotted for replies."""

from __future__ import annotations

from dataclasses import dataclass

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
_WIDEST_LABEL = 144.0
_MOST_KEYS = 2
_THIN = 1.8
_POINTED = {EdgeKind.DEAD_LETTER, EdgeKind.INVALID, EdgeKind.ALTERNATE, EdgeKind.REPLY}
_DASHES = [5.0, 3.0]
_DOTS = [0.1, 2.6]
_CUT = [1.5, 4.0]


@dataclass(frozen=True, slots=True)
class Dress:
    """What a line looks like besides its kind: its step of width, and what is true of it. `idle`: nobody is at one of its ends."""

    step: int = 0
    selected: bool = False
    cut: bool = False
    dead: bool = False
    idle: bool = False


def path_of(line: Curve) -> QPainterPath:
    """The line as Qt draws it."""
    points = [QPointF(x, y) for x, y in line.controls]
    path = QPainterPath(points[0])
    for index in range(1, len(points), 3):
        path.cubicTo(points[index], points[index + 1], points[index + 2])
    return path


def colour_of(skin: Theme, dress: Dress) -> QColor:
    """The colour of a line."""
    if dress.dead:
        return faint(skin.dead_lettered, 0.8 if dress.selected else 0.45)
    return faint(skin.accent, 0.45) if dress.selected else skin.edge


def paint_edge(painter: QPainter, skin: Theme, edge: Edge, path: QPainterPath, dress: Dress) -> None:
    """One line."""
    colour = colour_of(skin, dress)
    is_thin = dress.dead or dress.cut or dress.idle or edge.kind in _POINTED
    wide = min(WIDTHS[dress.step], _THIN) if is_thin else WIDTHS[dress.step]
    pen = QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if edge.kind is EdgeKind.CALL and not dress.cut:
        pen.setWidthF(wide + 3.0)
    if is_thin:
        pen.setDashPattern(_CUT if dress.cut else _DOTS if edge.kind is EdgeKind.REPLY else _DASHES)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if edge.kind is EdgeKind.REPLY else Qt.PenCapStyle.FlatCap)
    painter.strokePath(path, pen)
    if edge.kind is EdgeKind.CALL and not dress.cut:
        painter.strokePath(path, QPen(skin.canvas, max(1.5, wide - 0.6)))
    if edge.kind in _POINTED:
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


def middle(line: Curve) -> QPointF:
    """The point half way along a line."""
    x, y = line.samples[SAMPLES // 2]
    return QPointF(float(x), float(y))
