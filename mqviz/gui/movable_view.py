"""A graphics view without frame and bars that is zoomed, pulled and fitted; what it shows is another's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from mqviz.gui.camera import STEP, Camera
from mqviz.gui.canvas_grip import Grip

P = ParamSpec("P")


class MovableView(QGraphicsView):
    """`space_tapped()`: the space bar was pressed and let go without pulling the view."""

    space_tapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self._camera = Camera(self)
        self._grip = Grip(self, self._camera)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(self.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(self.ViewportAnchor.NoAnchor)
        self._paint_as_a_whole()

    def _paint_as_a_whole(self) -> None:
        """Whoever shows something says himself when it has changed; Qt's own bookkeeping of items would cost and find nothing."""
        self.setViewportUpdateMode(self.ViewportUpdateMode.NoViewportUpdate)
        self.setOptimizationFlag(self.OptimizationFlag.DontSavePainterState)
        self.setOptimizationFlag(self.OptimizationFlag.DontAdjustForAntialiasing)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)

    def looked_elsewhere(self) -> None:
        """Called when the view shows another part, or at another size."""
        self.viewport().update()

    @property
    def zoom(self) -> float:
        """1 is 100 %."""
        return self._camera.zoom

    def zoom_in(self) -> None:
        """Larger by a step."""
        self._look(self._camera.zoom_by, STEP)

    def zoom_out(self) -> None:
        """Smaller by a step."""
        self._look(self._camera.zoom_by, 1 / STEP)

    def full_size(self) -> None:
        """To 100 %."""
        self._look(self._camera.zoom_to, 1.0)

    def fit(self) -> None:
        """Shows everything, and goes on doing so until the user looks elsewhere."""
        self._look(self._camera.fit)

    def _look(self, act: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        act(*args, **kwargs)
        self.looked_elsewhere()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms with Ctrl, else moves."""
        self._look(self._grip.wheel, event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinching."""
        if event.type() in (QEvent.Type.Gesture, QEvent.Type.NativeGesture) and self._grip.gesture(event):
            self.looked_elsewhere()
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar makes the next pull move the view."""
        if event.key() == Qt.Key.Key_Space:
            self._grip.hold_space(True)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The space bar is let go."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            event.ignore()
        elif self._grip.hold_space(False):
            self.space_tapped.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A space bar that is let go elsewhere is let go."""
        self._grip.hold_space(False)
        super().focusOutEvent(event)

    def scrollContentsBy(self, across: int, down: int) -> None:
        """The view was moved."""
        super().scrollContentsBy(across, down)
        self.looked_elsewhere()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Goes on showing everything if it did."""
        super().resizeEvent(event)
        self._look(self._camera.set_content, self._camera.content)
