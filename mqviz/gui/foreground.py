"""What lies over the background: moving dots, labels, and the marks that pulse or stay where they can be read."""

from __future__ import annotations

from math import sin, tau

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QLinearGradient, QPainter, QPainterPath, QPen, QTransform

from mqviz.gui import theme
from mqviz.gui.canvas_labels import Labels
from mqviz.gui.cards.frame import shape
from mqviz.gui.controls.painting import faint
from mqviz.gui.dots import ColourBy, DotPainter
from mqviz.gui.ink import Ink, Style, width
from mqviz.gui.scenery import Scenery, to_rect
from mqviz.gui.theme import Theme
from mqviz.model.snapshot import ClientState
from mqviz.viewmodel.faces import ExchangeFace, Face, QueueFace
from mqviz.viewmodel.graph import EdgeKind, Node
from mqviz.viewmodel.picture import Picture
from mqviz.viewmodel.traffic import Traffic

_LABELS_FROM = 0.45
_CAPTIONS_FROM = 0.3
_CAPTION_STRIP = 44.0
_SIGN_TOP = 36.0
_BETWEEN_CAPTIONS = 8.0
_PULSE = 1.6


class Foreground:
    """Painted anew in each frame. `clock`: seconds, for what pulses."""

    def __init__(self, picture: Picture, scenery: Scenery, traffic: Traffic) -> None:
        self.picture, self.scenery, self.traffic = picture, scenery, traffic
        self.labels = Labels(picture, scenery)
        self.colour_by = ColourBy.STATE
        self.reduced_motion = False
        self.targets: tuple[str, ...] = ()
        self.lit: frozenset[str] = frozenset()
        self.aimed_at = ""
        self.clock = 0.0
        self._dots = DotPainter()
        self._hanging: list[Node] = []
        self._captions: list[tuple[float, str]] = []

    @property
    def is_pulsing(self) -> bool:
        """Whether the next frame will differ even if no dot moves."""
        return bool(self.targets or self._hanging) and not self.reduced_motion

    def rearranged(self) -> None:
        """Nodes or lines stand elsewhere, or are called otherwise."""
        self.labels.place()
        self._captions = self.scenery.captions()

    def note_figures(self) -> None:
        """Takes in what hangs on figures but stands outside the cards: why letters are dead, and who hangs."""
        self.labels.note_reasons()
        self._hanging = [node for node in self.picture.graph.nodes if _hangs(self.picture.faces[node.id])]

    def paint(self, painter: QPainter, transform: QTransform, size: QSize) -> None:
        """What moves, and what lies above it."""
        skin = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.reduced_motion:
            self._paint_pulses(painter, transform, skin)
        self._dots.paint(painter, self.traffic.sight(self.reduced_motion), transform, skin, self.colour_by)
        if transform.m11() >= _LABELS_FROM:
            self.labels.paint(painter, transform, skin)
        self._paint_hanging(painter, transform, skin)
        self._paint_lit(painter, transform, skin)
        if self.targets:
            self._paint_targets(painter, transform, size, skin)
        ink = Ink(painter, skin, self.scenery.words)
        if transform.m11() >= _CAPTIONS_FROM:
            self._paint_captions(ink, transform, size)
        self._paint_broker_sign(ink, transform)

    def _paint_hanging(self, painter: QPainter, transform: QTransform, skin: Theme) -> None:
        strength = 0.5 if self.reduced_motion else 0.5 + 0.5 * sin(self.clock * tau / _PULSE)
        for node in self._hanging:
            self._outline(painter, transform, node, QPen(faint(skin.unacked, 0.15 + 0.5 * strength), 5.0))

    def _paint_lit(self, painter: QPainter, transform: QTransform, skin: Theme) -> None:
        """Where a message would go."""
        for node in self.picture.graph.nodes if self.lit else ():
            if self.lit.intersection((node.id, *node.members)):
                self._outline(painter, transform, node, QPen(faint(skin.ok, 0.35), 9.0))
                self._outline(painter, transform, node, QPen(skin.ok, 2.5))

    def _outline(self, painter: QPainter, transform: QTransform, node: Node, pen: QPen) -> None:
        painter.save()
        painter.setTransform(transform)
        painter.strokePath(shape(node, to_rect(self.picture.boxes[node.id]).adjusted(-2, -2, 2, 2)), pen)
        painter.restore()

    def _paint_targets(self, painter: QPainter, transform: QTransform, size: QSize, skin: Theme) -> None:
        """All but what can be hit steps back."""
        veil = QPainterPath()
        veil.addRect(QRectF(0, 0, size.width(), size.height()))
        nodes = [node for node in self.picture.graph.nodes if node.id in self.targets]
        for node in nodes:
            veil = veil.subtracted(transform.map(shape(node, to_rect(self.picture.boxes[node.id]))))
        painter.fillPath(veil, faint(skin.canvas, 0.6))
        strength = 1.0 if self.reduced_motion else 0.65 + 0.35 * sin(self.clock * tau / _PULSE)
        for node in nodes:
            wide = 4.0 if node.id == self.aimed_at else 2.0
            self._outline(painter, transform, node, QPen(faint(skin.dead_lettered, strength), wide))

    def _paint_broker_sign(self, ink: Ink, transform: QTransform) -> None:
        """Over the broker's area, but always where it can be read."""
        sign, area = self.scenery.broker_sign(), transform.mapRect(self.scenery.broker_area())
        if sign is None or area.isEmpty():
            return
        icon, text = sign
        wide = width(text, Style.STRONG) + 42
        rect = QRectF(area.center().x() - wide / 2, max(area.top() - 13, _SIGN_TOP), wide, 26)
        ink.box(rect, 13, ink.skin.danger_soft, ink.skin.dead_lettered, 1.5)
        ink.icon(icon, rect.x() + 12, rect.y() + 6, 14, ink.skin.dead_lettered)
        ink.write(rect.x() + 31, rect.y() + 17.5, text, Style.STRONG, ink.skin.dead_lettered)

    def _paint_pulses(self, painter: QPainter, transform: QTransform, skin: Theme) -> None:
        """Instead of motion: lines that messages are on are lit."""
        painter.save()
        painter.setTransform(transform)
        busy = set(self.traffic.busy())
        for edge in self.picture.graph.edges:
            if edge.key in busy:
                is_dead = edge.key in self.picture.graph.dead_letter_edges
                colour = skin.dead_lettered if is_dead else skin.unacked if edge.kind is EdgeKind.DELIVER else skin.ready
                painter.strokePath(self.scenery.path(edge.key), QPen(faint(colour, 0.35), 6.0))
        painter.restore()

    def _paint_captions(self, ink: Ink, transform: QTransform, size: QSize) -> None:
        """Headings stay at the top, whatever is moved under them."""
        if not self._captions:
            return
        shade = QLinearGradient(0.0, 0.0, 0.0, _CAPTION_STRIP)
        shade.setColorAt(0.0, ink.skin.canvas)
        shade.setColorAt(0.7, faint(ink.skin.canvas, 0.85))
        shade.setColorAt(1.0, faint(ink.skin.canvas, 0.0))
        ink.painter.fillRect(QRectF(0, 0, size.width(), _CAPTION_STRIP), shade)
        end = -_BETWEEN_CAPTIONS
        for x, text in sorted(self._captions):
            for said in dict.fromkeys((text, text.partition(" ")[0])):
                start = transform.map(QPointF(x, 0.0)).x() - width(said, Style.CAPTION) / 2
                if start >= end + _BETWEEN_CAPTIONS:
                    end = ink.write(start, 28.0, said, Style.CAPTION, ink.skin.text_third)
                    break


def _hangs(face: Face) -> bool:
    return not isinstance(face, ExchangeFace | QueueFace) and face.crew.state is ClientState.HANGING
