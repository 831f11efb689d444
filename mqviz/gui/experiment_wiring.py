"""Running the scenario of a session on a live RabbitMQ beside it, both from 0, and comparing the two."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mqviz.errors import BackendError
from mqviz.gui.asking import Question
from mqviz.gui.compare_dialog import CompareDialog
from mqviz.gui.connect_dialog import ConnectDialog
from mqviz.gui.experiment_words import ExperimentWords
from mqviz.gui.parts import Connection, Live
from mqviz.gui.pump import Pump
from mqviz.gui.workspace import Workspace
from mqviz.model.backend import Restart, Resume, SetSpeed
from mqviz.model.experiment import Prospect
from mqviz.model.feed import FeedState
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.session import Session


class ExperimentWiring(QObject):
    """`told(text)`: what cannot be, in a line."""

    told = Signal(str)

    def __init__(self, window: QWidget, workspace: Workspace, pump: Pump, live: Live | None) -> None:
        super().__init__(window)
        self._window, self._workspace, self._pump, self._live = window, workspace, pump, live
        self._words = ExperimentWords(self)
        self._partners: dict[Session, Session] = {}
        self._has_begun: dict[Session, bool] = {}
        self.dialog: ConnectDialog | None = None
        self.question: Question | None = None
        self.comparison: CompareDialog | None = None

    # Beginning

    def ask(self) -> None:
        """Where shall the scenario of the active session run?"""
        view = self._workspace.active
        if self._live is None or self._live.experiment is None or view is None:
            return
        if view.session.update.snapshot.live:
            self.told.emit(self.tr("Choose the simulated side first: its scenario is what runs on RabbitMQ."))
            return
        session = view.session
        dialog = self.dialog = ConnectDialog(self._live, self._window, beside=True)
        dialog.setWindowTitle(self.tr("Run on RabbitMQ"))
        dialog.connect_button.setText(self.tr("Run there"))
        dialog.failed.connect(self.told)
        dialog.wanted.connect(lambda connection, _: self.consider(session, connection))
        dialog.open()

    def consider(self, session: Session, connection: Connection) -> None:
        """Run it there; where something has to be left out, or the broker is elsewhere, ask first."""
        assert self._live is not None and self._live.experiment is not None
        prospect = self._live.experiment.prospect(session.document.scenario, connection.broker)
        if prospect.estimate.messages > prospect.limits.messages:
            self.told.emit(self._words.too_many(prospect))
            return
        if prospect.is_here and not prospect.left_out and not prospect.left_over:
            self.start(session, connection, prospect)
            return
        lines = self._words.prospect(prospect, connection.broker)
        question = self.question = Question(self._window, self.tr("Run on RabbitMQ?"), lines, self.tr("Run there"))
        question.agreed.connect(lambda: self.start(session, connection, prospect))
        question.open()

    def start(self, simulated: Session, connection: Connection, prospect: Prospect) -> None:
        """Show the run on the broker beside the simulated one; that begins again as soon as everybody is connected there."""
        assert self._live is not None and self._live.experiment is not None
        scenario = simulated.document.scenario
        try:
            run = self._live.experiment.run
            backend = run(scenario, connection.broker, connection.password or "", prospect, self._pump.ring)
        except (BackendError, OSError) as error:
            self.told.emit(str(error))
            return
        session = Session(backend, Document(scenario, key=simulated.document.key))
        self._partners, self._has_begun = {session: simulated}, {session: False}
        name = connection.broker.name or f"{connection.broker.host}:{connection.broker.port}"
        view = self._workspace.show_session(session, self.tr("On RabbitMQ: {0}").format(name), beside=True)
        view.live_bar.follow_only()

    def follow(self, session: Session) -> None:
        """There is something new: when it begins on the broker, it begins in the simulator."""
        partner = self._partners.get(session)
        feed, snapshot = session.update.feed, session.update.snapshot
        if partner is None or feed is None:
            return
        runs = feed.state is FeedState.SEEING and not snapshot.finished
        if runs and not self._has_begun[session]:
            self._begin(partner)
        if feed.state is FeedState.SEEING and snapshot.finished and self._has_begun[session]:
            self.compare()
        self._has_begun[session] = runs

    def _begin(self, simulated: Session) -> None:
        if simulated in self._workspace.sessions:
            for command in (Restart(scenario=simulated.document.scenario), SetSpeed(speed=1.0), Resume()):
                simulated.submit(command)

    # Comparing

    def compare(self) -> None:
        """Show by how much the two sessions of the window differ."""
        sessions = self._workspace.sessions
        if len(sessions) < 2:
            self.told.emit(self.tr("There is only one run to be seen: open another beside it."))
            return
        live = next((each for each in sessions if each in self._partners), sessions[1])
        other = next(each for each in sessions if each is not live)
        if self.comparison is not None:
            self.comparison.close()
        self.comparison = CompareDialog(other, live, self._window)
        self.comparison.show()
