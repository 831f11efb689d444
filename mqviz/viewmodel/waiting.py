"""How long messages waited in the selected queue: asked of the backend now and then, since a snapshot would be dear for all queues."""

from __future__ import annotations

from mqviz.model.backend import Outcome, Waits
from mqviz.model.result import Summary
from mqviz.viewmodel.knobs import split
from mqviz.viewmodel.session import Session

EVERY = 5
"""So many readings of the same queue before it is asked for anew."""


class Waiting:
    """The newest answer about one queue of one session; None while there is none, or where a broker cannot tell."""

    def __init__(self) -> None:
        self._about: tuple[Session, str] | None = None
        self._answer: Summary | None = None
        self._readings = 0

    def of(self, session: Session, node: str) -> Summary | None:
        """What is known of this node; asks again in time. Nothing of what is no queue."""
        kind, name = split(node)
        if kind != "queue":
            self._about = None
            return None
        about = (session, node)
        if about != self._about:
            self._about, self._answer, self._readings = about, None, 0
        if self._readings % EVERY == 0:
            session.submit(Waits(queue=name), lambda outcome: self._hear(about, outcome))
        self._readings += 1
        return self._answer

    def _hear(self, about: tuple[Session, str], outcome: Outcome) -> None:
        if about == self._about and outcome.done:
            self._answer = outcome.answer
