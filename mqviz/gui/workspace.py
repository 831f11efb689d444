"""The centre of the window: one session, or two side by side, and which of them keys and faults go to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from mqviz.gui.pump import Pump
from mqviz.gui.session_view import SessionView
from mqviz.model.backend import Backend
from mqviz.model.scenario import Scenario
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.session import Session

MOST = 2


class Workspace(QSplitter):
    """`changed`: another session is the active one, or is shown; `view_added` before it is shown for the first time."""

    changed = Signal()
    view_added = Signal(object)

    def __init__(self, pump: Pump, backend_for: Callable[[Scenario, Callable[[], None]], Backend], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self._pump = pump
        self._backend_for = backend_for
        self._views: list[SessionView] = []
        self._active: SessionView | None = None

    @property
    def views(self) -> tuple[SessionView, ...]:
        """Those on the screen, from left to right."""
        return tuple(self._views)

    @property
    def active(self) -> SessionView | None:
        """The one that keys and faults go to; None before the first was opened."""
        return self._active

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions on the screen, from left to right."""
        return tuple(view.session for view in self._views)

    def open(self, document: Document, title: str, *, beside: bool = False) -> SessionView:
        """Show a document: in place of the active one, or beside it (where there are two already: in place of the other)."""
        return self.show_session(Session(self._backend_for(document.scenario, self._pump.ring), document), title, beside=beside)

    def show_session(self, session: Session, title: str, *, beside: bool = False) -> SessionView:
        """Show a session that was made elsewhere, in the same places."""
        replaced = self._replaced(beside)
        place = self._views.index(replaced) if replaced is not None else len(self._views)
        view = SessionView(session, title)
        if replaced is not None:
            self._drop(replaced)
        self._views.insert(place, view)
        self.insertWidget(place, view)
        view.activated.connect(lambda: self.activate(view))
        view.close_wanted.connect(lambda: self.close_view(view))
        self.view_added.emit(view)
        self._pump.add(view.session)
        self.setSizes([1000] * len(self._views))
        self._active = None
        self.activate(view)
        return view

    def _replaced(self, beside: bool) -> SessionView | None:
        if not beside:
            return self._active
        others = [view for view in self._views if view is not self._active]
        return others[-1] if len(self._views) >= MOST else None

    def _drop(self, view: SessionView) -> None:
        self._views.remove(view)
        self._pump.remove(view.session)
        view.setParent(None)
        view.deleteLater()

    def close_view(self, view: SessionView) -> None:
        """Close one of two; the last one stays."""
        if len(self._views) == 1:
            return
        self._drop(view)
        self._active = None
        self.activate(self._views[0])

    def activate(self, view: SessionView) -> None:
        """Let keys and faults go to this one."""
        if view is self._active:
            return
        self._active = view
        for each in self._views:
            each.set_side(alone=len(self._views) == 1, active=each is view)
        self.changed.emit()
