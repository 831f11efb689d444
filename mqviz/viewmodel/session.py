"""One document, one backend, one recorder: what a view looks at. The window holds any number of them.

A question and its answer are apart in time (a live broker answers late), so `submit` takes what is to be done with the
outcome. Sessions are led together by `Conductor`: time is one for all of them, so that two runs can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from math import inf

import msgspec

from mqviz.model.backend import Backend, Command, Outcome, Restart, Update
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import LogEntry, Snapshot
from mqviz.viewmodel.conversation import Conversation
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.recorder import Recorder

Then = Callable[[Outcome], None]

MOST_LOGGED = 50_000
"""So many entries of the log are kept, the newest."""

_NOTHING_YET = Update(snapshot=Snapshot(time=0.0))


class Session:
    """What belongs together while something is watched. `log` is another list after a restart."""

    def __init__(self, backend: Backend, document: Document) -> None:
        self.backend = backend
        self.document = document
        self.recorder = Recorder()
        self.conversation = Conversation()
        self.update = _NOTHING_YET
        self.log: list[LogEntry] = []
        self._numbers = count(1)
        self._waiting: dict[int, Then | None] = {}

    def submit(self, command: Command, then: Then | None = None) -> None:
        """Hand a command to the backend; `then` is called with its outcome, after a later `observe`."""
        number = next(self._numbers)
        self._waiting[number] = then
        self.backend.submit(msgspec.structs.replace(command, number=number))

    def restart(self, scenario: Scenario | None = None) -> None:
        """Begin again at 0, with the document as it now is, or with another scenario."""
        if scenario is not None:
            self.document.replace(scenario)
        self.submit(Restart(scenario=self.document.scenario))

    def observe(self) -> tuple[Update, list[Outcome]]:
        """Ask what is now true and keep it; gives the outcomes that nobody waited for and that went wrong."""
        before, self.update = self.update, self.backend.observe()
        self.recorder.append(self.update)
        if self.update.snapshot.time < before.snapshot.time:
            self.log = []
        self.log.extend(self.update.log)
        self.conversation.append(self.update.frames)
        del self.log[:-MOST_LOGGED]
        return self.update, [outcome for outcome in self.update.outcomes if not self._settled(outcome)]

    def _settled(self, outcome: Outcome) -> bool:
        then = self._waiting.pop(outcome.number, None)
        if then is not None:
            then(outcome)
        return outcome.done or then is not None

    def close(self) -> None:
        """End the backend; what still waits for an answer gets none."""
        self._waiting.clear()
        self.backend.close()


def run_all(sessions: Iterable[Session], budget: float) -> float | None:
    """Lend all of them `budget` wall seconds in turns; in how many the first wants to be run again, or None."""
    together = list(sessions)
    if not together:
        return None
    wishes = [session.backend.run(budget / len(together)) for session in together]
    soonest = min((wish for wish in wishes if wish is not None), default=inf)
    return None if soonest == inf else soonest
