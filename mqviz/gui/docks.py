"""The panels around the picture: docks without a frame, until the user wants to move them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

_SIDES = Qt.DockWidgetArea
WIDTHS = {"library": 220, "inspector": 292}
TIMELINE = 292


class Docks(QObject):
    """Library left, inspector right, timeline below both picture and inspector."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._all: dict[str, QDockWidget] = {}
        window.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks)
        window.setCorner(Qt.Corner.BottomLeftCorner, _SIDES.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, _SIDES.BottomDockWidgetArea)

    def add(self, code: str, title: str, side: Qt.DockWidgetArea, widget: QWidget) -> QDockWidget:
        """Make a dock of a panel."""
        dock = QDockWidget(title, self._window)
        dock.setObjectName(code)
        dock.setWidget(widget)
        self._window.addDockWidget(side, dock)
        self._all[code] = dock
        self._frame(dock, movable=False)
        return dock

    def __getitem__(self, code: str) -> QDockWidget:
        return self._all[code]

    @property
    def all(self) -> tuple[QDockWidget, ...]:
        """Every dock, in the order in which they were added."""
        return tuple(self._all.values())

    def set_movable(self, movable: bool) -> None:
        """Show the frames by which panels are dragged, or hide them."""
        for dock in self._all.values():
            self._frame(dock, movable)

    def _frame(self, dock: QDockWidget, movable: bool) -> None:
        previous = dock.titleBarWidget()
        if movable and previous is not None:
            dock.setTitleBarWidget(None)  # type: ignore[arg-type]  # Qt's own frame again
            previous.deleteLater()
        elif not movable and previous is None:
            dock.setTitleBarWidget(QWidget(dock))

    def arrange(self) -> None:
        """All panels where and as large as they were at first."""
        sides = {"library": _SIDES.LeftDockWidgetArea, "inspector": _SIDES.RightDockWidgetArea, "timeline": _SIDES.BottomDockWidgetArea}
        for code, dock in self._all.items():
            dock.setFloating(False)
            self._window.addDockWidget(sides[code], dock)
            dock.show()
        columns = [self._all[code] for code in WIDTHS]
        self._window.resizeDocks(columns, list(WIDTHS.values()), Qt.Orientation.Horizontal)
        self._window.resizeDocks([self._all["timeline"]], [TIMELINE], Qt.Orientation.Vertical)
