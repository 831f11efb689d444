"""The same window of the same size in this process: it knows where things are on the screen of the program that is tried."""

from __future__ import annotations

import os
from collections.abc import Callable
from types import TracebackType
from typing import Self

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from mqviz.app import make_window
from mqviz.gui.main_window import MainWindow
from mqviz.gui.parts import Connection
from mqviz.gui.program import Program
from mqviz.settings import Settings
from mqviz.viewmodel.document import Document
from tests.e2e.desktop import until

Place = tuple[int, int]


def application() -> QApplication:
    """This process's application, also without pytest."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    return app


class Twin:
    """A window on this document or live broker, in the program's language; ends with the block."""

    def __init__(self, size: Place, opened: Document | Connection, language: str = "en") -> None:
        self._app = application()
        self._program = Program(self._app, make_window, Settings(language=language, theme="light"), lambda settings: None)
        self._program.shell.resize(*size)
        self._program.show(lambda: [opened])

    def __enter__(self) -> Self:
        self.turn(lambda: self._program.window is not None, "there is a twin")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._program.shell.close()
        self._app.processEvents()

    @property
    def window(self) -> MainWindow:
        """What is in it."""
        assert self._program.window is not None
        return self._program.window

    def turn(self, holds: Callable[[], object], what: str) -> None:
        """Let it run until this holds, and be laid out for good."""

        def looked() -> object:
            self._app.processEvents()
            return holds()

        until(looked, what)
        for _ in range(50):
            self._app.processEvents()

    def see(self, *nodes: str) -> dict[str, Place]:
        """Where these nodes of the picture are, once all of them are in it."""
        canvas = self.window.view.canvas
        self.turn(lambda: canvas.positions.keys() >= set(nodes), f"{nodes} are in the picture")
        spots = {node: canvas.mapFromScene(*canvas.positions[node]) for node in nodes}
        placed = {node: canvas.viewport().mapTo(self._program.shell, spot) for node, spot in spots.items()}
        return {node: (spot.x(), spot.y()) for node, spot in placed.items()}

    def middle(self, widget: QWidget) -> Place:
        """Where the middle of a widget is in its own window."""
        self.turn(lambda: True, "it is laid out")
        spot = widget.mapTo(widget.window(), widget.rect().center())
        return spot.x(), spot.y()

    def part(self, widget: QWidget) -> str:
        """A widget of the window itself as a part of the screen's picture."""
        self.turn(lambda: True, "it is laid out")
        corner = widget.mapTo(self._program.shell, widget.rect().topLeft())
        return f"{widget.width()}x{widget.height()}+{corner.x()}+{corner.y()}"
