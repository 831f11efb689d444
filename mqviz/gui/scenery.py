"""Everything of the picture that stands still, painted into any rectangle of the scene: for the background, and for saved pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from mqviz.gui import canvas_edges
from mqviz.gui.cards import card
from mqviz.gui.cards.frame import MARGIN, Tone
from mqviz.gui.cards.words import CardWords
from mqviz.gui.controls.painting import faint
from mqviz.gui.ink import Ink
from mqviz.gui.theme import Theme
from mqviz.viewmodel.columns import columns
from mqviz.viewmodel.graph import BELOW, Edge, Node, NodeKind
from mqviz.viewmodel.picture import Picture
from mqviz.viewmodel.routes import Box, Key

_GRID = 24.0
_ONE_COLUMN = 500.0
_IN_BROKER = {NodeKind.EXCHANGE, NodeKind.QUEUE}
_BROKER_MARGIN = 20.0


@dataclass(frozen=True, slots=True)
class Detail:
    """How it is looked at: how large, and what is selected."""

    zoom: float = 1.0
    selection: frozenset[str] = frozenset()


def to_rect(box: Box) -> QRectF:
    """A box as Qt has it."""
    return QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)


class Scenery:
    """Paints a picture. Keeps the paths of lines, and what all covers, until `forget`."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._paths: dict[Key, QPainterPath] = {}
        self._bounds: dict[Key, QRectF] = {}
        self._reaches: dict[str, QRectF] = {}
        self.words = CardWords()

    def forget(self, keys: Iterable[Key] | None = None) -> None:
        """Lines run elsewhere now: these, or all; and so their cards."""
        self._reaches.clear()
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

    def repaint(self, painter: QPainter, nodes: Iterable[Node], skin: Theme, detail: Detail) -> None:
        """The insides of some cards."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for node in nodes:
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
        if node.id not in self._reaches:
            rect, low = to_rect(self._picture.boxes[node.id]), BELOW.get(node.kind, 0.0)
            self._reaches[node.id] = rect.adjusted(-MARGIN - 10, -MARGIN - 6, MARGIN + 12, MARGIN + low)
        return self._reaches[node.id]

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
        dress = canvas_edges.Dress(
            step=picture.widths[edge.key],
            selected=edge.source in detail.selection or edge.target in detail.selection,
            cut=edge.key in picture.marks.cut,
            dead=edge.key in picture.graph.dead_letter_edges,
            idle=self._is_away(edge.source) or self._is_away(edge.target),
        )
        canvas_edges.paint_edge(painter, skin, edge, self.path(edge.key), dress)
        if dress.cut:
            spot = QRectF(0, 0, 20, 20)
            spot.moveCenter(canvas_edges.middle(picture.lines[edge.key]))
            card.paint_mark(Ink(painter, skin, self.words), spot, "cut")

    def _is_away(self, id: str) -> bool:
        face = self._picture.faces.get(id)
        return face is not None and card.tone(face) in (Tone.GONE, Tone.AWAY)

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
        return area.adjusted(-margin, -margin, margin, margin) if not area.isEmpty() else area

    def _broker(self, ink: Ink, clip: QRectF) -> None:
        """The broker is down, or has an alarm: its whole area shows it. `broker_sign` says which."""
        marks = self._picture.marks
        area = self.broker_area() if marks.broker or marks.is_down else QRectF()
        if area.isEmpty() or not area.intersects(clip):
            return
        pen = QPen(ink.skin.dead_lettered, 1.5)
        pen.setDashPattern([4.0, 3.0])
        ink.painter.setPen(pen)
        ink.painter.setBrush(QBrush(faint(ink.skin.canvas, 0.62)) if marks.is_down else Qt.BrushStyle.NoBrush)
        ink.painter.drawRoundedRect(area, 16, 16)

    def broker_sign(self) -> tuple[str, str] | None:
        """Icon and words for what is wrong with the broker as a whole; None where nothing is."""
        marks = self._picture.marks
        if not (marks.broker or marks.is_down):
            return None
        return "broker-restart" if marks.is_down else "memory", self.words.broker(marks.broker, marks.is_down)

    def captions(self) -> list[tuple[float, str]]:
        """The middle and the heading of each column; in each band of the picture anew."""
        number = columns(self._picture.graph)
        places = sorted((number[node.id], self._picture.positions[node.id][0], node.kind) for node in self._picture.graph.nodes)
        runs: list[tuple[int, set[NodeKind], list[float]]] = []
        for column, x, kind in places:
            if runs and runs[-1][0] == column and x - runs[-1][2][-1] < _ONE_COLUMN:
                runs[-1][1].add(kind)
                runs[-1][2].append(x)
            else:
                runs.append((column, {kind}, [x]))
        return [((xs[0] + xs[-1]) / 2, self.words.heading(kinds)) for _, kinds, xs in runs]


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
