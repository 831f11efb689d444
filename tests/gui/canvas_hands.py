"""Hands for the canvas in tests: where things are, clicks and pulls, and what is on the screen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mqviz.gui.canvas import TopologyView
from mqviz.model.snapshot import Event, EventKind

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
QUEUE, WORKER = "queue:orders.new", "consumer:worker.1"


def at(view: TopologyView, id: str) -> QPoint:
    """The middle of a node in the viewport."""
    return view.rect_of(id).center()


def empty_place(view: TopologyView) -> QPoint:
    return at(view, "consumer:auditor.1") + QPoint(0, 60)


def click(view: TopologyView, place: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(view.viewport(), LEFT, modifier, place)


def drag(view: TopologyView, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, modifier: Qt.KeyboardModifier = NONE) -> None:
    viewport = view.viewport()
    QTest.mousePress(viewport, button, modifier, start)
    for step in range(1, 6):
        QTest.mouseMove(viewport, start + (end - start) * step / 5)
    QTest.mouseRelease(viewport, button, modifier, end)


def wheel(view: TopologyView, place: QPoint, turn: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    position = QPointF(place)
    event = QWheelEvent(
        position,
        view.viewport().mapToGlobal(position),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def pinch(view: TopologyView, place: QPoint, value: float, kind: Qt.NativeGestureType = Qt.NativeGestureType.ZoomNativeGesture) -> None:
    """Two fingers on a touchpad, as macOS and Wayland tell of them: `value` is by how much more (or less, below 0)."""
    local = QPointF(place)
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, local, local, view.viewport().mapToGlobal(local), value, QPointF())
    QApplication.sendEvent(view.viewport(), event)


def picture(view: TopologyView) -> QImage:
    QApplication.processEvents()
    return view.viewport().grab().toImage()


def happened(kind: EventKind = EventKind.PUBLISH, number: int = 1) -> Event:
    return Event(time=1.0, kind=kind, source="producer:billing.1", target="exchange:events", message=number)


def difference(one: QImage, other: QImage) -> int:
    """The greatest of all pixels and colours; Qt rounds differently by one or two where it clips."""
    ours, theirs = (np.frombuffer(image.constBits(), dtype=np.uint8).astype(int) for image in (one, other))
    return int(np.abs(ours - theirs).max())


def colours(image: QImage, wanted: QColor) -> int:
    """How many pixels have a colour."""
    return sum(image.pixelColor(x, y) == wanted for x in range(image.width()) for y in range(image.height()))
