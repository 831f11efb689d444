"""The drawn part of the chart and what the mouse and the keyboard do on it.

The frame is painted into a pixmap when it changes; crosshair and readings are painted over it whenever the mouse moves.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from mqviz.gui import theme
from mqviz.gui.chart_cursor import Readings, paint_cursor, paint_range, range_bubble
from mqviz.gui.chart_flags import Flag, flags_of, paint_flag, paint_lines, paint_regions
from mqviz.gui.chart_frame import Frame, Layout
from mqviz.gui.chart_paint import paint_grid, paint_names, paint_notes, paint_row, paint_theory_notes, paint_time_axis
from mqviz.gui.chart_words import ChartWords
from mqviz.gui.controls.painting import focus_ring
from mqviz.viewmodel.chart_rows import ALL_ROWS
from mqviz.viewmodel.time_view import TimeView

_NOTCH = 120.0
_ZOOM = 1.25
_LEAST_DRAG = 4
_KEY_PAN = 0.1
_KEY_STEP = 0.01

Range = tuple[float, float]


class _Drag(Enum):
    NOTHING = auto()
    RANGE = auto()
    PAN = auto()


class PlotArea(QWidget):
    """Rows, axes, flags and crosshair. `looked`: another stretch of time is to be shown; `range_changed` with what was dragged over."""

    fault_clicked = Signal(int)
    looked = Signal()
    range_changed = Signal()

    def __init__(self, view: TimeView, words: ChartWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._words = words
        self.shares = ALL_ROWS
        self._frame: Frame | None = None
        self._flags: list[Flag] = []
        self._picture: QPixmap | None = None
        self._cursor: float | None = None
        self._range: Range | None = None
        self._drag, self._grip = _Drag.NOTHING, QPointF()
        self._hot: Flag | None = None
        self._is_tabbed = False
        self.read_at: Callable[[float], Readings] = lambda time: {}
        self.read_over: Callable[[float, float], Readings] = lambda first, last: {}
        self.has_several = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(240, 150))
        theme.notifier().changed.connect(self._repaint)

    @property
    def frame(self) -> Frame | None:
        """What is drawn, None before the first data."""
        return self._frame

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags in sight, from left to right."""
        return tuple(self._flags)

    @property
    def cursor_time(self) -> float | None:
        """The moment under the crosshair."""
        return self._cursor

    @property
    def range(self) -> Range | None:
        """The stretch of time that was dragged over."""
        return self._range

    @property
    def layout_now(self) -> Layout:
        """Where everything lies at the present size."""
        return Layout(self.width(), self.height(), self.has_several, self.shares)

    def show_frame(self, frame: Frame | None) -> None:
        """Draw this from now on."""
        self._frame = frame
        self._flags = flags_of(frame, self._words) if frame is not None else []
        self._hot = None
        self._repaint()

    def bubble_of_range(self) -> QRectF:
        """Where the moments of what was dragged over are written; empty without it."""
        if self._frame is None or self._range is None:
            return QRectF()
        return range_bubble(self._frame, *self._range, self._words.mean_and_greatest())

    def clear_range(self) -> None:
        """Forget what was dragged over."""
        if self._range is not None:
            self._range = None
            self.range_changed.emit()
            self.update()

    def _repaint(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was painted has the wrong size; whoever listens builds a new frame."""
        super().resizeEvent(event)
        self.looked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Puts the crosshair over the painted frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._frame is not None:
            if self._picture is None:
                self._picture = self._painted(self._frame)
            painter.drawPixmap(0, 0, self._picture)
            self._overlay(painter, self._frame)
        if self._is_tabbed and self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), theme.current())
        painter.end()

    def _painted(self, frame: Frame) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_whole(painter, frame, self._flags, self._words)
        painter.end()
        return picture

    def _overlay(self, painter: QPainter, frame: Frame) -> None:
        skin = theme.current()
        if self._hot is not None:
            paint_flag(painter, self._hot, skin, hot=True)
        if self._range is not None:
            first, last = self._range
            readings = self.read_over(first, last) if self._drag is _Drag.NOTHING else {}
            paint_range(painter, frame, first, last, readings, self._words.mean_and_greatest(), skin)
        elif self._cursor is not None and self._hot is None and frame.first <= self._cursor <= frame.last:
            paint_cursor(painter, frame, self._cursor, self.read_at(self._cursor), skin)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A flag is clicked; else a drag begins: over a range, or (middle button, or with shift) along the time."""
        if self._frame is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        if event.button() == Qt.MouseButton.LeftButton and self._hot is not None:
            self._click_flag(self._hot)
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        pans = shifted or event.button() == Qt.MouseButton.MiddleButton or event.position().y() > self._frame.layout.plot.bottom()
        self._grip = event.position()
        self._drag = _Drag.PAN if pans else _Drag.RANGE
        self.clear_range()
        if pans:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _click_flag(self, flag: Flag) -> None:
        if len(flag.spans) == 1:
            self.fault_clicked.emit(flag.spans[0].id)
            return
        menu = QMenu(self)
        for span in flag.spans:
            menu.addAction(self._words.fault_at(span), partial(self.fault_clicked.emit, span.id))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(flag.rect.bottomLeft().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves crosshair, range or time."""
        if self._frame is None:
            return
        place = event.position()
        if self._drag is _Drag.PAN:
            self._view.pan((self._grip.x() - place.x()) * (self._frame.last - self._frame.first) / self._frame.layout.plot.width())
            self._grip = place
            self.looked.emit()
        elif self._drag is _Drag.RANGE and abs(place.x() - self._grip.x()) >= _LEAST_DRAG:
            first, last = sorted((self._frame.time(self._grip.x()), self._frame.time(place.x())))
            self._range = first, last
        self._point(place, self._frame)
        self.update()

    def _point(self, place: QPointF, frame: Frame) -> None:
        """Let the crosshair and the lit flag be where the mouse is."""
        self._hot = next((flag for flag in reversed(self._flags) if flag.rect.contains(place)), None) if not self.is_dragging else None
        inside = frame.layout.plot.contains(QPointF(place.x(), frame.layout.plot.center().y()))
        self._cursor = frame.time(place.x()) if inside else None
        if self._drag is not _Drag.PAN:
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if self._hot else Qt.CursorShape.CrossCursor if inside else Qt.CursorShape.ArrowCursor
            )

    @property
    def is_dragging(self) -> bool:
        """Whether a mouse button is down."""
        return self._drag is not _Drag.NOTHING

    def paint_export(self, painter: QPainter) -> None:
        """The frame without what follows the mouse."""
        if self._frame is not None:
            paint_whole(painter, self._frame, self._flags, self._words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a drag; a range stays until something else is done."""
        was, self._drag = self._drag, _Drag.NOTHING
        if was is _Drag.RANGE and self._range is not None:
            self.range_changed.emit()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the newest moment."""
        if self._hot is None:
            self.follow()

    def follow(self) -> None:
        """Back to the newest moment."""
        self.clear_range()
        self._view.follow()
        self.looked.emit()

    def zoom_to_range(self) -> None:
        """Show only what was dragged over."""
        if self._range is not None:
            self._view.show(*self._range)
            self.clear_range()
            self.looked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who came by the keyboard is shown where he is."""
        super().focusInEvent(event)
        self._is_tabbed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

    def leaveEvent(self, event: QEvent) -> None:
        """No crosshair without a mouse."""
        self._cursor = self._hot = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms about the mouse; sideways, or with shift, moves along the time."""
        if self._frame is None:
            return
        turn = event.angleDelta()
        span = self._frame.last - self._frame.first
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            self._view.pan(-(turn.x() or turn.y()) / _NOTCH * span * _KEY_PAN)
        else:
            self._view.zoom(_ZOOM ** (-turn.y() / _NOTCH), self._frame.time(event.position().x()))
        self.looked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the crosshair (with shift: the time), plus and minus zoom, Home is all, End is now, Enter zooms to the range."""
        if self._frame is None or not self._did(
            Qt.Key(event.key()), self._frame, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ):
            super().keyPressEvent(event)

    def _did(self, key: Qt.Key, frame: Frame, shifted: bool) -> bool:
        span = frame.last - frame.first
        middle = self._cursor if self._cursor is not None else (frame.first + frame.last) / 2
        actions: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: self._step(-1, span, middle, shifted),
            Qt.Key.Key_Right: lambda: self._step(1, span, middle, shifted),
            Qt.Key.Key_Plus: lambda: self._view.zoom(1 / _ZOOM, middle),
            Qt.Key.Key_Equal: lambda: self._view.zoom(1 / _ZOOM, middle),
            Qt.Key.Key_Minus: lambda: self._view.zoom(_ZOOM, middle),
            Qt.Key.Key_Home: lambda: self._view.show_latest(None),
            Qt.Key.Key_End: self.follow,
            Qt.Key.Key_Return: self.zoom_to_range,
            Qt.Key.Key_Escape: self.clear_range,
        }
        if key not in actions or (key == Qt.Key.Key_Escape and self._range is None):
            return False
        actions[key]()
        self.looked.emit()
        return True

    def _step(self, direction: int, span: float, middle: float, shifted: bool) -> None:
        if shifted:
            self._view.pan(direction * span * _KEY_PAN)
        else:
            first, last = self._view.interval
            self._cursor = min(max(middle + direction * span * _KEY_STEP, first), last)

    def event(self, event: QEvent) -> bool:
        """Tells about the flag under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _tell(self, place: QPoint, where: QPoint) -> None:
        flag = next((flag for flag in self._flags if flag.rect.contains(QPointF(place))), None)
        text = "\n".join(self._words.fault_at(span) for span in flag.spans) if flag else ""
        QToolTip.showText(where, text, self, flag.rect.toRect() if flag else QRect())


def paint_whole(painter: QPainter, frame: Frame, flags: list[Flag], words: ChartWords) -> None:
    """A frame with its flags, in the theme of now."""
    skin = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_regions(painter, frame, flags, skin)
    paint_grid(painter, frame, skin)
    for row in frame.rows:
        paint_row(painter, frame, row, skin)
    paint_time_axis(painter, frame, skin, words.now())
    paint_theory_notes(painter, frame, skin, words.theory())
    paint_notes(painter, frame, skin, words.nothing())
    paint_names(painter, frame, skin)
    paint_lines(painter, frame, flags, skin)
    for flag in flags:
        paint_flag(painter, flag, skin)
