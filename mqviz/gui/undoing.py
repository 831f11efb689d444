"""What can be taken back: where nodes stand, and what was turned. What happened to messages cannot."""

from __future__ import annotations

from PySide6.QtGui import QUndoCommand

from mqviz.gui.canvas import TopologyView
from mqviz.model.backend import Apply
from mqviz.viewmodel.document import Positions
from mqviz.viewmodel.knobs import Value, change_of
from mqviz.viewmodel.session import Session


class Moved(QUndoCommand):
    """Nodes were dragged elsewhere."""

    def __init__(self, text: str, session: Session, canvas: TopologyView, after: Positions) -> None:
        super().__init__(text)
        self._session, self._canvas = session, canvas
        self._after = after
        self._before = {**canvas.positions, **canvas.moved_from}

    def redo(self) -> None:
        """Put them there."""
        self._put({**self._before, **self._after})

    def undo(self) -> None:
        """Put them back."""
        self._put(self._before)

    def _put(self, positions: Positions) -> None:
        self._session.document.move(positions)
        self._canvas.set_positions(positions)


class Turned(QUndoCommand):
    """A knob was turned from `old` to `new`; turning on within the same pull is one step."""

    def __init__(self, text: str, session: Session, knob: tuple[str, str], old: Value, new: Value) -> None:
        super().__init__(text)
        self._session, self._knob = session, knob
        self._old, self._new = old, new

    def redo(self) -> None:
        """Turn it."""
        self._turn(self._new)

    def undo(self) -> None:
        """Turn it back; this too is a change at its own time."""
        self._turn(self._old)

    def _turn(self, value: Value) -> None:
        node, code = self._knob
        self._session.submit(Apply(change=change_of(self._session.document.scenario, node, code, value)))
