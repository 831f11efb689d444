"""A scenario come alive: broker, clients, faults and changes on one scheduler, from one seed, and the commands that change it."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import msgspec

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.errors import AmqpError, ScenarioError
from mqviz.model.backend import Apply, Command, EndFault, FinalResult, Inject, Outcome, Peek, Publish, Recording, Route, Waits
from mqviz.model.faults import Names
from mqviz.model.result import Result
from mqviz.model.scenario import Change, Declared, ProducerSpec, Scenario
from mqviz.model.snapshot import Event, LogEntry, Snapshot
from mqviz.sim import describing
from mqviz.sim.accounts import Accounts
from mqviz.sim.by_hand import producer_for
from mqviz.sim.changes import Changes
from mqviz.sim.client import Client
from mqviz.sim.faults import Faults
from mqviz.sim.hearing import Ear, Said
from mqviz.sim.operator import at_work
from mqviz.sim.peeking import peek
from mqviz.sim.population import ClientSpec, Population
from mqviz.sim.recording import reach_a_quiet_moment, recorded
from mqviz.sim.series import Series
from mqviz.sim.watching import Watch
from mqviz.sim.world import World

LONGEST_STEP = 60.0
"""Virtual seconds after which a step gives up waiting for something to happen."""


def never() -> bool:
    """No limit of time."""
    return False


class Simulation:
    """One run. The same scenario and seed give the same result, whoever watches and in whatever slices it is run.

    ScenarioError where the broker refuses what the scenario declares. `replayable`: everything that was done can be
    written into a scenario. `scheduler` and `broker`: others than our own, for a run of the same clients on a live broker.
    `listen`: the client whose conversation is heard from its first word. `is_open`: external clients may come, so it does not end.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int | None = None,
        watch: bool = False,
        scheduler: Scheduler | None = None,
        broker: Broker | None = None,
        listen: str = "",
    ) -> None:
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else seed
        self.scheduler = Scheduler() if scheduler is None else scheduler
        self.broker = Broker(self.scheduler, spec=scenario.broker) if broker is None else broker
        self.replayable = True
        self.is_open = False
        self._world = World(self.scheduler, self.broker, self.seed, scenario.network)
        self._population = Population(self._world)
        self._faults = Faults(self._world, self._population)
        self._changes = Changes(self._world, self._population, self._faults)
        self._by_hand: list[Change] = []
        self._published_by_hand = 0
        self._has_told_the_end = False
        if watch:
            self.broker.tap = self._world.watch = Watch(self.scheduler, self._world.node_of)
        self._declare()
        self._populate()
        self._heard: tuple[Client, Ear] | None = None
        self.listen(listen)
        self._accounts = self.make_accounts(self._world, self._population, self._faults)
        self._world.note("run_started")
        for member in self._newcomers:
            member.start()

    def make_accounts(self, world: World, population: Population, faults: Faults) -> Accounts:
        """Who keeps the books; another one where the broker is not ours."""
        return Accounts(world, population, faults, Series(world))

    def _declare(self) -> None:
        scenario, topology = self.scenario, self._world.topology
        for policy in scenario.policies:
            self.broker.set_policy(policy)
        topology.exchanges = {each.name: each for each in scenario.exchanges}
        topology.queues = {each.name: each for each in scenario.queues}
        topology.bindings = list(scenario.bindings)
        try:
            with at_work(self.broker) as channel:
                topology.declare_all(channel)
        except AmqpError as error:
            raise ScenarioError((error.text,)) from None

    def _populate(self) -> None:
        """Make everybody, then plan what will happen to them; nobody has begun yet, so a fault at 0 is in time."""
        scenario, population = self.scenario, self._population
        for service in scenario.services:
            population.add_service(service)
        clients: tuple[ClientSpec, ...] = (*scenario.consumers, *scenario.translators, *scenario.producers)
        self._newcomers = [member for spec in clients for member in population.add(spec)]
        for fault in scenario.faults:
            self._faults.plan(fault)
        for change in scenario.changes:
            self._changes.plan(change)
        if scenario.run.warm_up > 0.0:
            self.scheduler.call_at(scenario.run.warm_up, _forget, self._world)

    # -- time -------------------------------------------------------------------------------------------

    @property
    def now(self) -> float:
        """Virtual seconds since the beginning."""
        return self.scheduler.now

    @property
    def end(self) -> float:
        """When it ends by itself; infinity where it does not."""
        return inf if self.scenario.duration is None or self.is_open else self.scenario.duration

    @property
    def finished(self) -> bool:
        """Whether it has come to its end."""
        return self.scheduler.now >= self.end

    def run_until(self, when: float, expired: Callable[[], bool] = never) -> bool:
        """Go on until then, or the end; false where the slot of time was used up before. (An endless run needs one or the other.)"""
        reached = self.finished or self.scheduler.run_until(min(when, self.end), expired)
        if reached and self.finished and not self._has_told_the_end:
            self._has_told_the_end = True
            self._world.note("run_finished")
        return reached

    def step(self) -> bool:
        """Go on until the next thing has happened to a message; false where nothing did for a virtual minute, or till the end."""
        before, until = self._footprint(), min(self.now + LONGEST_STEP, self.end)
        while self.scheduler.next_at <= until:
            self.scheduler.step()
            if self._footprint() != before:
                return True
        self.run_until(until)
        return False

    def _footprint(self) -> tuple[int, ...]:
        """Numbers of which some changes whenever something happens to a message."""
        broker, population = self.broker, self._population
        queues = [(each.enqueued + each.delivered + each.acknowledged, len(each.ready)) for each in broker.queues.values()]
        services = [each.requests + sum(each.ended.values()) for each in population.services.values()]
        under_way = [each.sent - each.in_transit for each in population.everybody]
        return (broker.published, *(number for pair in queues for number in pair), *services, *under_way)

    def is_empty(self) -> bool:
        """Whether finite loads are done, and nothing is ready, unacknowledged, waiting or in an outbox."""
        population = self._population
        if any(queue.ready or queue.unacked for queue in self.broker.queues.values()):
            return False
        if any(service.waiting or service.workers.busy for service in population.services.values()):
            return False
        return all(each.is_done for each in population.everybody)

    @property
    def is_endless(self) -> bool:
        """Whether some load has no end, so that waiting until it is empty is in vain."""
        groups = self._population.producers.values()
        return any(member.workload.is_endless for group in groups for member in group.members)

    # -- commands ---------------------------------------------------------------------------------------

    def apply(self, command: Command) -> Outcome:
        """Do what a command says, now; questions are answered without touching anything."""
        match command:
            case Inject() | EndFault() | Apply() | Publish():
                return self._act(command)
            case Peek(queue=queue, count=count):
                found = peek(self.broker, queue, count, self.now)
                return _refused(command, "no_such_queue", queue) if found is None else Outcome(number=command.number, answer=found)
            case Waits(queue=queue):
                return Outcome(number=command.number, answer=self._world.measures.summary("wait", queue))
            case Route():
                return self._route(command)
            case FinalResult(interrupted=interrupted):
                return Outcome(number=command.number, answer=self.result(interrupted=interrupted and not self.finished))
            case Recording():
                return Outcome(number=command.number, answer=self.recording())
            case _:
                return _refused(command, "not_for_a_simulation", type(command).__name__)

    def _act(self, command: Inject | EndFault | Apply | Publish) -> Outcome:
        """At a quiet moment, so that the record can say when it was."""
        if not reach_a_quiet_moment(self.scheduler, self.end):
            return _refused(command, "finished", "")
        match command:
            case Inject(fault=fault):
                return Outcome(number=command.number, answer=self._faults.inject(fault))
            case EndFault(id=id):
                return Outcome(number=command.number) if self._faults.end(id) else _refused(command, "no_such_fault", str(id))
            case Apply(change=change):
                return self._change(command, change)
            case Publish():
                return self._publish(command)

    def _change(self, command: Apply, change: Change) -> Outcome:
        change = msgspec.structs.replace(change, at=self.now)
        self._by_hand.append(change)
        refused = self._changes.apply(change)
        return _refused(command, refused[0][1], refused[0][0]) if refused else Outcome(number=command.number)

    def _publish(self, command: Publish) -> Outcome:
        if self._world.broker_is_down:
            return _refused(command, "broker_down", "")
        if command.exchange not in self.broker.exchanges:
            return _refused(command, "no_such_exchange", command.exchange)
        routed = self.broker.routed
        self._published_by_hand += 1
        name = f"hand-{self._published_by_hand}"
        producer = producer_for(command, name, self.now)
        if producer is None:
            self._publish_unrecorded(command)
        else:
            self._let_publish(producer)
        return Outcome(number=command.number, answer=self.broker.routed > routed)

    def _let_publish(self, producer: ProducerSpec) -> None:
        """A producer comes, publishes, and leaves: all that can be written down."""
        for change in (Change(declare=Declared(producers=(producer,))), Change(delete=Names(clients=(producer.name,)))):
            made = msgspec.structs.replace(change, at=self.now)
            self._by_hand.append(made)
            self._changes.apply(made)
            if not reach_a_quiet_moment(self.scheduler, self.end):
                return

    def _publish_unrecorded(self, command: Publish) -> None:
        self.replayable = False
        self._world.foreign += 1
        with at_work(self.broker) as channel:
            channel.publish(command.exchange, command.routing_key, command.body, command.properties)

    def _route(self, command: Route) -> Outcome:
        if command.exchange not in self.broker.exchanges:
            return _refused(command, "no_such_exchange", command.exchange)
        return Outcome(number=command.number, answer=self.broker.route(command.exchange, command.routing_key, command.headers))

    def count_foreign(self) -> None:
        """An external client published a message."""
        self.replayable = False
        self._world.foreign += 1

    def note(self, code: str, subject: str = "", **figures: object) -> None:
        """Write a line of the event log."""
        self._world.note(code, subject, **figures)

    # -- what is to be seen -----------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """What is true now."""
        return describing.snapshot(self._world, self._population, self._faults, self._accounts, finished=self.finished)

    def drain_events(self) -> tuple[Event, ...]:
        """A sample of what happened to messages since the last call; nothing unless it is watched."""
        return () if self._world.watch is None else self._world.watch.drain()

    def listen(self, client: str) -> str:
        """Hear this client (its first member) and nobody else; the name of who is heard, empty where nobody is."""
        if self._heard is not None:
            self._heard[0].listen(None)
            self._heard = None
        found = next((each for each in self._population.find(client) if isinstance(each, Client)), None) if client else None
        if found is None:
            return ""
        ear = Ear(self.scheduler, found.name)
        self._heard = found, ear
        found.listen(ear)
        return found.name

    def drain_heard(self) -> tuple[list[Said], int]:
        """What was heard since the last call, and how many sayings more there were."""
        return ([], 0) if self._heard is None else self._heard[1].drain()

    def drain_log(self) -> tuple[LogEntry, ...]:
        """What happened to clients and broker since the last call."""
        return self._world.drain_log()

    def result(self, *, interrupted: bool = False) -> Result:
        """What the run has come to so far."""
        return self._accounts.result(self.recording(), self.seed, interrupted=interrupted, replayable=self.replayable)

    def recording(self) -> Scenario:
        """The scenario with everything done by hand written into it: run from the same seed, it repeats this run."""
        return recorded(self.scenario, self._faults.courses, self._by_hand)


def _refused(command: Command, reason: str, detail: str) -> Outcome:
    return Outcome(number=command.number, done=False, reason=reason, detail=detail)


def _forget(world: World) -> None:
    """The warm-up is over."""
    world.measures.clear()
