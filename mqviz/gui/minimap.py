"""The whole picture in small, with what is seen of it; there while not everything is seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QTransform
from PySide6.QtWidgets import QWidget

from mqviz.gui.cards import card
from mqviz.gui.cards.frame import Tone
from mqviz.gui.controls.painting import faint
from mqviz.gui.overlay import Pill
from mqviz.gui.scenery import to_rect
from mqviz.gui.theme import Theme
from mqviz.viewmodel.graph import NodeKind
from mqviz.viewmodel.picture import Picture

_WIDE, _HIGH = 168.0, 112.0
_MARGIN = 9.0


class Minimap(Pill):
    """Press or drag in it to look elsewhere."""

    looked_at = Signal(QPointF)

    def __init__(self, parent: QWidget, picture: Picture) -> None:
        super().__init__(parent)
        self._picture = picture
        self._content, self._seen = QRectF(), QRectF()
        self.setFixedSize(round(_WIDE), round(_HIGH))

    def set_view(self, content: QRectF, seen: QRectF) -> None:
        """What there is, and what is seen of it, in scene coordinates."""
        if (content, seen) != (self._content, self._seen):
            self._content, self._seen = content, seen
            self.refresh()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._look(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._look(event.position())

    def _look(self, at: QPointF) -> None:
        inverse, is_possible = self._transform().inverted()
        if is_possible:
            self.looked_at.emit(inverse.map(at))

    def _transform(self) -> QTransform:
        """From the scene into the map."""
        content = self._content
        if content.isEmpty():
            return QTransform()
        scale = min((_WIDE - 2 * _MARGIN) / content.width(), (_HIGH - 2 * _MARGIN) / content.height())
        result = QTransform.fromTranslate(_WIDE / 2, _HIGH / 2)
        result.scale(scale, scale)
        return result.translate(-content.center().x(), -content.center().y())

    def paint(self, painter: QPainter, skin: Theme) -> None:
        """Draws the nodes as blocks, and the frame of what is seen."""
        transform = self._transform()
        for node in self._picture.graph.nodes:
            rect = transform.mapRect(to_rect(self._picture.boxes[node.id]))
            painter.fillRect(
                rect.adjusted(0, 0, max(0.0, 2 - rect.width()), max(0.0, 1.5 - rect.height())), self._colour(node.id, node.kind, skin)
            )
        painter.setPen(QPen(skin.accent, 1.5))
        painter.setBrush(faint(skin.accent, 0.1))
        painter.drawRoundedRect(transform.mapRect(self._seen).intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2)), 3, 3)

    def _colour(self, id: str, kind: NodeKind, skin: Theme) -> QColor:
        face = self._picture.faces.get(id)
        tone = card.tone(face) if face else Tone.PLAIN
        if tone in (Tone.RED, Tone.GONE):
            return skin.dead_lettered
        if tone is Tone.AMBER:
            return skin.unacked
        return skin.ready if kind is NodeKind.QUEUE else skin.border_strong
