"""Everything of the picture that stands still, painted into any rectangle of the scene: for the background, and for saved pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from mqviz.gui import canvas_edges
from mqviz.gui.cards import card
from mqviz.gui.cards.frame import MARGIN
from mqviz.gui.cards.words import CardWords
from mqviz.gui.controls.painting import faint
from mqviz.gui.ink import Ink, Style, width
from mqviz.gui.theme import Theme
from mqviz.viewmodel.columns import columns
from mqviz.viewmodel.graph import BELOW, Edge, Node, NodeKind
from mqviz.viewmodel.picture import Picture
from mqviz.viewmodel.routes import Box, Key

_GRID = 24.0
_IN_BROKER = {NodeKind.EXCHANGE, NodeKind.QUEUE}
_BROKER_MARGIN = 26.0


@dataclass(frozen=True, slots=True)
class Detail:
    """How it is looked at: how large, and what is selected."""

    zoom: float = 1.0
    selection: frozenset[str] = frozenset()


def to_rect(box: Box) -> QRectF:
    """A box as Qt has it."""
    return QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)


class Scenery:
    """Paints a picture. Keeps the paths of lines until `forget`."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._paths: dict[Key, QPainterPath] = {}
        self._bounds: dict[Key, QRectF] = {}
        self.words = CardWords()

    def forget(self, keys: Iterable[Key] | None = None) -> None:
        """Lines run elsewhere now: these, or all."""
        for key in list(self._paths) if keys is None else keys:
            self._paths.pop(key, None)
            self._bounds.pop(key, None)

    def translate(self) -> None:
        """The language is another."""
        self.words = CardWords()

    def paint(self, painter: QPainter, clip: QRectF, skin: Theme, detail: Detail) -> None:
        """All that touches `clip`; the painter stands in scene coordinates, and is clipped to it by the caller."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(clip, skin.canvas)
        _grid(painter, clip, skin, detail.zoom)
        for edge in self._picture.graph.edges:
            if self.bounds(edge.key).intersects(clip):
                self._edge(painter, skin, edge, detail)
        for node in self._picture.graph.nodes:
            if self.reach(node).intersects(clip):
                self._card(Ink(painter, skin, self.words, node.id in detail.selection), node, detail)
        self._broker(Ink(painter, skin, self.words), clip)

    def repaint(self, painter: QPainter, node: Node, skin: Theme, detail: Detail) -> None:
        """The inside of one card."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = to_rect(self._picture.boxes[node.id])
        painter.setClipRect(card.inside(node, rect))
        ink = Ink(painter, skin, self.words, node.id in detail.selection)
        card.repaint(ink, node, rect, self._picture.faces[node.id], detail.zoom)
        self._marks(ink, node, rect)

    def path(self, key: Key) -> QPainterPath:
        """The line of an edge."""
        if key not in self._paths:
            self._paths[key] = canvas_edges.path_of(self._picture.lines[key])
        return self._paths[key]

    def bounds(self, key: Key) -> QRectF:
        """What a line covers."""
        if key not in self._bounds:
            self._bounds[key] = self.path(key).controlPointRect().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        return self._bounds[key]

    def reach(self, node: Node) -> QRectF:
        """What a card covers, with its shadow, marks and what is said below it."""
        low = BELOW.get(node.kind, 0.0)
        return to_rect(self._picture.boxes[node.id]).adjusted(-MARGIN - 10, -MARGIN - 6, MARGIN + 12, MARGIN + low)

    def content(self) -> QRectF:
        """What nodes and lines cover; empty where there are none."""
        whole = QRectF()
        for node in self._picture.graph.nodes:
            whole = whole.united(to_rect(self._picture.boxes[node.id]).adjusted(0, 0, 0, BELOW.get(node.kind, 0.0)))
        for key in self._picture.lines:
            whole = whole.united(self.path(key).controlPointRect())
        return whole

    def _edge(self, painter: QPainter, skin: Theme, edge: Edge, detail: Detail) -> None:
        picture = self._picture
        selected = edge.source in detail.selection or edge.target in detail.selection
        is_cut = edge.key in picture.marks.cut
        canvas_edges.paint_edge(painter, skin, edge, self.path(edge.key), picture.widths[edge.key], selected, is_cut)
        if is_cut:
            spot = QRectF(0, 0, 20, 20)
            spot.moveCenter(canvas_edges.middle(picture.lines[edge.key]))
            card.paint_mark(Ink(painter, skin, self.words), spot, "cut")

    def _card(self, ink: Ink, node: Node, detail: Detail) -> None:
        rect, face = to_rect(self._picture.boxes[node.id]), self._picture.faces.get(node.id)
        if face is not None:
            card.paint(ink, node, rect, face, detail.zoom)
            self._marks(ink, node, rect)

    def _marks(self, ink: Ink, node: Node, rect: QRectF) -> None:
        faults = self._picture.marks.nodes.get(node.id, ())
        if faults:
            card.paint_marks(ink, rect, faults)

    def broker_area(self) -> QRectF:
        """What the broker's own nodes cover."""
        area = QRectF()
        for node in self._picture.graph.nodes:
            if node.kind in _IN_BROKER:
                area = area.united(to_rect(self._picture.boxes[node.id]))
        margin = _BROKER_MARGIN
        return area.adjusted(-margin, -margin - 14, margin, margin) if not area.isEmpty() else area

    def _broker(self, ink: Ink, clip: QRectF) -> None:
        """The broker is down, or has an alarm: its whole area says so."""
        marks = self._picture.marks
        area = self.broker_area() if marks.broker or marks.is_down else QRectF()
        if area.isEmpty() or not area.adjusted(-20, -20, 20, 20).intersects(clip):
            return
        colour = ink.skin.dead_lettered
        pen = QPen(colour, 1.5)
        pen.setDashPattern([4.0, 3.0])
        ink.painter.setPen(pen)
        ink.painter.setBrush(QBrush(faint(ink.skin.canvas, 0.62)) if marks.is_down else Qt.BrushStyle.NoBrush)
        ink.painter.drawRoundedRect(area, 16, 16)
        _sign(ink, area, self.words.broker(marks.broker, marks.is_down), "broker-restart" if marks.is_down else "memory")

    def captions(self) -> list[tuple[float, str]]:
        """The middle and the heading of each column."""
        kinds: dict[int, set[NodeKind]] = {}
        places: dict[int, list[float]] = {}
        number = columns(self._picture.graph)
        for node in self._picture.graph.nodes:
            kinds.setdefault(number[node.id], set()).add(node.kind)
            places.setdefault(number[node.id], []).append(self._picture.positions[node.id][0])
        runs: list[tuple[set[NodeKind], list[float]]] = []
        for column in sorted(kinds):
            if runs and runs[-1][0] == kinds[column]:
                runs[-1][1].extend(places[column])
            else:
                runs.append((kinds[column], places[column]))
        return [((min(xs) + max(xs)) / 2, self.words.heading(of)) for of, xs in runs]


def _sign(ink: Ink, area: QRectF, text: str, icon: str) -> None:
    wide = width(text, Style.STRONG) + 40
    rect = QRectF(area.center().x() - wide / 2, area.top() - 14, wide, 28)
    ink.box(rect, 14, ink.skin.danger_soft, ink.skin.dead_lettered, 1.5)
    ink.icon(icon, rect.x() + 11, rect.y() + 7, 14, ink.skin.dead_lettered)
    ink.write(rect.x() + 30, rect.y() + 18.5, text, Style.STRONG, ink.skin.dead_lettered)


def _grid(painter: QPainter, clip: QRectF, skin: Theme, zoom: float) -> None:
    """A faint lattice of dots, so that one sees the canvas move."""
    step = _GRID
    while step * zoom < 14:
        step *= 2
    painter.setPen(QPen(QColor(skin.canvas_dot), 1.8 / zoom, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    left, top = (int(edge // step) * step for edge in (clip.left(), clip.top()))
    across = range(int((clip.right() - left) / step) + 2)
    down = range(int((clip.bottom() - top) / step) + 2)
    painter.drawPoints([QPointF(left + i * step, top + j * step) for j in down for i in across])
