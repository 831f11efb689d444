"""What is done to a broker by hand beyond faults: a message of one's own, what asks first, and cloning."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mqviz.gui.asking import Question
from mqviz.gui.fault_hand import FaultHand
from mqviz.gui.message_dialog import MessageDialog
from mqviz.gui.note_words import NoteWords
from mqviz.gui.session_view import SessionView
from mqviz.gui.words import Words
from mqviz.gui.workspace import Workspace
from mqviz.model.backend import Can, Clone, Cloned, Outcome, Publish, Route
from mqviz.model.snapshot import ConsumerStats, Snapshot
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.knobs import split
from mqviz.viewmodel.session import Session


class Acting(QObject):
    """`told(text)`: what became of it, in a line. `cloned(document, notes)`: a live broker as a scenario, and what was left out."""

    told = Signal(str)
    cloned = Signal(object, tuple)

    def __init__(self, window: QWidget, workspace: Workspace, hand: FaultHand) -> None:
        super().__init__(window)
        self._window, self._workspace, self._hand = window, workspace, hand
        self._words, self._notes = Words(self), NoteWords(self)
        self.message_dialog: MessageDialog | None = None
        self.question: Question | None = None
        hand.doubted.connect(self.ask_first)
        hand.done.connect(self._done)

    # A message

    def message(self, exchange: str | None = None) -> None:
        """Let the user make a message: where it would go is shown on the picture."""
        view = self._workspace.active
        if view is None:
            return
        if self.message_dialog is not None:
            self.message_dialog.close()
        names = [each.name for each in view.session.update.snapshot.exchanges]
        dialog = self.message_dialog = MessageDialog(sorted({"", *names}), self._window)
        dialog.asked.connect(lambda route: self._ask(view, dialog, route))
        dialog.published.connect(lambda publish: self._publish(view, publish))
        dialog.left.connect(lambda: view.canvas.light(()))
        dialog.set_publishable(self._why_not(view.session, Can.PUBLISH))
        dialog.choose_exchange(exchange if exchange is not None else next((name for name in names if name and "." not in name), ""))
        dialog.stand_aside()
        dialog.show()

    def _why_not(self, session: Session, ability: Can) -> str:
        return "" if ability in session.backend.can else self._words.why_not(session.backend.why_not(ability))

    def _ask(self, view: SessionView, dialog: MessageDialog, route: Route) -> None:
        dialog.set_publishable(self._why_not(view.session, Can.PUBLISH))

        def show(outcome: Outcome) -> None:
            if dialog is not self.message_dialog or not dialog.isVisible():
                return
            if outcome.done:
                dialog.show_answer(outcome.answer)
                view.canvas.light(f"queue:{name}" for name in outcome.answer)
            else:
                dialog.show_trouble(self._refusal(outcome))
                view.canvas.light(())

        view.session.submit(route, show)

    def _publish(self, view: SessionView, publish: Publish) -> None:
        def tell(outcome: Outcome) -> None:
            routed = self.tr("Published, and routed.") if outcome.answer else self.tr("Published, but no queue got it.")
            self.told.emit(routed if outcome.done else self._refusal(outcome))

        view.session.submit(publish, tell)

    def _refusal(self, outcome: Outcome) -> str:
        return " ".join(filter(None, (self._words.why_not(outcome.reason), outcome.detail)))

    # What cannot be taken back

    def ask_first(self, code: str, node: str) -> None:
        """This destroys what no restart brings back: ask, and say what it costs."""
        view = self._workspace.active
        if view is None:
            return
        make = self._purging if code == "purge" else self._killing
        question = self.question = make(view.session.update.snapshot, split(node)[1])
        question.agreed.connect(lambda: self._hand.inject(code, node))
        question.open()

    def _purging(self, snapshot: Snapshot, name: str) -> Question:
        queue = next((each for each in snapshot.queues if each.name == name), None)
        ready = queue.messages_ready if queue else 0
        unacked = queue.messages_unacknowledged if queue else 0
        lines = [self.tr("{0} ready messages are thrown away for good, on the real broker.").format(f"{ready:,}")]
        if unacked:
            lines.append(self.tr("{0} unacknowledged ones stay with their consumers.").format(f"{unacked:,}"))
        lines.append(self.tr("Type the queue's name to confirm:"))
        deed = self.tr("Purge {0} messages").format(f"{ready:,}")
        return Question(self._window, self.tr("Purge {0}?").format(name), tuple(lines), deed, name)

    def _killing(self, snapshot: Snapshot, name: str) -> Question:
        mates = _on_connection(snapshot, name)
        held = sum(each.messages_unacknowledged or 0 for each in mates)
        lines = [self.tr("The broker closes this connection. A client that reconnects by itself comes back.")]
        if len(mates) > 1:
            lines.append(self.tr("{0} consumers are on it, and all of them go.").format(len(mates)))
        if held:
            lines.append(self.tr("{0} unacknowledged messages go back to their queues and are delivered again.").format(f"{held:,}"))
        return Question(self._window, self.tr("Close the connection of {0}?").format(name), tuple(lines), self.tr("Close connection"))

    def _done(self, code: str, outcome: Outcome) -> None:
        """Tell what has gone: a count of messages, or who was on the connection."""
        if not outcome.done:
            self.told.emit(self._refusal(outcome))
        elif code == "purge" and outcome.detail.isdecimal():
            self.told.emit(self.tr("Purged: {0} messages are gone.").format(f"{int(outcome.detail):,}"))
        elif code == "kill" and outcome.detail:
            self.told.emit(self.tr("The connection is closed: {0}").format(outcome.detail))
        else:
            self.told.emit(self.tr("Done."))

    # Into the simulator

    def clone(self) -> None:
        """Take what is there, with its measured rates, into the simulator: break it there, not here."""
        view = self._workspace.active
        if view is not None and Can.CLONE in view.session.backend.can:
            view.session.submit(Clone(), lambda outcome: self._cloned(view, outcome))

    def _cloned(self, view: SessionView, outcome: Outcome) -> None:
        if not outcome.done:
            self.told.emit(self._refusal(outcome))
            return
        found: Cloned = outcome.answer
        self.cloned.emit(Document(found.scenario, key=view.title), tuple(map(self._notes.line, found.notes)))


def _on_connection(snapshot: Snapshot, name: str) -> list[ConsumerStats]:
    """The consumers that share the connection of this client (a consumer, or all of one name)."""
    own = {each.connection for each in snapshot.consumers if name in (each.name, each.client)}
    return [each for each in snapshot.consumers if each.connection in own]
