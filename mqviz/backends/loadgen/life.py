"""What happens in the process of an experiment: one run after another on the broker, each prepared, turned, shown and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from msgspec.structs import replace

from mqviz.backends.loadgen.generator import LoadGenerator
from mqviz.backends.loadgen.leftovers import Notes
from mqviz.backends.loadgen.place import Place, remove
from mqviz.backends.troubles import TroubleError
from mqviz.clock import Clock
from mqviz.errors import MqvizError
from mqviz.model.backend import Command, FinalResult, Outcome, Restart, Update
from mqviz.model.experiment import Limits
from mqviz.model.feed import Feed, FeedState, LiveBroker, Trouble
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import Snapshot

EVERY = 0.05
"""Seconds between two updates."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What all runs of one backend have in common. `folder`: where is noted what they declare.

    `left_over`: earlier runs whose remains are to be removed first.
    """

    scenario: Scenario
    broker: LiveBroker
    password: str = field(repr=False)
    folder: Path
    seed: int | None
    limits: Limits
    left_over: tuple[str, ...] = ()


class Life:
    """What one backend's process does; `tell` takes its updates."""

    def __init__(self, wanted: Wanted, clock: Clock, orders: SimpleQueue[Command | None], tell: Callable[[Update], None]) -> None:
        self._wanted, self._clock, self._notes = wanted, clock, Notes(wanted.folder)
        self._scenario, self._at = wanted.scenario, wanted.broker
        self._orders, self._put = orders, tell
        self._outcomes: list[Outcome] = []
        self._last = Snapshot(time=0.0, live=True)
        self._result: Result | None = None
        self._generator: LoadGenerator | None = None
        self._is_closing = False

    def close(self) -> None:
        """From another thread: come to an end, whatever it waits for."""
        self._is_closing = True
        if self._generator is not None:
            self._generator.given_up = True
        self._orders.put(None)

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
        self._at = wanted.broker
        self._tell(FeedState.CONNECTING, Snapshot(time=0.0, live=True))
        self._clean()
        place = Place(wanted.broker, wanted.password, self._notes)
        generator = LoadGenerator(self._scenario, place, self._clock, seed=wanted.seed, watch=True, **_most(wanted.limits))
        self._generator = generator
        generator.given_up = self._is_closing
        try:
            generator.prepare()
            self._at = place.broker
            again = self._live(generator)
        finally:
            generator.close()
        return again if self._result is None else self._wait()

    def _clean(self) -> None:
        """Remove what runs that broke off have left: who asked for this run was told so."""
        wanted = self._wanted
        for note in self._notes.left_over(wanted.broker):
            if note.run in wanted.left_over:
                remove(note, wanted.password, self._notes)

    def _live(self, generator: LoadGenerator) -> Restart | None:
        """While it runs."""
        due, clock = 0.0, self._clock
        while generator.turn(EVERY):
            for command in self._taken_orders():
                if command is None or isinstance(command, Restart):
                    return command
                self._do(command)
            if clock.now() >= due:
                due = clock.now() + EVERY
                self._show(generator)
        generator.settle()
        self._result = generator.result(interrupted=bool(generator.stopped_by))
        self._show(generator, finished=True)
        return None

    def _refused(self, error: TroubleError) -> Restart | None:
        """It could not begin, or broke: say why until another run is wanted."""
        return None if self._is_closing else self._wait(error)

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
        generator = self._generator
        if generator is None or not generator.has_begun:
            self._outcomes.append(Outcome(number=command.number, done=False, reason="broker_down"))
        elif isinstance(command, FinalResult):
            answer = self._result or generator.result(interrupted=True)
            self._outcomes.append(Outcome(number=command.number, answer=answer))
        else:
            self._outcomes.append(generator.run.apply(command))

    # -- news -------------------------------------------------------------------------------------------

    def _show(self, generator: LoadGenerator, *, finished: bool = False) -> None:
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
                feed=feed_of(self._at, state),
            )
        )

    def _tell(self, state: FeedState, snapshot: Snapshot, error: TroubleError | None = None) -> None:
        feed = feed_of(self._at, state)
        if error is not None:
            feed = replace(feed, trouble=error.trouble, detail=error.detail)
        self._last = snapshot
        self._put(Update(snapshot=snapshot, outcomes=self._told(), feed=feed))

    def _told(self) -> tuple[Outcome, ...]:
        told, self._outcomes = tuple(self._outcomes), []
        return told


def _most(limits: Limits) -> dict[str, Any]:
    return {"rate_limit": limits.rate, "message_limit": limits.messages}


def feed_of(broker: LiveBroker, state: FeedState) -> Feed:
    """How we know: from our own clients, who may do what they do."""
    return Feed(state=state, broker=broker, read_only=False, interval=None, virtual_host=broker.virtual_host, sources=("amqp",))
