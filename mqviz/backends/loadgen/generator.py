"""One experiment on a real broker from its first connection to the last trace of it: prepare, turn, settle, close.

One loop does it all: the scheduler, on which the clients live as in the simulator, and the sockets of all their connections. Threads
would not help, since one interpreter does one thing at a time; a connection for each client is what the broker sees of it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from pika.adapters.select_connection import IOLoop

from mqviz.backends.loadgen.broker import RealBroker
from mqviz.backends.loadgen.depths import Depths
from mqviz.backends.loadgen.feasibility import feasible, left_out
from mqviz.backends.loadgen.gauge import Gauge
from mqviz.backends.loadgen.line import turn
from mqviz.backends.loadgen.live_run import LiveRun
from mqviz.backends.loadgen.live_time import LiveTime
from mqviz.backends.loadgen.mirror import Mirror
from mqviz.backends.loadgen.place import Place
from mqviz.backends.loadgen.refusals import trouble_in
from mqviz.backends.troubles import TroubleError
from mqviz.clock import Clock
from mqviz.model.experiment import LeftOut
from mqviz.model.feed import Trouble
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario

SLOT = 0.005
"""Seconds of the clients' work between two looks at the sockets."""

LONGEST_WAIT = 0.05
GOODBYE = 1.0
SETTLE = 3.0
PATIENCE = 20.0
"""Seconds: of waiting for sockets, for connections to close, for the last depths, for everybody to be connected."""


class LoadGenerator:
    """The clients of a scenario on a real broker, at `place`. Raises TroubleError where it cannot begin.

    `stopped_by`: a code for what ended the run before its time: `message_limit` or `connection`. `given_up` may be set by another
    thread: nobody waits for the broker's answers any more.
    """

    def __init__(
        self,
        scenario: Scenario,
        place: Place,
        clock: Clock,
        *,
        seed: int | None = None,
        watch: bool = False,
        rate_limit: float = inf,
        message_limit: float = inf,
    ) -> None:
        self._scenario, self._place, self._clock = scenario, place, clock
        self._seed, self._watch = seed, watch
        self._limits = (rate_limit, message_limit)
        self._loop = IOLoop()
        self._loop.activate_poller()
        self._time = LiveTime(clock)
        self._run: LiveRun | None = None
        self._gauge: Gauge | None = None
        self._broker: RealBroker | None = None
        self.missing: tuple[LeftOut, ...] = left_out(scenario, policies=place.may_set_policies)
        self.stopped_by = ""
        self.given_up = False
        self._is_closed = False

    @property
    def run(self) -> LiveRun:
        """The run; only after `prepare`."""
        assert self._run is not None
        return self._run

    @property
    def has_begun(self) -> bool:
        """Whether there is a run."""
        return self._run is not None

    # -- before -----------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Declare the topology, connect everybody; at the end of this it is 0."""
        place, policies = self._place, self._place.may_set_policies
        place.prepare(feasible(self._scenario, policies=policies))
        gauge = self._gauge = Gauge(place.parameters(f"{place.run} gauge"), self._loop, self._now)
        self._wait_for(lambda: gauge.is_open)
        broker = self._broker = RealBroker(self._time, self._loop, place.naming, lambda name: place.parameters(f"{place.run} {name}"))
        broker.rate_limit, broker.message_limit = self._limits
        mirror, depths = Mirror(broker, gauge), Depths(broker, gauge)
        broker.purging = mirror.purge
        broker.changed = lambda: self._changed(mirror)
        self._run = LiveRun(
            self._scenario,
            seed=self._seed,
            watch=self._watch,
            broker=broker,
            depths=depths,
            engine=f"{gauge.product.lower() or 'amqp'} {gauge.version}".strip(),
            missing=self.missing,
            policies=policies,
        )
        self._wait_for(lambda: gauge.is_idle)
        broker.open_gate()
        self._wait_for(lambda: all(line.is_ready for line in broker.lines))
        self._time.call_at(0.0, self._measure, depths)
        self._time.begin(self._run.end)

    def _now(self) -> float:
        self._time.touch()
        return self._time.now

    def _changed(self, mirror: Mirror) -> None:
        assert self._broker is not None
        self._place.note_names(self._broker)
        mirror.sync()

    def _measure(self, depths: Depths) -> None:
        depths.measure()
        self._time.call_in(depths.interval, self._measure, depths)

    def _wait_for(self, is_so: Callable[[], bool]) -> None:
        """Turn the loop until it is so. TroubleError where it will not be."""
        until = self._clock.now() + PATIENCE
        while not is_so():
            self._complain()
            if self.given_up:
                raise TroubleError(Trouble.LOST, "given up")
            if self._clock.now() > until:
                raise TroubleError(Trouble.TIMEOUT, "the broker does not answer")
            turn(self._loop, LONGEST_WAIT)
        self._complain()

    def _complain(self) -> None:
        gauge, broker = self._gauge, self._broker
        if gauge is not None and gauge.failed is not None:
            raise trouble_in(gauge.failed)
        if broker is not None and broker.vain and not self._time.has_begun:
            raise trouble_in(broker.vain[0].error or OSError())

    # -- while ------------------------------------------------------------------------------------------

    def turn(self, longest: float = LONGEST_WAIT) -> bool:
        """Do what is due, see to the sockets, wait at most so long; false where the run is over."""
        run, time, clock = self.run, self._time, self._clock
        began = clock.now()
        run.run_until(inf, lambda: clock.now() > began + SLOT)
        if run.finished or self._is_stopped():
            time.freeze()
            return False
        turn(self._loop, min(longest, max(0.0, time.next_at - time.wall)))
        self._go_on_where_held(clock.now() - began)
        return True

    def _is_stopped(self) -> bool:
        assert self._gauge is not None and self._broker is not None
        if self._broker.published >= self._broker.message_limit:
            self.stopped_by = "message_limit"
        elif self._gauge.is_over:
            self.stopped_by = "connection"
        return bool(self.stopped_by)

    def _go_on_where_held(self, seconds: float) -> None:
        broker = self._broker
        assert broker is not None
        if broker.holding:
            self.run.pace.held_time += seconds
            self._time.touch()
            may_go_on = broker.has_room()
            for line in list(broker.holding):
                line.look(may_go_on)

    # -- after ------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """The clients stand still; let the broker tell its last depths, until they and our account agree."""
        gauge, run = self._gauge, self.run
        self._time.freeze()
        until = self._clock.now() + SETTLE
        while gauge is not None and not gauge.is_over and self._clock.now() < until:
            self._measure_once(gauge, until)
            if run.result().ledger.balanced is not False:
                return

    def _measure_once(self, gauge: Gauge, until: float) -> None:
        while gauge.is_waiting and self._clock.now() < until:
            turn(self._loop, 0.01)
        self.run.look()
        while gauge.is_waiting and self._clock.now() < until:
            turn(self._loop, 0.01)

    def result(self, *, interrupted: bool = False) -> Result:
        """What the run has come to."""
        return self.run.result(interrupted=interrupted)

    def close(self) -> None:
        """Close all connections and remove everything, once. TroubleError where the broker cannot be reached: a note stays."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self._say_goodbye()
        finally:
            self._loop.deactivate_poller()
            self._loop.close()
        has_begun = self._gauge is not None and self._gauge.was_open
        if has_begun or self._place.own:
            self._remove()
        else:
            self._place.forget()

    def _remove(self) -> None:
        try:
            self._place.remove()
        except TroubleError:
            self._place.abandon()
            raise

    def _say_goodbye(self) -> None:
        lines = [] if self._broker is None else list(self._broker.lines)
        for line in lines:
            line.goodbye()
        gauge = self._gauge
        if gauge is not None:
            gauge.close()
        until = self._clock.now() + GOODBYE
        while self._clock.now() < until and ((self._broker and self._broker.lines) or (gauge and not gauge.line.is_closed)):
            turn(self._loop, 0.01)
