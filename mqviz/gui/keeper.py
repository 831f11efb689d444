"""Keeps what nobody has saved: a scenario that was changed or played with is found again after a crash, or after closing."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from mqviz.gui.workspace import Workspace
from mqviz.model.backend import Outcome, Recording
from mqviz.model.scenario import Scenario
from mqviz.viewmodel.document import keep
from mqviz.viewmodel.session import Session

EVERY = 20_000
"""Milliseconds."""

_log = logging.getLogger(__name__)


class Keeper(QObject):
    """Writes into a folder of its own, from time to time and when the window is closed; None: keeps nothing."""

    def __init__(self, workspace: Workspace, folder: Path | None) -> None:
        super().__init__(workspace)
        self._workspace, self._folder = workspace, folder
        self._kept: dict[Session, Scenario] = {}
        timer = QTimer(self)
        timer.timeout.connect(self.keep_all)
        timer.start(EVERY)

    def keep_all(self) -> None:
        """Ask every session for what was done by hand, and write what is not in any file."""
        self._kept = {session: kept for session, kept in self._kept.items() if session in self._workspace.sessions}
        for session in self._workspace.sessions:
            session.submit(Recording(), partial(self._keep, session))

    def close(self) -> None:
        """The last time; the answers are waited for, since nobody asks again."""
        self.keep_all()
        for session in self._workspace.sessions:
            session.observe()

    def _keep(self, session: Session, outcome: Outcome) -> None:
        if not outcome.done or self._folder is None or not session.document.differs_from(outcome.answer):
            return
        if self._kept.get(session) == outcome.answer:
            return
        try:
            keep(session.document, outcome.answer, self._folder)
        except OSError as error:
            _log.info("not kept: %s", error)
        self._kept[session] = outcome.answer
