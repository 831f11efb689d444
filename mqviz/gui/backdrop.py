"""The pixmap of everything that stands still, as large as the viewport, painted anew only where it changed.

Moving the view by whole pixels shifts what is there and paints the strips that come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QTransform

Paint = Callable[[QPainter, QRectF], None]
"""Paints what touches a rectangle of the scene; the painter stands in scene coordinates."""

_FUZZ = 1e-6


class Backdrop:
    """`renders` counts the times that all of it was painted, `patches` the parts."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._pixmap = QPixmap()
        self._transform = QTransform()
        self._size = QSize()
        self._ratio = 1.0
        self._stale: list[QRectF] | None = None
        self.renders = 0
        self.patches = 0

    def invalidate(self, rect: QRectF | None = None) -> None:
        """This part of the scene, or all of it, has to be painted anew."""
        if rect is None:
            self._pixmap = QPixmap()
        elif self._stale is None:
            self._stale = [rect]
        else:
            self._stale.append(rect)

    @property
    def is_stale(self) -> bool:
        """Whether all of it will be painted anew."""
        return self._pixmap.isNull()

    def pixmap(self, transform: QTransform, size: QSize, ratio: float) -> QPixmap:
        """What the viewport shows of the scene, right in every pixel."""
        if self._pixmap.isNull() or size != self._size or ratio != self._ratio or not _same_zoom(transform, self._transform):
            self._render(transform, size, ratio)
        elif transform != self._transform:
            self._shift(transform)
        if self._stale is not None:
            stale, self._stale = self._stale, None
            self._patch([_grown(self._in_device(rect)) for rect in stale])
        return self._pixmap

    def touch(self, paint: Callable[[QPainter], None]) -> None:
        """Paints over what is there, in scene coordinates; without effect while there is nothing to paint over."""
        if self._pixmap.isNull():
            return
        painter = QPainter(self._pixmap)
        painter.setTransform(self._transform)
        paint(painter)
        painter.end()

    def _render(self, transform: QTransform, size: QSize, ratio: float) -> None:
        self._transform, self._size, self._ratio = QTransform(transform), QSize(size), ratio
        self._stale = None
        self._pixmap = QPixmap(size * ratio)
        self._pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(self._pixmap)
        painter.setTransform(transform)
        self._paint(painter, self._in_scene(QRectF(0, 0, size.width(), size.height())))
        painter.end()
        self.renders += 1

    def _shift(self, transform: QTransform) -> None:
        """Scrolls by whole device pixels; by anything else, or too far, all is painted anew."""
        exact = [(new - old) * self._ratio for new, old in _offsets(transform, self._transform)]
        step = QPoint(round(exact[0]), round(exact[1]))
        area = self._pixmap.rect()
        is_whole = abs(exact[0] - step.x()) < _FUZZ and abs(exact[1] - step.y()) < _FUZZ
        if not is_whole or abs(step.x()) >= area.width() or abs(step.y()) >= area.height():
            self._render(transform, self._size, self._ratio)
            return
        self._pixmap.scroll(step.x(), step.y(), area)
        self._transform = QTransform(transform)
        self._patch(_uncovered(area, step))

    def _patch(self, parts: Iterable[QRect]) -> None:
        """Paints rectangles of the pixmap's own pixels."""
        area = self._pixmap.rect()
        painter = QPainter(self._pixmap)
        for device in parts:
            part = device.intersected(area)
            if not part.isEmpty():
                painter.resetTransform()
                logical = QRectF(part.x() / self._ratio, part.y() / self._ratio, part.width() / self._ratio, part.height() / self._ratio)
                painter.setClipRect(logical)
                painter.setTransform(self._transform)
                self._paint(painter, self._in_scene(logical))
                self.patches += 1
        painter.end()

    def _in_scene(self, rect: QRectF) -> QRectF:
        return self._transform.inverted()[0].mapRect(rect)

    def _in_device(self, rect: QRectF) -> QRect:
        mapped = self._transform.mapRect(rect)
        return QRectF(
            mapped.x() * self._ratio, mapped.y() * self._ratio, mapped.width() * self._ratio, mapped.height() * self._ratio
        ).toAlignedRect()


def _uncovered(area: QRect, step: QPoint) -> Iterator[QRect]:
    """What comes in when all is moved by a step."""
    if step.y():
        yield QRect(0, 0 if step.y() > 0 else area.height() + step.y(), area.width(), abs(step.y()))
    if step.x():
        yield QRect(0 if step.x() > 0 else area.width() + step.x(), 0, abs(step.x()), area.height())


def _grown(rect: QRect) -> QRect:
    return rect.adjusted(-1, -1, 1, 1)


def _same_zoom(one: QTransform, other: QTransform) -> bool:
    return one.m11() == other.m11() and one.m22() == other.m22()


def _offsets(one: QTransform, other: QTransform) -> tuple[tuple[float, float], tuple[float, float]]:
    return (one.dx(), other.dx()), (one.dy(), other.dy())
