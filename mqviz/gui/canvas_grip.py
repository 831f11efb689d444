"""Mouse and fingers on the canvas: moving the view, and telling a click on the empty canvas from a pull."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QGraphicsView, QPinchGesture

from mqviz.gui.camera import STEP, Camera

_CLICK = 4
_WHEEL_STEP = 120.0


class Grip:
    """Takes what moves the view, and leaves the rest to Qt: items that are pressed, rubber bands."""

    def __init__(self, view: QGraphicsView, camera: Camera) -> None:
        self._view = view
        self._camera = camera
        self._last: QPoint | None = None
        self._pulled = 0
        self._space = False

    @property
    def is_panning(self) -> bool:
        """Whether the view is being pulled."""
        return self._last is not None

    def press(self, event: QMouseEvent, on_item: bool) -> bool:
        """Whether this press begins to pull the view."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_left = event.button() is Qt.MouseButton.LeftButton
        if event.button() is Qt.MouseButton.MiddleButton or (is_left and (self._space or not (on_item or shift))):
            self._last, self._pulled = event.position().toPoint(), 0
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        self._view.setDragMode(QGraphicsView.DragMode.RubberBandDrag if shift else QGraphicsView.DragMode.NoDrag)
        return False

    def move(self, event: QMouseEvent) -> bool:
        """Whether the view was pulled on."""
        if self._last is None:
            return False
        here = event.position().toPoint()
        step = here - self._last
        self._pulled += step.manhattanLength()
        self._last = here
        if self._pulled >= _CLICK:
            self._camera.pan(step)
        return True

    def release(self) -> bool:
        """Whether a pull has ended; it was a click if `was_click`."""
        if self._last is None:
            return False
        self._last = None
        self._show_cursor()
        return True

    @property
    def was_click(self) -> bool:
        """Whether the last pull went nowhere."""
        return self._pulled < _CLICK

    def hold_space(self, held: bool) -> bool:
        """The space bar makes every press a pull. Whether it was let go without one."""
        tapped = self._space and not held and self._pulled == 0
        if held and not self._space:
            self._pulled = 0
        self._space = held
        self._show_cursor()
        return tapped

    def wheel(self, event: QWheelEvent) -> None:
        """Zooms with Ctrl, moves without, sidewards with Shift."""
        turn = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._camera.zoom_by(STEP ** (event.angleDelta().y() / _WHEEL_STEP), event.position())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not turn.x():
            self._camera.pan(QPoint(turn.y(), 0))
        else:
            self._camera.pan(turn)
        event.accept()

    def gesture(self, event: QEvent) -> bool:
        """Two fingers on a screen or on a touchpad. Whether it was that."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._camera.zoom_by(1.0 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = self._view.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
                self._camera.zoom_by(pinch.scaleFactor(), middle.toPointF())
                return True
        return False

    def _show_cursor(self) -> None:
        if self._space:
            self._view.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._view.viewport().unsetCursor()
