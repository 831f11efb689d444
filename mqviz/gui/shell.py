"""The window before anything is in it: it is on the screen while the rest of the program is still being loaded.

Loading everything takes most of a second; a window that shows where things will be is there in a quarter of one. So this module
imports next to nothing, and what listens to the window does so by its signals.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from mqviz.gui import theme

SMALLEST = (1024, 640)
FIRST = (1440, 900)
TOP, LEFT, RIGHT, BOTTOM = 60, 220, 292, 292


class Shell(QMainWindow):
    """`closing`: the user closes it; `escaped`: Escape, which nothing inside wanted; `dropped(paths, beside)`: files."""

    shown = Signal()
    closing = Signal()
    escaped = Signal()
    dropped = Signal(list, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("mqviz")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        self.setAcceptDrops(True)
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where things will be, as long as they are not there."""
        if self.centralWidget() is None:
            painter = QPainter(self)
            self._sketch(painter, QRectF(self.rect()))
            painter.end()
        if not self._is_painted:
            self._is_painted = True
            self.shown.emit()

    def _sketch(self, painter: QPainter, rect: QRectF) -> None:
        skin = theme.current()
        painter.fillRect(rect, skin.panel)
        painter.fillRect(rect.adjusted(LEFT, TOP, -RIGHT, -BOTTOM), skin.canvas)
        painter.setPen(skin.hairline)
        across = [(0, TOP, rect.width()), (LEFT, rect.height() - BOTTOM, rect.width())]
        for start, y, end in across:
            painter.drawLine(int(start), int(y), int(end), int(y))
        painter.drawLine(LEFT, TOP, LEFT, int(rect.height()))
        painter.drawLine(int(rect.width()) - RIGHT, TOP, int(rect.width()) - RIGHT, int(rect.height()) - BOTTOM)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell those inside."""
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape that nothing inside has wanted."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on; with Shift they are to stand beside what is open."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.dropped.emit(paths, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
