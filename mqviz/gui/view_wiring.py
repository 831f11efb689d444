"""What happens between one session's view and the rest of the window: selecting, dragging, turning, asking, ending."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QUndoGroup

from mqviz.gui.fault_hand import FaultHand
from mqviz.gui.inspector import Inspector
from mqviz.gui.readouts import Readouts
from mqviz.gui.session_view import SessionView
from mqviz.gui.timeline import Timeline
from mqviz.gui.undoing import Moved, Turned
from mqviz.gui.words import Words
from mqviz.gui.workspace import Workspace
from mqviz.model.backend import EndFault, FinalResult, Outcome, Peek, PeekedMessage
from mqviz.viewmodel.document import Positions
from mqviz.viewmodel.knobs import Value, knobs_of, split
from mqviz.viewmodel.summary import summarise


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the pictures in one window."""

    workspace: Workspace
    inspector: Inspector
    readouts: Readouts
    timeline: Timeline
    hand: FaultHand
    undo: QUndoGroup


class ViewWiring(QObject):
    """Joins each new view to its window. The signals are what the user wants who works in a view."""

    menu_wanted = Signal(object, str, QPoint)
    play_wanted = Signal()
    restart_wanted = Signal()
    next_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._words = Words()

    def join(self, view: SessionView) -> None:
        """A view was made: listen to it."""
        canvas = view.canvas
        canvas.selected.connect(lambda _: self._selected(view))
        canvas.moved.connect(lambda positions: self._moved(view, positions))
        canvas.context_requested.connect(lambda node, place: self.menu_wanted.emit(view, node, place))
        canvas.hit.connect(self._around.hand.hit)
        canvas.aim_cancelled.connect(self._around.hand.drop)
        canvas.space_tapped.connect(self.play_wanted)
        view.summary.restart_requested.connect(self.restart_wanted)
        view.summary.next_requested.connect(self.next_wanted)
        view.summary.save_requested.connect(self.save_wanted)
        self._around.undo.addStack(view.undo)

    def refresh(self, view: SessionView) -> None:
        """A new picture of the session is there."""
        view.refresh()
        snapshot = view.session.update.snapshot
        if snapshot.faults and view.hint.text:
            view.hint.say("")
        if snapshot.finished and not view.was_finished:
            view.hint.say("")
            view.session.submit(FinalResult(interrupted=False), lambda outcome: self._ended(view, outcome))
        if not snapshot.finished and view.was_finished:
            view.summary.hide()
        view.was_finished = snapshot.finished

    def _ended(self, view: SessionView, outcome: Outcome) -> None:
        summary = summarise(outcome.answer, view.session.recorder)
        view.summary.show_summary(replace(summary, scenario=view.title))  # a result knows the English name only

    def _selected(self, view: SessionView) -> None:
        if view is self._around.workspace.active:
            self._around.readouts.inspect(view)
            self._around.timeline.select(next(iter(view.canvas.selection), ""))

    def _moved(self, view: SessionView, positions: Positions) -> None:
        view.undo.push(Moved(self.tr("Move"), view.session, view.canvas, positions))

    def turn(self, node: str, code: str, value: Value) -> None:
        """The inspector's knob was turned."""
        view = self._around.workspace.active
        if view is None:
            return
        session = view.session
        knobs = knobs_of(session.update.snapshot, session.document.scenario, node)
        old = next((knob.value for knob in knobs if knob.code == code), None)
        if old != value:
            view.undo.push(Turned(self._words.knob(code), session, (node, code), old, value))

    def peek(self, node: str) -> None:
        """Show the oldest messages of the queue in the inspector."""
        inspector = self._around.inspector

        def show(outcome: Outcome) -> None:
            found: tuple[PeekedMessage, ...] = outcome.answer if outcome.done else ()
            if inspector.node == node:
                inspector.messages.show_messages(found)

        view = self._around.workspace.active
        if view is not None:
            view.session.submit(Peek(queue=split(node)[1]), show)

    def look_into(self, node: str) -> None:
        """Select a queue and show its oldest messages."""
        view = self._around.workspace.active
        if view is not None:
            view.canvas.select((node,))
            self._around.readouts.inspect(view)
            self.peek(node)

    def end_fault(self, number: int) -> None:
        """The flag of a fault was clicked: end it if it is still at work."""
        view = self._around.workspace.active
        if view is not None and any(fault.id == number for fault in view.session.update.snapshot.faults):
            view.session.submit(EndFault(id=number))
