"""What the active session is, in figures: top bar each frame; inspector, ledger and abilities ten times a second."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from mqviz.gui.inspector import Inspector
from mqviz.gui.ledger_strip import LedgerStrip
from mqviz.gui.session_view import SessionView
from mqviz.gui.timeline import Timeline
from mqviz.gui.top_bar import TopBar
from mqviz.gui.words import Words
from mqviz.model.backend import Can
from mqviz.viewmodel.facts import facts_of
from mqviz.viewmodel.faulting import BUTTONS, KINDS, active
from mqviz.viewmodel.findings import findings
from mqviz.viewmodel.knobs import knobs_of, split
from mqviz.viewmodel.session import Session
from mqviz.viewmodel.waiting import Waiting

SLOW = 0.1
_TIME = {"restart_run": Can.RESTART, "play": Can.PAUSE, "step": Can.STEP, "speed": Can.SET_SPEED}


class Readouts(QObject):
    """Everything around the picture that shows numbers."""

    def __init__(self, top: TopBar, inspector: Inspector, ledger: LedgerStrip, timeline: Timeline) -> None:
        super().__init__(top)
        self._top, self._inspector, self._ledger, self._timeline = top, inspector, ledger, timeline
        self._words = Words()
        self._since = 0.0
        self._waits = Waiting()
        self._can: Can | None = None
        self._shown: tuple[object, ...] = ()
        self._due: list[Callable[[], None]] = []
        """What is left to show of a live broker, one for each refresh."""

    def follow(self, view: SessionView) -> None:
        """Another session is the active one: show it at once."""
        self._abilities(view.session)
        self.refresh(view)

    def frame(self, view: SessionView, seconds: float) -> None:
        """A frame has passed."""
        update = view.session.update
        now = update.snapshot
        held = update.port is not None and bool(update.port.clients)
        self._top.show_clock(now.time, update.lag, update.speed, update.paused, live=now.live, ended=now.finished, held=held)
        self._since += seconds
        if self._since >= SLOW:
            self.refresh(view)

    def refresh(self, view: SessionView) -> None:
        """Show what is slower than a frame."""
        self._since = 0.0
        session, snapshot = view.session, view.session.update.snapshot
        if session.backend.can != self._can:
            self._abilities(session)
        shown = view, next(iter(view.canvas.selection), ""), session.recorder.now, len(session.log)
        if snapshot.live and shown == self._shown:
            if self._due:
                self._due.pop(0)()
            return  # between two polls nothing has changed but the age
        self._shown = shown
        for code in BUTTONS:
            self._top.set_active(code, active(code, snapshot) is not None)
        self.inspect(view)
        self._ledger.setVisible(snapshot.ledger is not None or not snapshot.live)
        self._ledger.set_ledger(snapshot.ledger, snapshot.services)
        if snapshot.live:  # a large broker gives each of them enough to do for a frame of its own
            self._due = [partial(self._timeline.refresh, session), partial(self._find, session, shown[1])]
        else:
            self._due.clear()
            self._timeline.refresh(session)

    def inspect(self, view: SessionView) -> None:
        """Show the selected node, or the whole."""
        session = view.session
        node = next(iter(view.canvas.selection), "")
        snapshot = session.update.snapshot
        knobs = knobs_of(snapshot, session.document.scenario, node) if node else ()
        if not snapshot.live or node:
            self._find(session, node)  # of a whole live broker it takes a frame of its own
        waits = self._waits.of(session, node)
        self._inspector.show_facts(facts_of(snapshot, node, session.recorder.rate, waits), knobs, self._outlook(session, node))

    def _find(self, session: Session, node: str) -> None:
        """What is wrong now: with the selected node, or with anything where none is selected."""
        found = findings(session.update.snapshot, session.recorder)
        self._inspector.findings.set_findings([each for each in found if not node or each.subject == node])

    def _outlook(self, session: Session, node: str) -> str:
        kind, name = split(node)
        if kind != "queue":
            return ""
        trend = session.recorder.trend(name)
        if trend.full_in is not None:
            return self.tr("full in {0}").format(self._words.duration(trend.full_in))
        if trend.empty_in is not None:
            return self.tr("empty in {0}").format(self._words.duration(trend.empty_in))
        return ""

    def _abilities(self, session: Session) -> None:
        can, why = session.backend.can, session.backend.why_not
        self._can, self._shown = can, ()
        for code, ability in _TIME.items():
            self._top.set_available(code, ability in can, self._words.why_not(why(ability)))
        for code in BUTTONS:
            ability = KINDS[code].needs
            self._top.set_available(code, ability in can, self._words.why_not(why(ability)))
        self._inspector.set_knob_reason("" if Can.CHANGE in can else self._words.why_not(why(Can.CHANGE)))
        self._inspector.messages.set_reason("" if Can.SEE_MESSAGES in can else self._words.why_not(why(Can.SEE_MESSAGES)))
