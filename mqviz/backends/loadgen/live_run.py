"""A simulation whose clients are real: the same population, faults and changes, on the clock and on a broker that is not ours."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from mqviz.backends.loadgen.accounts import LiveAccounts
from mqviz.backends.loadgen.broker import RealBroker
from mqviz.backends.loadgen.depths import Depths, LiveSeries
from mqviz.backends.loadgen.feasibility import can_be, feasible
from mqviz.backends.loadgen.live_time import LiveTime
from mqviz.backends.loadgen.pace import Pace
from mqviz.model.backend import Apply, Command, Inject, Outcome, Peek, Publish
from mqviz.model.experiment import LeftOut
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import BrokerStats, QueueStats, Snapshot
from mqviz.model.writing import digest
from mqviz.sim.accounts import Accounts
from mqviz.sim.by_hand import producer_for
from mqviz.sim.faults import Faults
from mqviz.sim.population import Population
from mqviz.sim.simulation import Simulation
from mqviz.sim.world import World

FRESH = 0.5
"""Seconds that depths may be old and still be called those of now, as everything else in the picture is."""

CALM = 0.3
"""Seconds without any movement before a broker whose queues are empty is believed to be done."""


class LiveRun(Simulation):
    """One run on the real broker; `engine` is what the result calls it. `missing`: what was left out of the scenario."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int | None,
        watch: bool,
        broker: RealBroker,
        depths: Depths,
        engine: str,
        missing: tuple[LeftOut, ...],
        policies: bool,
    ) -> None:
        self._whole = scenario
        self._real, self._depths = broker, depths
        self._engine, self._missing = engine, missing
        made = feasible(scenario, policies=policies)
        super().__init__(made, seed=seed, watch=watch, scheduler=broker.time, broker=broker)
        self.replayable = False

    @property
    def time(self) -> LiveTime:
        """The clock's time."""
        return self._real.time

    @property
    def pace(self) -> Pace:
        """Whether our clients keep up."""
        return self._pace

    def make_accounts(self, world: World, population: Population, faults: Faults) -> Accounts:
        """Books with what the broker tells."""
        self._pace = Pace(self.time, lambda: (each for group in population.producers.values() for each in group.members))
        series = LiveSeries(world, self._depths, self._pace.look)
        return LiveAccounts(world, population, faults, series, self._real, self._depths)

    # -- the end ----------------------------------------------------------------------------------------

    def is_empty(self) -> bool:
        """Whether all work is done, as far as the broker has told lately."""
        names = [name for name in self.broker.queues if self._depths.can_tell(name)]
        is_still = self.now - self._real.moved_at > CALM
        if not is_still or any(self._depths.ready(name) != 0 for name in names):
            return False
        return super().is_empty()

    def look(self) -> None:
        """Nothing moves any more: ask the broker how full its queues are."""
        self._depths.measure()
        self._depths.are_settled = True

    def seconds_still(self) -> float:
        """For how long nothing has moved."""
        return self.now - self._real.moved_at

    # -- commands ---------------------------------------------------------------------------------------

    def apply(self, command: Command) -> Outcome:
        """Do what a command says, as far as a client can."""
        match command:
            case Inject(fault=fault) if not can_be(fault):
                return _refused(command)
            case Apply(change=change) if change.set is not None and change.set.arguments is not UNSET:
                return _refused(command)
            case Publish() if producer_for(command, "hand", self.now) is None:
                return _refused(command)
            case Peek():
                return _refused(command)
        return super().apply(command)

    # -- what is to be seen -----------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """What is true now: depths as the broker last told them, the rest as our clients have seen it."""
        seen = super().snapshot()
        connections = sum(1 for line in self._real.lines if line.is_ready)
        broker = BrokerStats(
            name=self._engine.partition(" ")[0],
            version=self._engine.partition(" ")[2],
            connections=connections,
            blocked_connections=sum(1 for line in self._real.lines if line.is_blocked),
        )
        return replace(
            seen,
            live=True,
            age=age if (age := self._depths.age) > FRESH else 0.0,
            broker=broker,
            queues=tuple(self._told(each) for each in seen.queues),
        )

    def _told(self, queue: QueueStats) -> QueueStats:
        return replace(queue, messages_ready=self._depths.ready(queue.name) or 0, message_bytes=0, oldest=None)

    def result(self, *, interrupted: bool = False) -> Result:
        """What the run has come to so far."""
        made = super().result(interrupted=interrupted)
        return replace(
            made,
            scenario=replace(made.scenario, digest=digest(self._whole)),
            engine=self._engine,
            clients=self._pace.report(),
            left_out=tuple(str(each) for each in self._missing),
        )


def _refused(command: Command) -> Outcome:
    return Outcome(number=command.number, done=False, reason="live_broker")
