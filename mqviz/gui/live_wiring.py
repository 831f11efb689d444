"""Between live brokers and the window: the dialog, what is saved, sessions on them, and their bars."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mqviz.errors import BackendError
from mqviz.gui.connect_dialog import ConnectDialog
from mqviz.gui.library_list import LibraryEntry
from mqviz.gui.parts import Connection, Live
from mqviz.gui.pump import Pump
from mqviz.gui.session_view import SessionView
from mqviz.gui.workspace import Workspace
from mqviz.model.backend import Refresh, SetInterval, SetReadOnly, SetVirtualHost
from mqviz.model.feed import LiveBroker
from mqviz.model.scenario import Scenario
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.session import Session

KEY = "connect:"
"""What the keys of saved connections begin with in the list on the left."""


class LiveWiring(QObject):
    """`changed`: other connections are saved now; `failed(text)`: something could not be kept or reached."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, window: QWidget, workspace: Workspace, pump: Pump, live: Live | None) -> None:
        super().__init__(window)
        self._window, self._workspace, self._pump, self._live = window, workspace, pump, live
        self._open: dict[Session, Connection] = {}
        self.dialog: ConnectDialog | None = None

    @property
    def is_possible(self) -> bool:
        """Whether live brokers can be reached at all."""
        return self._live is not None

    def ask(self, connection: Connection | None = None, *, beside: bool = False) -> None:
        """Let the user say where the broker is."""
        if self._live is None:
            return
        dialog = self.dialog = ConnectDialog(self._live, self._window, beside=beside)
        dialog.wanted.connect(self.connect_to)
        dialog.changed.connect(self.changed)
        dialog.failed.connect(self.failed)
        if connection is not None:
            dialog.show_connection(connection)
        dialog.open()

    def open(self, connection: Connection, beside: bool = False) -> bool:
        """Show this broker; where no password is known, ask for it. Whether it is shown already."""
        if self._live is None:
            return False
        password = connection.password
        known = self._live.password_of(connection.broker) if password is None else password
        if known is None:
            self.ask(connection, beside=beside)
            return False
        return self.connect_to(replace(connection, password=known), beside)

    def open_saved(self, key: str) -> None:
        """Show a saved connection, by its key in the list."""
        found = next((broker for broker in self._saved() if key == f"{KEY}{broker.name}"), None)
        if found is not None:
            self.open(Connection(found))

    def connect_to(self, connection: Connection, beside: bool = False) -> bool:
        """Show this broker in place of what is active, or beside it; it comes as soon as it answers."""
        assert self._live is not None
        broker = connection.broker
        try:
            backend = self._live.connect(broker, connection.password or "", self._pump.ring)
        except BackendError as error:
            self.failed.emit(str(error))
            return False
        session = Session(backend, Document(Scenario(name=_name(broker)), key=f"{KEY}{broker.name}"))
        self._open = {each: known for each, known in self._open.items() if each in self._workspace.sessions}
        self._open[session] = connection
        self._workspace.show_session(session, _name(broker), beside=beside)
        return True

    def connection_of(self, session: Session) -> Connection | None:
        """How a session came to its broker, so that it can be opened again; None for a simulated one."""
        return self._open.get(session)

    def entries(self) -> tuple[LibraryEntry, ...]:
        """The saved connections, for the list on the left."""
        group = self.tr("Live brokers")
        return tuple(
            LibraryEntry(f"{KEY}{broker.name}", group, broker.name, f"{broker.host}:{broker.port} {broker.virtual_host}", icon="live")
            for broker in self._saved()
        )

    def _saved(self) -> tuple[LiveBroker, ...]:
        return self._live.saved() if self._live is not None else ()

    def join(self, view: SessionView) -> None:
        """A view was made: listen to its bar."""
        bar = view.live_bar
        bar.vhost_chosen.connect(lambda name: view.session.submit(SetVirtualHost(name=name)))
        bar.interval_chosen.connect(lambda seconds: view.session.submit(SetInterval(seconds=seconds)))
        bar.read_only_chosen.connect(lambda read_only: view.session.submit(SetReadOnly(read_only=read_only)))
        bar.refresh_wanted.connect(lambda: view.session.submit(Refresh()))
        bar.searched.connect(view.canvas.search)


def _name(broker: LiveBroker) -> str:
    return broker.name or f"{broker.host}:{broker.port}"
