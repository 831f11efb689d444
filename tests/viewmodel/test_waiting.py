"""How long messages waited is asked of the selected queue alone, and not at every reading."""

from __future__ import annotations

from mqviz.model.backend import Can, Command, Outcome, Update, Waits
from mqviz.model.result import Summary
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.session import Session
from mqviz.viewmodel.waiting import EVERY, Waiting


class Measured:
    """Answers with as many milliseconds as it was asked times; where `tells` is false it refuses."""

    can = Can.NOTHING

    def __init__(self, tells: bool = True) -> None:
        self.asked: list[str] = []
        self._tells, self._numbers = tells, list[int]()

    def why_not(self, ability: Can) -> str:
        return ""

    def submit(self, command: Command) -> None:
        assert isinstance(command, Waits)
        self.asked.append(command.queue)
        self._numbers.append(command.number)

    def run(self, budget: float) -> float | None:
        return None

    def observe(self) -> Update:
        answer = Summary(count=1, p50=len(self.asked) / 1000)
        outcomes = tuple(Outcome(number=number, done=self._tells, answer=answer) for number in self._numbers)
        self._numbers.clear()
        return Update(snapshot=Snapshot(time=0.0), outcomes=outcomes)

    def close(self) -> None:
        """Nothing is open."""


def made(tells: bool = True) -> tuple[Measured, Session, Waiting]:
    backend = Measured(tells)
    return backend, Session(backend, Document(Scenario(name="a"))), Waiting()


def test_an_answer_is_there_at_the_next_reading_and_renewed_in_time() -> None:
    backend, session, waiting = made()
    seen = []
    for _ in range(EVERY + 2):
        seen.append(waiting.of(session, "queue:work"))
        session.observe()
    assert backend.asked == ["work", "work"]
    assert [None if each is None else each.p50 for each in seen] == [None] + [0.001] * EVERY + [0.002]


def test_another_queue_does_not_get_the_answer_of_the_one_before() -> None:
    backend, session, waiting = made()
    waiting.of(session, "queue:work")
    waiting.of(session, "queue:other")
    session.observe()
    answer = waiting.of(session, "queue:other")
    assert answer is not None and answer.p50 == 0.002
    assert waiting.of(session, "queue:work") is None
    assert backend.asked == ["work", "other", "work"]


def test_nothing_is_asked_of_what_is_no_queue_and_nothing_told_by_who_refuses() -> None:
    backend, session, waiting = made(tells=False)
    assert waiting.of(session, "consumer:server.1") is None and waiting.of(session, "") is None
    assert backend.asked == []
    waiting.of(session, "queue:work")
    assert session.observe()[1] == []
    assert waiting.of(session, "queue:work") is None
