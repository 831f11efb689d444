"""Draws all moving dots in one call: sprites from one pixmap, places from one array that the painter reads as it is."""

from __future__ import annotations

from enum import StrEnum
from math import ceil
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform
from shiboken6 import Shiboken

from mqviz.gui.controls.glyphs import glyph_path
from mqviz.gui.theme import State, Theme
from mqviz.model.amqp import MessageKind
from mqviz.viewmodel.journeys import KINDS, PRIORITIES, Shape
from mqviz.viewmodel.particles import Ints, Sight

_SIDE = 13.0
_SMALLEST, _LARGEST = 0.5, 2.0
_GLYPH_FROM = 1.35
_HALO = 1.3
_FIELDS = 10
_X, _Y, _LEFT, _TOP, _WIDTH, _HEIGHT, _SCALE_X, _SCALE_Y, _TURN, _OPACITY = range(_FIELDS)

_STATES = {
    Shape.READY: State.READY,
    Shape.UNACKED: State.UNACKED,
    Shape.REDELIVERED: State.REDELIVERED,
    Shape.DEAD_LETTERED: State.DEAD_LETTERED,
    Shape.DROPPED: State.DROPPED,
}
_LETTERS: dict[MessageKind, tuple[tuple[float, float], ...]] = {
    MessageKind.REQUEST: ((-0.45, -0.75), (0.55, 0.0), (-0.45, 0.75)),
    MessageKind.RESPONSE: ((0.45, -0.75), (-0.55, 0.0), (0.45, 0.75)),
    MessageKind.ERROR: ((-0.6, -0.6), (0.6, 0.6), (0.0, 0.0), (0.6, -0.6), (-0.6, 0.6)),
    MessageKind.EVENT: (),
}


class ColourBy(StrEnum):
    """What the colours of dots tell."""

    STATE = "state"
    KIND = "kind"
    PRIORITY = "priority"


def kind_colour(skin: Theme, kind: MessageKind) -> QColor:
    """The colour of a kind of message."""
    return {
        MessageKind.REQUEST: skin.ready,
        MessageKind.RESPONSE: skin.ok,
        MessageKind.ERROR: skin.dead_lettered,
        MessageKind.EVENT: skin.text_second,
    }[kind]


def priority_colour(skin: Theme, priority: int) -> QColor:
    """From a faint grey (0) to the accent (9)."""
    share = priority / (PRIORITIES - 1)
    low, high = skin.text_third, skin.accent
    ends = ((low.red(), high.red()), (low.green(), high.green()), (low.blue(), high.blue()))
    return QColor(*(round(start + (end - start) * share) for start, end in ends))


class Atlas:
    """One sprite for each look, side by side, for one theme, size and way of colouring."""

    def __init__(self, skin: Theme, colour_by: ColourBy, zoom: float, ratio: float) -> None:
        self.key = skin.name, colour_by, _scale(zoom), ratio
        self.scale = _scale(zoom)
        self.cell = ceil(_SIDE * self.scale * ratio)
        self._skin, self._colour_by, self._ratio = skin, colour_by, ratio
        self._with_glyph = zoom >= _GLYPH_FROM or colour_by is ColourBy.KIND
        self._levels = PRIORITIES if colour_by is ColourBy.PRIORITY else 1
        self.pixmap = self._draw()

    def sprites(self, looks: Ints) -> Ints:
        """The number of the sprite for each look."""
        return looks // PRIORITIES * self._levels + (looks % PRIORITIES if self._levels > 1 else 0)

    @staticmethod
    def key_for(skin: Theme, colour_by: ColourBy, zoom: float, ratio: float) -> tuple[str, ColourBy, float, float]:
        """What `key` would be."""
        return skin.name, colour_by, _scale(zoom), ratio

    def _draw(self) -> QPixmap:
        count = len(Shape) * len(KINDS) * self._levels
        pixmap = QPixmap(self.cell * count, self.cell)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(count):
            rest, priority = divmod(index, self._levels)
            shape, kind = divmod(rest, len(KINDS))
            middle = QPointF((index + 0.5) * self.cell, self.cell / 2)
            self._sprite(painter, middle, self._ratio * self.scale, Shape(shape), KINDS[kind], priority)
        painter.end()
        return pixmap

    def _sprite(self, painter: QPainter, middle: QPointF, unit: float, shape: Shape, kind: MessageKind, priority: int) -> None:
        """A shape with a rim in the colour of the canvas, so that dots that touch stay apart."""
        radius = (5.6 if self._with_glyph else 4.3) * unit
        rect = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        path = glyph_path(_STATES[shape], rect)
        rim = QPen(self._skin.canvas, 2 * _HALO * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, rim)
        if shape is Shape.UNACKED:
            hole = QPainterPath()
            hole.addEllipse(rect)
            painter.fillPath(hole, self._skin.canvas)
        colour = self._colour(shape, kind, priority)
        painter.fillPath(path, colour)
        if self._with_glyph and shape is not Shape.DROPPED:
            self._letter(painter, middle, radius * 0.42, kind, colour if shape is Shape.UNACKED else self._skin.canvas)

    def _letter(self, painter: QPainter, middle: QPointF, size: float, kind: MessageKind, colour: QColor) -> None:
        points = [QPointF(middle.x() + x * size, middle.y() + y * size) for x, y in _LETTERS[kind]]
        if points:
            painter.setPen(QPen(colour, size * 0.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(points)

    def _colour(self, shape: Shape, kind: MessageKind, priority: int) -> QColor:
        if self._colour_by is ColourBy.KIND:
            return kind_colour(self._skin, kind)
        if self._colour_by is ColourBy.PRIORITY:
            return priority_colour(self._skin, priority)
        return self._skin.of(_STATES[shape])


def _scale(zoom: float) -> float:
    """Dots grow less than what they run along; in steps, so that zooming does not draw them anew each time."""
    return round(min(max(float(zoom**0.6), _SMALLEST), _LARGEST) * 8) / 8


class DotPainter:
    """Keeps the array that the painter reads."""

    def __init__(self) -> None:
        self._atlas: Atlas | None = None
        self._array = np.zeros((0, _FIELDS))

    def paint(self, painter: QPainter, sight: Sight, transform: QTransform, skin: Theme, colour_by: ColourBy) -> None:
        """Draws the dots of a sight. `transform` leads from the scene to the painter's logical pixels."""
        count = len(sight.points)
        if not count:
            return
        ratio = painter.device().devicePixelRatio()
        atlas = self._atlas_for(skin, colour_by, transform.m11(), ratio)
        table = self._table(count)
        table[:, _X] = (sight.points[:, 0] * transform.m11() + transform.dx()) * ratio
        table[:, _Y] = (sight.points[:, 1] * transform.m22() + transform.dy()) * ratio
        table[:, _LEFT] = atlas.sprites(sight.looks) * atlas.cell
        table[:, _WIDTH:_TURN] = atlas.cell, atlas.cell, 1.0, 1.0
        table[:, _OPACITY] = sight.opacity
        painter.save()
        painter.setTransform(QTransform.fromScale(1.0 / ratio, 1.0 / ratio))
        fragments: Any = Shiboken.wrapInstance(table.ctypes.data, QPainter.PixmapFragment)
        painter.drawPixmapFragments(fragments, count, atlas.pixmap)
        painter.restore()

    def _table(self, count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
        if len(self._array) < count:
            self._array = np.zeros((count + count // 2, _FIELDS))
        return self._array[:count]

    def _atlas_for(self, skin: Theme, colour_by: ColourBy, zoom: float, ratio: float) -> Atlas:
        if self._atlas is None or self._atlas.key != Atlas.key_for(skin, colour_by, zoom, ratio):
            self._atlas = Atlas(skin, colour_by, zoom, ratio)
        return self._atlas
