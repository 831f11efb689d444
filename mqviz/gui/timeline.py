"""The lower part: curves and the event log over the same time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from mqviz.gui.chart_frame import Source
from mqviz.gui.charts import ChartPanel
from mqviz.gui.conversation_panel import ConversationPanel
from mqviz.gui.event_log import EventLogPanel
from mqviz.model.snapshot import LogEntry
from mqviz.viewmodel.chart_rows import Row
from mqviz.viewmodel.expectation import Expected, expected
from mqviz.viewmodel.session import Session

TALKERS = ("producer", "consumer", "translator")
"""Kinds of nodes that have a connection to the broker."""


class Timeline(QTabWidget):
    """`fault_picked(id)`: the flag of a fault was clicked."""

    fault_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("Curves and events"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.charts = ChartPanel()
        self.charts.fault_clicked.connect(self.fault_picked)
        self.log = EventLogPanel()
        self.addTab(self.charts, self.tr("Curves"))
        self.conversation = ConversationPanel()
        self.addTab(self.log, self.tr("Events"))
        self.addTab(self.conversation, self.tr("Conversation"))
        self._node = ""
        self._expected = Expected()
        self._entries: list[LogEntry] = []
        self._shown = 0

    def follow(self, sessions: Sequence[tuple[str, Session]]) -> None:
        """Show these sessions by name over one time axis; events are those of the first."""
        self.charts.set_sources([Source(name, session.recorder) for name, session in sessions])
        self._entries = []

    def select(self, node: str) -> None:
        """Show the curves of this node; of the whole where it is empty."""
        self._node = node
        self.charts.select(node)
        kind, _, name = node.partition(":")
        self.conversation.offer(name if kind in TALKERS else "")

    def converse(self, node: str) -> None:
        """Show the conversation of this client with the broker."""
        self.setCurrentWidget(self.conversation)
        self.conversation.listen(node.partition(":")[2])

    def refresh(self, session: Session) -> None:
        """There is something new."""
        self._theorise(session)
        self._list(session)
        if session.update.snapshot.live:
            self.charts.redraw()  # comes with each poll, seldom enough to be read
        else:
            self.charts.refresh()
        self.conversation.follow(session)

    def _list(self, session: Session) -> None:
        if session.log is not self._entries or len(session.log) < self._shown:
            self._entries, self._shown = session.log, 0
            self.log.set_entries(())
        self.log.append(session.log[self._shown :])
        self._shown = len(session.log)

    def _theorise(self, session: Session) -> None:
        found = expected(session.update.snapshot, session.document.scenario, self._node)
        if found == self._expected:
            return
        self._expected = found
        reason = self._reason(found.reason)
        self.charts.set_theory(Row.DEPTH, found.present, reason)
        self.charts.set_theory(Row.LATENCY, found.time, reason)

    def _reason(self, code: str) -> str:
        return {
            "no_queue": self.tr("Select a queue to compare it with theory."),
            "not_poisson": self.tr("No theory: arrivals are not Poisson."),
            "no_consumers": self.tr("No theory: nobody consumes."),
            "different_work": self.tr("No theory: the consumers work differently."),
            "saturated": self.tr("No steady state: ρ ≥ 1, the backlog only grows."),
            "fault": self.tr("No theory while a fault is in effect."),
            "limits": self.tr("No theory for a queue with limits."),
            "other_work": self.tr("No theory for this kind of work."),
            "call": self.tr("No theory: the work is done by a service."),
        }.get(code, "")
