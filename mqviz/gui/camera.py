"""Where a graphics view looks: zoom about a point, move, fit. It follows the content until the user takes over."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPoint, QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

SMALLEST, LARGEST = 0.05, 4.0
STEP = 1.2
_FIT_AT_MOST = (1.15, 1.6)
"""A small topology is enlarged only so far; further in a large view, where it would look lost."""
_FIT_LARGER_FROM = 900.0
"""Pixels of width from which it is enlarged further."""
READABLE = 0.4
"""A large topology is made smaller only so far by itself: names can still be read, and the minimap shows the rest."""
_MARGINS = QMarginsF(16, 60, 16, 62)
_LOW_MARGINS = QMarginsF(16, 40, 16, 58)
_LOW = 320.0
"""Pixels of height; a lower view has no room to spare."""
_ASPECTS = (1.0, 2.6)
"""No picture should be arranged narrower or wider than this, however narrow or wide the view is."""


class Camera:
    """Moves one view. `content` is what there is to see, in scene coordinates."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        self.content = QRectF()
        self.is_following = True
        self._smallest = READABLE

    @property
    def aspect(self) -> float:
        """How many times as wide as high a picture should be to fill the view, within limits."""
        area, (least, most) = self._area(), _ASPECTS
        return min(max(area.width() / max(area.height(), 1.0), least), most)

    @property
    def zoom(self) -> float:
        """1 is 100 %."""
        return self._view.transform().m11()

    @property
    def seen(self) -> QRectF:
        """What the view shows of the scene."""
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    @property
    def sees_all(self) -> bool:
        """Whether nothing of the content lies outside."""
        return self.seen.adjusted(-1, -1, 1, 1).contains(self.content)

    def set_content(self, content: QRectF) -> None:
        """There is something else to see."""
        self.content = content
        if self.is_following:
            self._show_all()
        else:
            self._give_room()

    def fit(self) -> None:
        """Shows all that can be read, with room for what stands over the picture; again, all of it, however small. Goes on doing so."""
        is_again = self.is_following and self._smallest == READABLE and not self.sees_all
        self._smallest = SMALLEST if is_again else READABLE
        self._show_all()

    def _area(self) -> QRectF:
        """The viewport without what stands over the picture."""
        whole = QRectF(self._view.viewport().rect())
        return whole.marginsRemoved(_MARGINS if whole.height() >= _LOW else _LOW_MARGINS)

    def _show_all(self) -> None:
        """As much as there is room for; of more, what stands at the upper left."""
        self.is_following = True
        area = self._area()
        if self.content.isEmpty() or area.width() <= 0 or area.height() <= 0:
            return
        zoom = min(area.width() / self.content.width(), area.height() / self.content.height(), _largest_fit(area.width()))
        self._set_zoom(min(max(zoom, self._smallest), LARGEST))
        wide, high = self.content.width() * self.zoom, self.content.height() * self.zoom
        corner = QPointF(max(0.0, (area.width() - wide) / 2), max(0.0, (area.height() - high) / 2))
        self._put(self.content.topLeft(), area.topLeft() + corner)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller, with the point of the viewport `at` (the middle) staying where it is."""
        self.zoom_to(self.zoom * factor, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """To this zoom, within the limits."""
        at = QRectF(self._view.viewport().rect()).center() if at is None else at
        self.is_following = False
        held = self._to_scene(at)
        self._set_zoom(min(max(zoom, SMALLEST), LARGEST))
        self._put(held, at)

    def pan(self, step: QPoint) -> None:
        """Moves the picture by so many pixels."""
        self.is_following = False
        self._scroll(-step.x(), -step.y())

    def look_at(self, place: QPointF) -> None:
        """This place of the scene into the middle."""
        self.is_following = False
        self._put(place, QRectF(self._view.viewport().rect()).center())

    def reveal(self, rect: QRectF) -> None:
        """Moves as little as is needed to see a rectangle of the scene."""
        if not self.seen.contains(rect):
            self._view.ensureVisible(rect, 40, 60)
            self.is_following = False

    def _to_scene(self, at: QPointF) -> QPointF:
        inverse, _ = self._view.viewportTransform().inverted()
        return inverse.map(at)

    def _set_zoom(self, zoom: float) -> None:
        self._view.setTransform(QTransform.fromScale(zoom, zoom))
        self._give_room()

    def _give_room(self) -> None:
        """The content can be pushed to any edge of the view, but not out of it."""
        size = self._view.viewport().size()
        across, down = size.width() / self.zoom, size.height() / self.zoom
        self._view.setSceneRect(self.content.adjusted(-across, -down, across, down))

    def _put(self, place: QPointF, at: QPointF) -> None:
        """A place of the scene to a point of the viewport."""
        now = self._view.viewportTransform().map(place)
        self._scroll(round(now.x() - at.x()), round(now.y() - at.y()))

    def _scroll(self, across: int, down: int) -> None:
        for bar, step in ((self._view.horizontalScrollBar(), across), (self._view.verticalScrollBar(), down)):
            bar.setValue(bar.value() + step)


def _largest_fit(width: float) -> float:
    least, most = _FIT_AT_MOST
    return min(max(least, least * width / _FIT_LARGER_FROM), most)
