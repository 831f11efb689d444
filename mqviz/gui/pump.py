"""Lends the sessions' backends time, and each frame asks them what is true now.

Slots are short (4 ms), because a backend computes in this very thread and a longer slot would be felt by the mouse. A frame that
took long is followed by a longer gap, so that the engine gets its share on a slow machine.
"""

from __future__ import annotations

from math import inf

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from mqviz.clock import Clock
from mqviz.viewmodel.session import Session, run_all

SLOT = 0.004
FRAME = 1 / 60
IDLE = 0.1
_SHARE_OF_PAINT = 0.4


class Pump(QObject):
    """The window's heart. `updated(session)` after each observation, `framed(seconds)` once a frame for what moves."""

    updated = Signal(object)
    refused = Signal(object, object)
    framed = Signal(float)
    _rung = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._sessions: list[Session] = []
        self._framed_at = clock.now()
        self._frame = FRAME
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._beat)
        self._rung.connect(self.wake, Qt.ConnectionType.QueuedConnection)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Those that are lent time."""
        return tuple(self._sessions)

    def add(self, session: Session) -> None:
        """Begin to lend it time."""
        self._sessions.append(session)
        self.wake()

    def remove(self, session: Session) -> None:
        """Lend it no more time, and close it."""
        self._sessions.remove(session)
        session.close()

    def wake(self) -> None:
        """There may be work: something was submitted, or a thread rang."""
        self._timer.start(0)

    def ring(self) -> None:
        """The bell of backends that have threads: may be called from any."""
        self._rung.emit()

    def stop(self) -> None:
        """End all sessions."""
        self._timer.stop()
        for session in self.sessions:
            self.remove(session)

    def _beat(self) -> None:
        wish = run_all(self._sessions, SLOT)
        now = self._clock.now()
        due = self._framed_at + self._frame
        if now >= due:
            self._draw(now)
            due = now + self._frame
        else:
            self._record()
        delay = min(IDLE if wish is None else wish, due - self._clock.now())
        self._timer.start(max(0, int(delay * 1000)))

    def _record(self) -> None:
        """A session that runs as fast as it goes passes many seconds in a frame: its curves want more points than there are frames."""
        for session in self.sessions:
            if session.update.speed == inf and not session.update.snapshot.finished:
                self._observe(session)

    def _observe(self, session: Session) -> None:
        _, refused = session.observe()
        for outcome in refused:
            self.refused.emit(session, outcome)

    def _draw(self, now: float) -> None:
        for session in self.sessions:
            self._observe(session)
            self.updated.emit(session)
        self.framed.emit(now - self._framed_at)
        self._framed_at = now
        spent = self._clock.now() - now
        self._frame = max(FRAME, spent / _SHARE_OF_PAINT)

    def beat(self) -> None:
        """One slot and one frame at once, for tests that turn the clock by hand."""
        run_all(self._sessions, SLOT)
        self._draw(self._clock.now())
