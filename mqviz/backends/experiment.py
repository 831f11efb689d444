"""A scenario running on a live RabbitMQ as a `Backend`, so that the window can show it beside the simulated one.

It runs in a process of its own. Beside a window in one interpreter its clients were seconds late, and the window stood still for one
while ten thousand messages were published. When the program dies, the process notices, removes what it declared, and ends.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from msgspec.structs import replace

from mqviz.backends.loadgen.life import Life, Wanted, feed_of
from mqviz.clock import WallClock
from mqviz.model.backend import Can, Command, Outcome, Update
from mqviz.model.experiment import HERE, Limits
from mqviz.model.feed import FeedState, LiveBroker, Trouble
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
CLOSE = 1.8
"""Seconds that `close` waits for everything to be removed; what takes longer goes on, and is noted."""


class ExperimentBackend:
    """One run after another of a scenario on a broker. `wake` is called from a thread when there is news.

    `folder`: where is noted what a run declares. `left_over`: earlier runs whose remains are to be removed first.
    """

    def __init__(
        self,
        scenario: Scenario,
        broker: LiveBroker,
        password: str,
        *,
        folder: Path,
        wake: Callable[[], None],
        seed: int | None = None,
        limits: Limits = HERE,
        left_over: tuple[str, ...] = (),
    ) -> None:
        self._news: SimpleQueue[Update] = SimpleQueue()
        self._last = Update(snapshot=Snapshot(time=0.0, live=True), feed=feed_of(broker, FeedState.CONNECTING))
        self._wake, self._is_closed = wake, False
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        wanted = Wanted(scenario, broker, password, folder, seed, limits, left_over)
        self._process = context.Process(target=_live, args=(theirs, wanted), name="mqviz experiment")
        self._process.start()
        theirs.close()
        self._reader = Thread(target=self._read, name="experiment", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        """In the thread: what the process tells, until it ends."""
        while True:
            try:
                self._news.put(self._line.recv())
            except (EOFError, OSError):
                break
            self._wake()
        if not self._is_closed:
            self._news.put(self._broken())
            self._wake()

    def _broken(self) -> Update:
        last = self._last
        assert last.feed is not None
        feed = replace(last.feed, state=FeedState.REFUSED, trouble=Trouble.LOST, detail="its process has ended")
        return replace(last, feed=feed, events=(), log=(), outcomes=())

    @property
    def can(self) -> Can:
        """What clients of a real broker can do; its time is nobody's to hold."""
        return _CAN

    def why_not(self, ability: Can) -> str:
        """`live_broker` for what only the simulator can do."""
        return "" if ability in _CAN else "live_broker"

    def submit(self, command: Command) -> None:
        """Take a command; the process does it."""
        self._send(command)

    def _send(self, command: Command | None) -> None:
        with suppress(OSError):  # it has ended, and an update has told so
            self._line.send(command)

    def run(self, budget: float) -> float | None:
        """The process works by itself, and rings."""
        return None

    def observe(self) -> Update:
        """The newest picture, with everything that happened since the last call."""
        events: list[Event] = []
        log: list[LogEntry] = []
        outcomes: list[Outcome] = []
        while not self._news.empty():
            update = self._news.get()
            if update.snapshot.time < self._last.snapshot.time:
                events, log = [], []
            self._last = update
            events += update.events
            log += update.log
            outcomes += update.outcomes
        return replace(self._last, events=tuple(events), log=tuple(log), outcomes=tuple(outcomes))

    def close(self) -> None:
        """End the run and remove everything, within two seconds; what cannot be removed so soon goes on, and is noted."""
        if not self._is_closed:
            self._is_closed = True
            self._send(None)
            self._process.join(CLOSE)


def _live(line: Connection, wanted: Wanted) -> None:
    """The process. Ctrl-C is for who started it, and is heard of by the end of the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders: SimpleQueue[Command | None] = SimpleQueue()
    life = Life(wanted, WallClock(), orders, lambda update: _tell(line, update))
    Thread(target=_listen, args=(line, orders, life), daemon=True).start()
    life.run()
    line.close()


def _tell(line: Connection, update: Update) -> None:
    with suppress(OSError):  # nobody listens any more: the end of the line tells so, too
        line.send(update)


def _listen(line: Connection, orders: SimpleQueue[Command | None], life: Life) -> None:
    """In a thread of the process: commands, until the line ends."""
    while True:
        try:
            command = line.recv()
        except (EOFError, OSError):
            command = None
        if command is None:
            life.close()
            return
        orders.put(command)
