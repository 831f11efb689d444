"""Lines, areas and textures of the chart, quick enough to be drawn ten times a second.

A pen one device pixel wide takes Qt's fast path, a wider one costs thirty times as much: so a stronger line is drawn twice, shifted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap, QPolygonF, QTransform
from shiboken6 import VoidPtr

from mqviz.gui.controls.painting import faint
from mqviz.gui.theme import Theme
from mqviz.viewmodel.series import Floats, Indices

SOLID: tuple[float, ...] = ()
DOTS = (1.5, 2.0)
DASHES = (4.0, 2.5)
LONG = (7.0, 2.5)
CHAIN = (6.0, 2.5, 1.5, 2.5)
_WEIGHT = 1.5
_PIXELS = QImage.Format.Format_ARGB32_Premultiplied


@dataclass(frozen=True, slots=True)
class Style:
    """How a curve looks: a colour of the theme, its dashes, and the texture of its area or bars (plain, hatch, dots, cross)."""

    colour: str
    dashes: tuple[float, ...] = SOLID
    texture: str = ""

    def tint(self, skin: Theme) -> QColor:
        """Its colour in a theme."""
        colour: QColor = getattr(skin, self.colour)
        return colour


STYLES = {
    "in": Style("text_second", DOTS),
    "publish": Style("text_second", DOTS),
    "out": Style("ready", DASHES),
    "deliver": Style("unacked"),
    "ack": Style("ok", LONG),
    "confirm": Style("ok", LONG),
    "completed": Style("accent", DASHES),
    "ready": Style("ready", texture="plain"),
    "waiting": Style("ready", texture="plain"),
    "unacked": Style("unacked", texture="hatch"),
    "in_service": Style("unacked", texture="hatch"),
    "unconfirmed": Style("unacked", texture="hatch"),
    "p50": Style("accent"),
    "p95": Style("accent", DASHES),
    "p99": Style("accent", DOTS),
    "redelivered": Style("redelivered", texture="plain"),
    "dead_lettered": Style("dead_lettered", texture="plain"),
    "nacked": Style("dead_lettered", texture="plain"),
    "refused": Style("dead_lettered", texture="plain"),
    "invalid": Style("dead_lettered", texture="plain"),
    "dropped": Style("dropped", texture="dots"),
    "unroutable": Style("dropped", texture="dots"),
    "returned": Style("redelivered", texture="plain"),
    "timed_out": Style("unacked", texture="hatch"),
    "failed_calls": Style("text_third", texture="cross"),
    "failed": Style("text_third", texture="cross"),
    "counted_publish": Style("text_second", DOTS),
    "counted_confirm": Style("ok", LONG),
    "counted_publish_in": Style("ready"),
    "counted_publish_out": Style("ready", DASHES),
    "counted_deliver": Style("unacked"),
    "counted_deliver_no_ack": Style("unacked", DASHES),
    "counted_ack": Style("ok"),
    "counted_redeliver": Style("redelivered"),
    "counted_get": Style("accent"),
    "counted_get_no_ack": Style("accent", DASHES),
    "counted_get_empty": Style("accent", DOTS),
    "counted_return_unroutable": Style("dead_lettered", CHAIN),
    "counted_drop_unroutable": Style("dropped", DASHES),
}
"""The look of every code of `chart_rows`."""


def polygon(xs: Floats, ys: Floats) -> QPolygonF:
    """Points for the painter, without a loop."""
    result = QPolygonF()
    result.resize(xs.size)
    if xs.size:
        points: Any = VoidPtr(result.data(), 16 * xs.size, True)  # type: ignore[call-arg, arg-type]  # its stub knows addresses only
        memory = np.frombuffer(points, dtype=np.float64).reshape(-1, 2)
        memory[:, 0], memory[:, 1] = xs, ys
    return result


def stretches(ys: Floats) -> list[slice]:
    """The parts between gaps."""
    known = ~np.isnan(ys)
    if known.all():
        return [slice(0, ys.size)] if ys.size else []
    edges: Indices = np.flatnonzero(np.diff(np.r_[False, known, False]))
    return [slice(int(start), int(stop)) for start, stop in zip(edges[0::2], edges[1::2], strict=True)]


def pen(colour: QColor, dashes: tuple[float, ...], ratio: float) -> QPen:
    """A pen of one device pixel; dashes are in logical pixels."""
    result = QPen(colour, 1.0)
    result.setCosmetic(True)
    if dashes:
        result.setDashPattern([length * ratio for length in dashes])
        result.setCapStyle(Qt.PenCapStyle.FlatCap)
    return result


def draw_line(
    painter: QPainter, xs: Floats, ys: Floats, colour: QColor, dashes: tuple[float, ...] = SOLID, weight: float = _WEIGHT
) -> None:
    """A line of about `weight` logical pixels, broken where `ys` is NaN."""
    ratio = painter.device().devicePixelRatioF()
    passes = max(1, round(weight * ratio + 0.25))
    painter.setPen(pen(colour, dashes, ratio))
    for stretch in stretches(ys):
        points = polygon(xs[stretch], ys[stretch])
        points.translate(0.0, -(weight - 1.0 / ratio) / 2)
        for place in range(passes):
            if place:
                points.translate(0.0, (weight - 1.0 / ratio) / (passes - 1))
            painter.drawPolyline(points)


def fill_between(painter: QPainter, area: QRectF, xs: Floats, upper: Floats, lower: Floats | float, fill: QImage) -> None:
    """The area between two lines over the same places, tiled with `fill`; `lower` may be one height. Nothing where either is NaN.

    Made as a picture with numpy: Qt takes 3 ms to fill a smooth polygon of a thousand corners, this a tenth. Its steps lie under the lines.
    """
    ratio = painter.device().devicePixelRatioF()
    columns, rows = int(area.width() * ratio), int(area.height() * ratio)
    if not xs.size or columns < 1 or rows < 1:
        return
    middles = area.left() + (np.arange(columns) + 0.5) / ratio
    inside = (middles >= xs[0]) & (middles <= xs[-1])
    top = np.where(inside, np.interp(middles, xs, upper), np.nan)
    bottom = np.full(columns, lower) if isinstance(lower, float) else np.interp(middles, xs, lower)
    heights = (area.top() + (np.arange(rows) + 0.5) / ratio)[:, np.newaxis]
    pixels = np.where((heights >= top) & (heights <= bottom), _tiled(fill, columns, rows), np.uint32(0))
    picture = QImage(pixels.data, columns, rows, 4 * columns, _PIXELS)
    picture.setDevicePixelRatio(ratio)
    painter.drawImage(area.topLeft(), picture)


def _tiled(fill: QImage, columns: int, rows: int) -> NDArray[np.uint32]:
    """The colours of a tile, repeated over an area; one colour stays one."""
    tile = np.frombuffer(fill.constBits(), dtype=np.uint32).reshape(fill.height(), fill.width())
    if tile.size == 1:
        return tile
    return np.tile(tile, (rows // fill.height() + 1, columns // fill.width() + 1))[:rows, :columns]


def area_tile(style: Style, skin: Theme, ratio: float) -> QImage:
    """What fills an area of this style."""
    colour = style.tint(skin)
    if style.texture == "hatch":
        return _tile("hatch", colour.rgba(), faint(colour, 0.10).rgba(), ratio).toImage().convertToFormat(_PIXELS)
    return plain_tile(faint(colour, 0.38 if skin.dark else 0.25))


def plain_tile(colour: QColor) -> QImage:
    """One colour."""
    tile = QImage(1, 1, _PIXELS)
    tile.fill(colour)
    return tile


def brush(style: Style, skin: Theme, ratio: float) -> QBrush:
    """What fills a bar or a swatch of this style."""
    colour = style.tint(skin)
    if style.texture == "plain":
        return QBrush(colour)
    tile = QBrush(_tile(style.texture, colour.rgba(), faint(colour, 0.25 if skin.dark else 0.16).rgba(), ratio))
    tile.setTransform(QTransform.fromScale(1.0 / ratio, 1.0 / ratio))
    return tile


@lru_cache(maxsize=64)
def _tile(texture: str, colour: int, ground: int, ratio: float) -> QPixmap:
    """A small square that repeats without a seam, in device pixels."""
    side = {"hatch": 5.0, "dots": 3.0, "cross": 5.0}[texture] * ratio
    tile = QPixmap(round(side), round(side))
    tile.fill(QColor.fromRgba(ground))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if texture == "dots":
        _dots(painter, tile.width(), QColor.fromRgba(colour))
    else:
        _diagonals(painter, tile.width(), QPen(QColor.fromRgba(colour), 1.2 * ratio), both=texture == "cross")
    painter.end()
    return tile


def _dots(painter: QPainter, side: int, colour: QColor) -> None:
    dot = side / 3.0 * 1.25
    painter.fillRect(QRectF(0, 0, dot, dot), colour)
    painter.fillRect(QRectF(side / 2, side / 2, dot, dot), colour)


def _diagonals(painter: QPainter, side: int, stroke: QPen, *, both: bool) -> None:
    painter.setPen(stroke)
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1))
        if both:
            painter.drawLine(QPointF(shift - 1, -1), QPointF(shift + side + 1, side + 1))
