"""From a fault button to a fault: on what is selected, or on what the user then points at.

Pressed once it injects, pressed again on the same target it ends the fault. With nothing fitting selected the canvas
highlights what can be hit; a click or Enter there chooses, Escape lets it be.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from mqviz.gui.canvas import TopologyView
from mqviz.model.backend import EndFault, Inject
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.faulting import KINDS, active, asks_first, fault_for, hits_broker, targets
from mqviz.viewmodel.knobs import client_of, split
from mqviz.viewmodel.session import Session


class FaultHand(QObject):
    """`armed(code)`: a fault waits for its target (empty: none does); `said(code)`: why nothing happened.

    `doubted(code, node)`: it destroys what cannot be had back, so whoever hears it asks first, and then calls `inject`.
    `done(code, outcome)`: what became of that.
    """

    armed = Signal(str)
    said = Signal(str)
    doubted = Signal(str, str)
    done = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        self._session: Session | None = None
        self._view: TopologyView | None = None

    def lead(self, session: Session, view: TopologyView) -> None:
        """From now on faults go to this session, and are aimed on this view."""
        self.drop()
        self._session, self._view = session, view

    @property
    def code(self) -> str:
        """The kind that waits for a target; empty where none does."""
        return self._code

    def request(self, code: str) -> None:
        """A button or its key was pressed. Pressed again while it waits, it takes the first target there is."""
        if self._session is None or self._view is None:
            return
        snapshot = self._session.update.snapshot
        waited = self._code == code
        self.drop()
        reason = self._reason(code)
        if reason:
            self.said.emit(reason)
            return
        if hits_broker(code):
            self._toggle(code, snapshot, self._aimed_at_client(code, snapshot))
            return
        possible = targets(code, snapshot)
        chosen = [node for node in self._view.selection if _fits(node, possible)]
        if chosen:
            for node in chosen:
                self._toggle(code, snapshot, node)
        elif len(possible) == 1 or (waited and possible):
            self._toggle(code, snapshot, possible[0])
        elif possible:
            self._arm(code, possible)
        else:
            self.said.emit("no_target")

    def _aimed_at_client(self, code: str, snapshot: Snapshot) -> str:
        """A network cut may be for a selected client alone; other faults of the broker are for all."""
        if code != "cut" or self._view is None:
            return ""
        return next((node for node in self._view.selection if split(node)[0] in ("producer", "consumer")), "")

    def _arm(self, code: str, possible: tuple[str, ...]) -> None:
        assert self._view is not None
        self._code = code
        self._view.highlight_targets(possible)
        self.armed.emit(code)

    def hit(self, node: str) -> None:
        """The user has pointed at a target."""
        code = self._code
        self.drop()
        if code:
            self.toggle(code, node)

    def drop(self) -> None:
        """Wait no more."""
        if self._code and self._view is not None:
            self._code = ""
            self._view.highlight_targets(())
            self.armed.emit("")

    def toggle(self, code: str, node: str) -> None:
        """Let a fault happen to this node, or end the one of this kind that is at work there."""
        if self._session is not None:
            self._toggle(code, self._session.update.snapshot, node)

    def _reason(self, code: str) -> str:
        """Why this kind is not possible here; empty where it is."""
        assert self._session is not None
        backend, ability = self._session.backend, KINDS[code].needs
        return "" if ability in backend.can else backend.why_not(ability)

    def inject(self, code: str, node: str) -> None:
        """Let a fault happen, after the user was asked."""
        if self._session is not None:
            fault = fault_for(code, self._session.update.snapshot, node)
            self._session.submit(Inject(fault=fault), lambda outcome: self.done.emit(code, outcome))

    def _toggle(self, code: str, snapshot: Snapshot, node: str) -> None:
        assert self._session is not None
        present = active(code, snapshot, node)
        if present is not None:
            self._session.submit(EndFault(id=present.id))
        elif asks_first(code, self._session.backend.can):
            self.doubted.emit(code, node)
        else:
            self._session.submit(Inject(fault=fault_for(code, snapshot, node)))


def _fits(node: str, possible: tuple[str, ...]) -> bool:
    """Whether a selected node can be hit: itself, or as a group one of whose members can."""
    kind, name = split(node)
    return node in possible or any(split(each)[0] == kind and client_of(split(each)[1]) == name for each in possible)
