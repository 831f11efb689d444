"""Between the AMQP port of the active session and the window: its dialog, opened, answered, kept up to date."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mqviz.gui.port_dialog import PortDialog
from mqviz.gui.pump import Pump
from mqviz.gui.words import Words
from mqviz.gui.workspace import Workspace
from mqviz.model.backend import Can, ClosePort, OpenPort, Outcome
from mqviz.viewmodel.session import Session


class PortWiring(QObject):
    """`said(text)`: why there is no port here."""

    said = Signal(str)

    def __init__(self, window: QWidget, workspace: Workspace, pump: Pump) -> None:
        super().__init__(window)
        self._window, self._workspace = window, workspace
        self._words = Words()
        self._session: Session | None = None
        self.dialog: PortDialog | None = None
        pump.updated.connect(self._updated)

    def open(self) -> None:
        """Show the dialog for the active session."""
        view = self._workspace.active
        if view is None:
            return
        backend = view.session.backend
        if Can.OPEN_PORT not in backend.can:
            self.said.emit(self._words.why_not(backend.why_not(Can.OPEN_PORT)))
            return
        if self.dialog is not None:
            self.dialog.close()
        session = self._session = view.session
        dialog = self.dialog = PortDialog(self._window)
        dialog.open_wanted.connect(lambda number: session.submit(OpenPort(port=number), lambda outcome: self._opened(number, outcome)))
        dialog.close_wanted.connect(lambda: session.submit(ClosePort()))
        self._updated(session)
        dialog.choose(next(iter(view.canvas.selection), ""))
        dialog.show()

    def _opened(self, number: int, outcome: Outcome) -> None:
        if not outcome.done and self.dialog is not None:
            self.dialog.show_busy(number, outcome.answer or 0)

    def _updated(self, session: Session) -> None:
        if self.dialog is None or session is not self._session:
            return
        snapshot = session.update.snapshot
        exchanges = [each.name for each in snapshot.exchanges if each.name and not each.name.startswith("amq.")]
        self.dialog.show_places(exchanges, [each.name for each in snapshot.queues], "")
        self.dialog.show_port(session.update.port)
