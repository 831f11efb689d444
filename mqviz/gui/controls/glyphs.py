"""The shapes of states: colour is never the only thing that tells two of them apart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from mqviz.gui import theme
from mqviz.gui.controls.painting import begin
from mqviz.gui.theme import State, Theme


def _disc(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(rect)
    return path


def _ring(rect: QRectF) -> QPainterPath:
    width = rect.width() * 0.2
    return _disc(rect).subtracted(_disc(rect.adjusted(width, width, -width, -width)))


def _triangle(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    bottom = rect.bottom() - rect.height() * 0.04
    top = QPointF(rect.center().x(), rect.top() + rect.height() * 0.04)
    path.addPolygon(QPolygonF([QPointF(rect.left(), bottom), top, QPointF(rect.right(), bottom)]))
    path.closeSubpath()
    return path


def _square(rect: QRectF) -> QPainterPath:
    inset = rect.width() * 0.08
    path = QPainterPath()
    path.addRect(rect.adjusted(inset, inset, -inset, -inset))
    return path


def _stroked(rect: QRectF, *lines: tuple[tuple[float, float], ...]) -> QPainterPath:
    """Lines in shares of `rect`, drawn out to a shape that can be filled."""
    path = QPainterPath()
    for line in lines:
        points = [QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in line]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
    stroker = QPainterPathStroker()
    stroker.setWidth(rect.width() * 0.2)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path).simplified()


def _cross(rect: QRectF) -> QPainterPath:
    return _stroked(rect, ((0.14, 0.14), (0.86, 0.86)), ((0.86, 0.14), (0.14, 0.86)))


def _tick(rect: QRectF) -> QPainterPath:
    return _stroked(rect, ((0.12, 0.55), (0.4, 0.82), (0.88, 0.2)))


_SHAPES: dict[State, Callable[[QRectF], QPainterPath]] = {
    State.READY: _disc,
    State.UNACKED: _ring,
    State.REDELIVERED: _triangle,
    State.DEAD_LETTERED: _square,
    State.DROPPED: _cross,
    State.OK: _tick,
}


def glyph_path(state: State, rect: QRectF) -> QPainterPath:
    """The shape of a state in the largest square in the middle of `rect`, to be filled."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    return _SHAPES[state](square)


def paint_glyph(painter: QPainter, state: State, rect: QRectF, theme: Theme) -> None:
    """Draws the shape of a state in its colour; whoever paints sets antialiasing."""
    painter.fillPath(glyph_path(state, rect), theme.of(state))


class StateGlyph(QWidget):
    """The shape of a state beside a word; says nothing to screen readers, since the word does."""

    def __init__(self, state: State, side: int = 9, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._side = side
        self.setFixedSize(self.sizeHint())

    @property
    def state(self) -> State:
        """What it shows."""
        return self._state

    def set_state(self, state: State) -> None:
        """Shows another state."""
        if state is not self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        """As large as its shape, and a pixel of air for smooth edges."""
        return QSize(self._side + 2, self._side + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the shape."""
        painter = begin(self)
        paint_glyph(painter, self._state, QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.current())
        painter.end()
