"""The labels of lines: binding keys, and why letters are dead.

Each is painted once, into a pixmap of its own, since they lie above the dots and are drawn in each frame.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from mqviz.gui import canvas_edges
from mqviz.gui.ink import Ink
from mqviz.gui.scenery import Scenery
from mqviz.gui.theme import Theme
from mqviz.viewmodel.faces import QueueFace
from mqviz.viewmodel.graph import Edge, EdgeKind
from mqviz.viewmodel.labels import place
from mqviz.viewmodel.picture import Picture

_MOST_PILLS = 500


class Labels:
    """Those of one picture."""

    def __init__(self, picture: Picture, scenery: Scenery) -> None:
        self._picture, self._scenery = picture, scenery
        self._labels: list[tuple[QPointF, str, bool]] = []
        self._pills: dict[tuple[object, ...], QPixmap] = {}
        self._reasons: list[str] = []

    def forget(self) -> None:
        """The theme is another."""
        self._pills.clear()

    def note_reasons(self) -> None:
        """Places the labels anew where letters are dead for another reason than before."""
        reasons = [face.dead_reason for face in self._picture.faces.values() if isinstance(face, QueueFace)]
        if reasons != self._reasons:
            self._reasons = reasons
            self.place()

    def place(self) -> None:
        """Finds room for each label."""
        picture = self._picture
        texts = {edge.key: text for edge in picture.graph.edges if (text := self._label(edge))}
        sizes = {key: canvas_edges.label_size(text) for key, text in texts.items()}
        places = place(picture.lines, sizes, picture.boxes.values())
        self._labels = [(QPointF(*at), texts[key], key in picture.graph.dead_letter_edges) for key, at in places.items()]

    def _label(self, edge: Edge) -> str:
        """Binding keys; of a dead letter line, why the letters are dead."""
        face = self._picture.faces.get(edge.source)
        if edge.kind is EdgeKind.DEAD_LETTER and isinstance(face, QueueFace):
            return self._scenery.words.reason(face.dead_reason)
        return canvas_edges.label_text(edge)

    def paint(self, painter: QPainter, transform: QTransform, skin: Theme) -> None:
        """Draws them, in the viewport's pixels."""
        painter.setOpacity(0.4 if self._picture.marks.is_down else 1.0)
        for at, text, is_dead in self._labels:
            pill = self._pill(text, is_dead, transform.m11(), painter.device().devicePixelRatio(), skin)
            middle, size = transform.map(at), pill.deviceIndependentSize()
            painter.drawPixmap(QPointF(middle.x() - size.width() / 2, middle.y() - size.height() / 2), pill)
        painter.setOpacity(1.0)

    def _pill(self, text: str, is_dead: bool, zoom: float, ratio: float, skin: Theme) -> QPixmap:
        key = text, is_dead, zoom, ratio
        pill = self._pills.get(key)
        if pill is None:
            if len(self._pills) > _MOST_PILLS:
                self._pills.clear()
            pill = self._pills[key] = self._draw_pill(text, is_dead, zoom * ratio, skin)
            pill.setDevicePixelRatio(ratio)
        return pill

    def _draw_pill(self, text: str, is_dead: bool, scale: float, skin: Theme) -> QPixmap:
        wide, high = canvas_edges.label_size(text)
        pixmap = QPixmap(ceil((wide + 2) * scale), ceil((high + 2) * scale))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        canvas_edges.paint_label(Ink(painter, skin, self._scenery.words), QRectF(1, 1, wide, high), text, is_dead)
        painter.end()
        return pixmap
