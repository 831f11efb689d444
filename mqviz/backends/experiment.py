"""A scenario running on a live RabbitMQ as a `Backend`, so that the window can show it beside the simulated one.

A thread lives the run: it prepares, turns the loop, makes updates, and removes everything at the end. Commands go to it and updates
come back through queues; what the thread makes is never touched by it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from msgspec.structs import replace

from mqviz.backends.loadgen.generator import LoadGenerator
from mqviz.backends.loadgen.leftovers import Notes
from mqviz.backends.loadgen.place import Place
from mqviz.backends.troubles import TroubleError
from mqviz.clock import Clock
from mqviz.errors import MqvizError
from mqviz.model.backend import Can, Command, FinalResult, Outcome, Restart, Update
from mqviz.model.feed import Feed, FeedState, LiveBroker, Trouble
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import Event, LogEntry, Snapshot

_CAN = (
    Can.RESTART
    | Can.SPIKE
    | Can.KILL
    | Can.SLOW
    | Can.CUT
    | Can.INJECT_FAULTS
    | Can.CHANGE
    | Can.PUBLISH
    | Can.PURGE
    | Can.ROUTE
    | Can.RECALL
)
EVERY = 0.05
"""Seconds between two updates."""

CLOSE = 1.9
"""Seconds that `close` waits for everything to be removed; what takes longer goes on, and is noted."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What all runs of one backend have in common."""

    scenario: Scenario
    broker: LiveBroker
    password: str = field(repr=False)
    clock: Clock
    notes: Notes
    seed: int | None
    limits: dict[str, float]


class ExperimentBackend:
    """One run after another of a scenario on a broker. `wake` is called from the thread when there is news.

    `folder`: where is noted what a run declares. Limits: messages a second, and in all.
    """

    def __init__(
        self,
        scenario: Scenario,
        broker: LiveBroker,
        password: str,
        clock: Clock,
        *,
        folder: Path,
        wake: Callable[[], None],
        seed: int | None = None,
        rate_limit: float = inf,
        message_limit: float = inf,
    ) -> None:
        self._orders: SimpleQueue[Command | None] = SimpleQueue()
        self._news: SimpleQueue[Update] = SimpleQueue()
        self._last = Update(snapshot=Snapshot(time=0.0, live=True), feed=_feed(broker, FeedState.CONNECTING))
        limits = {"rate_limit": rate_limit, "message_limit": message_limit}
        wanted = _Wanted(scenario, broker, password, clock, Notes(folder), seed, limits)
        self._life = _Life(wanted, self._orders, self._news, wake)
        self._thread = Thread(target=self._life.run, name="experiment")
        self._thread.start()

    @property
    def can(self) -> Can:
        """What clients of a real broker can do; its time is nobody's to hold."""
        return _CAN

    def why_not(self, ability: Can) -> str:
        """`live_broker` for what only the simulator can do."""
        return "" if ability in _CAN else "live_broker"

    def submit(self, command: Command) -> None:
        """Take a command; the thread does it."""
        self._orders.put(command)

    def run(self, budget: float) -> float | None:
        """The thread works by itself, and rings."""
        return None

    def observe(self) -> Update:
        """The newest picture, with everything that happened since the last call."""
        events: list[Event] = []
        log: list[LogEntry] = []
        outcomes: list[Outcome] = []
        while True:
            try:
                update = self._news.get_nowait()
            except Empty:
                break
            if update.snapshot.time < self._last.snapshot.time:
                events, log = [], []
            self._last = update
            events += update.events
            log += update.log
            outcomes += update.outcomes
        return replace(self._last, events=tuple(events), log=tuple(log), outcomes=tuple(outcomes))

    def close(self) -> None:
        """End the run and remove everything, within two seconds; what cannot be removed so soon is noted for the next start."""
        self._life.is_closing = True
        if self._life.generator is not None:
            self._life.generator.given_up = True
        self._orders.put(None)
        self._thread.join(CLOSE)


class _Life:
    """What the thread does. `generator`: the run of now, so that whoever closes can tell it not to wait any longer."""

    def __init__(self, backend: _Wanted, orders: SimpleQueue[Command | None], news: SimpleQueue[Update], wake: Callable[[], None]) -> None:
        self._wanted = backend
        self._scenario = backend.scenario
        self._orders, self._news, self._wake = orders, news, wake
        self._outcomes: list[Outcome] = []
        self._last = Snapshot(time=0.0, live=True)
        self._result: Result | None = None
        self.generator: LoadGenerator | None = None
        self.is_closing = False

    def run(self) -> None:
        """Run after run, until somebody closes."""
        again: Restart | None = Restart()
        while again is not None:
            self._scenario = again.scenario or self._scenario
            self._outcomes.append(Outcome(number=again.number))
            try:
                again = self._one()
            except TroubleError as error:
                again = self._refused(error)
            except MqvizError as error:
                again = self._refused(TroubleError(Trouble.FAILED, str(error)))
            except Exception as error:  # noqa: BLE001  the loop of a thread: what nobody thought of is told, not lost
                again = self._refused(TroubleError(Trouble.FAILED, f"{type(error).__name__}: {error}"))

    def _one(self) -> Restart | None:
        """One run, removed again; the command to begin another, or None where it is closed."""
        wanted, self._result = self._wanted, None
        self._tell(FeedState.CONNECTING, Snapshot(time=0.0, live=True))
        place = Place(wanted.broker, wanted.password, wanted.notes)
        generator = LoadGenerator(self._scenario, place, wanted.clock, seed=wanted.seed, watch=True, **wanted.limits)
        self.generator = generator
        generator.given_up = self.is_closing
        try:
            generator.prepare()
            again = self._live(generator, place.broker)
        finally:
            generator.close()
        return again if self._result is None else self._wait()

    def _live(self, generator: LoadGenerator, broker: LiveBroker) -> Restart | None:
        """While it runs."""
        due, clock = 0.0, self._wanted.clock
        while generator.turn(EVERY):
            for command in self._taken_orders():
                if command is None or isinstance(command, Restart):
                    return command
                self._do(command)
            if clock.now() >= due:
                due = clock.now() + EVERY
                self._show(generator, broker)
        generator.settle()
        self._result = generator.result(interrupted=bool(generator.stopped_by))
        self._show(generator, broker, finished=True)
        return None

    def _refused(self, error: TroubleError) -> Restart | None:
        """It could not begin, or broke: say why until another run is wanted."""
        return None if self.is_closing else self._wait(error)

    def _wait(self, error: TroubleError | None = None) -> Restart | None:
        """Nothing moves any more: answer questions until another run is wanted."""
        while True:
            if error is not None or self._outcomes:
                self._tell(FeedState.SEEING if error is None else FeedState.REFUSED, self._last, error)
            command = self._orders.get()
            if command is None or isinstance(command, Restart):
                return command
            self._do(command)

    # -- commands ---------------------------------------------------------------------------------------

    def _taken_orders(self) -> list[Command | None]:
        found: list[Command | None] = []
        while not self._orders.empty():
            found.append(self._orders.get())
        return found

    def _do(self, command: Command) -> None:
        generator = self.generator
        if generator is None or not generator.has_begun:
            self._outcomes.append(Outcome(number=command.number, done=False, reason="broker_down"))
        elif isinstance(command, FinalResult):
            answer = self._result or generator.result(interrupted=True)
            self._outcomes.append(Outcome(number=command.number, answer=answer))
        else:
            self._outcomes.append(generator.run.apply(command))

    # -- news -------------------------------------------------------------------------------------------

    def _show(self, generator: LoadGenerator, broker: LiveBroker, *, finished: bool = False) -> None:
        run = generator.run
        snapshot = run.snapshot()
        self._last = replace(snapshot, finished=True) if finished else snapshot
        state = FeedState.BLIND if generator.stopped_by == "connection" else FeedState.SEEING
        self._put(
            Update(
                snapshot=self._last,
                events=run.drain_events(),
                log=run.drain_log(),
                outcomes=self._told(),
                lag=run.time.lag,
                feed=_feed(broker, state),
            )
        )

    def _tell(self, state: FeedState, snapshot: Snapshot, error: TroubleError | None = None) -> None:
        feed = _feed(self._wanted.broker, state)
        if error is not None:
            feed = replace(feed, trouble=error.trouble, detail=error.detail)
        self._last = snapshot
        self._put(Update(snapshot=snapshot, outcomes=self._told(), feed=feed))

    def _told(self) -> tuple[Outcome, ...]:
        told, self._outcomes = tuple(self._outcomes), []
        return told

    def _put(self, update: Update) -> None:
        self._news.put(update)
        self._wake()


def _feed(broker: LiveBroker, state: FeedState) -> Feed:
    """How we know: from our own clients, who may do what they do."""
    return Feed(state=state, broker=broker, read_only=False, interval=None, virtual_host=broker.virtual_host, sources=("amqp",))
