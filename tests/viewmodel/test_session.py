"""A session hands commands down with numbers of its own and brings each outcome to who asked."""

from mqviz.model.backend import Can, Command, Outcome, Pause, Restart, Route, Update
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.session import Session, run_all


class EchoBackend:
    """Answers every command with its own name at the next observation, and notes the time it is lent."""

    can = Can.PAUSE

    def __init__(self, wish: float | None = 0.5) -> None:
        self.commands: list[Command] = []
        self.budgets: list[float] = []
        self.closed = False
        self._wish = wish
        self._time = 0.0

    def why_not(self, ability: Can) -> str:
        return ""

    def submit(self, command: Command) -> None:
        self.commands.append(command)

    def run(self, budget: float) -> float | None:
        self.budgets.append(budget)
        return self._wish

    def observe(self) -> Update:
        self._time += 1.0
        outcomes = tuple(
            Outcome(number=command.number, done=not isinstance(command, Pause), answer=type(command).__name__)
            for command in self.commands
        )
        self.commands.clear()
        return Update(snapshot=Snapshot(time=self._time), outcomes=outcomes)

    def close(self) -> None:
        self.closed = True


def session(backend: EchoBackend) -> Session:
    return Session(backend, Document(Scenario(name="a")))


def test_each_answer_comes_to_who_asked() -> None:
    backend, answers = EchoBackend(), list[tuple[str, str]]()
    watched = session(backend)
    watched.submit(Route(exchange="", routing_key="a"), lambda outcome: answers.append(("first", outcome.answer)))
    watched.submit(Restart(), lambda outcome: answers.append(("second", outcome.answer)))
    assert answers == []
    watched.observe()
    assert answers == [("first", "Route"), ("second", "Restart")]


def test_what_nobody_waited_for_and_went_wrong_is_told() -> None:
    watched = session(EchoBackend())
    watched.submit(Pause())
    watched.submit(Restart())
    _, wrong = watched.observe()
    assert [outcome.answer for outcome in wrong] == ["Pause"]


def test_who_waited_hears_of_a_refusal_alone() -> None:
    watched, heard = session(EchoBackend()), list[bool]()
    watched.submit(Pause(), lambda outcome: heard.append(outcome.done))
    _, wrong = watched.observe()
    assert (wrong, heard) == ([], [False])


def test_observations_are_kept_and_recorded() -> None:
    watched = session(EchoBackend())
    watched.observe()
    watched.observe()
    assert watched.update.snapshot.time == 2.0
    assert watched.recorder.now == 2.0


def test_a_closed_session_answers_nobody() -> None:
    backend = EchoBackend()
    watched = session(backend)
    watched.submit(Restart(), lambda outcome: pytest_fail())
    watched.close()
    watched.observe()
    assert backend.closed


def pytest_fail() -> None:
    raise AssertionError("a closed session has answered")


def test_several_sessions_share_the_time_and_the_first_wish_counts() -> None:
    slow, fast, done = EchoBackend(2.0), EchoBackend(0.1), EchoBackend(None)
    sessions = [session(backend) for backend in (slow, fast, done)]
    assert run_all(sessions, 0.006) == 0.1
    assert slow.budgets == fast.budgets == done.budgets == [0.002]
    assert run_all([sessions[2]], 0.006) is None
    assert run_all([], 0.006) is None
