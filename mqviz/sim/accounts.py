"""The result of a run: the ledger and everybody's figures, read off the broker and the clients."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from mqviz import __version__
from mqviz.model.result import (
    ConsumerResult,
    CopyLedger,
    Depth,
    Ledger,
    MessageLedger,
    Oldest,
    ProducerResult,
    QueueResult,
    Result,
    ScenarioId,
    TranslatorResult,
    WorkLedger,
)
from mqviz.model.scenario import Scenario, in_language
from mqviz.model.writing import digest
from mqviz.sim.caller import Caller
from mqviz.sim.consumer import Consumer
from mqviz.sim.faults import Faults
from mqviz.sim.measures import summary
from mqviz.sim.population import Population
from mqviz.sim.producer import Producer
from mqviz.sim.series import Series
from mqviz.sim.world import World

ENGINE = "embedded"


class Accounts:
    """Reads off what a run has come to."""

    def __init__(self, world: World, population: Population, faults: Faults, series: Series) -> None:
        self._faults = faults
        self._world = world
        self._population = population
        self._series = series

    # -- the ledger ---------------------------------------------------------------------------------------

    @property
    def ledger(self) -> Ledger:
        """The three accounts, and whether they balance."""
        messages, copies, work = self._messages(), self._world.broker.copies, self._work()
        services = all(each.result(self._world.measures).balances for each in self._population.services.values())
        return Ledger(
            messages=messages,
            copies=copies,
            work=work,
            balanced=messages.balances and copies.balances and services,
            nothing_lost=is_nothing_lost(copies, work) and not self._calls_given_up(),
        )

    def _calls_given_up(self) -> int:
        """Direct calls that nobody finished: without a queue they are what is lost."""
        groups = self._population.producers.values()
        return sum(member.failed for group in groups for member in group.members if isinstance(member, Caller))

    def _messages(self) -> MessageLedger:
        """The broker's account, with what has not reached it or never will."""
        at_broker = self._world.broker.messages
        lost = in_transit = waiting = 0
        for each in self._population.everybody:
            lost += each.lost_in_transit
            in_transit += each.in_transit
            if isinstance(each, Producer | Caller):
                waiting += each.held
        published = sum(each.sent for each in self._population.everybody) + self._world.foreign
        return msgspec.structs.replace(at_broker, published=published, lost_in_transit=lost, in_transit=in_transit, waiting=waiting)

    def _work(self) -> WorkLedger:
        completed = abandoned = 0
        for each in self._population.everybody:
            if isinstance(each, Consumer):
                completed += each.completed
                abandoned += each.abandoned
            elif isinstance(each, Caller):
                completed += each.replied
        repeated = self._world.repeated
        return WorkLedger(completed=completed - repeated, abandoned=abandoned, repeated=repeated)

    # -- everybody's figures ------------------------------------------------------------------------------

    def result(self, scenario: Scenario, seed: int, *, interrupted: bool, replayable: bool) -> Result:
        """The whole result at this moment; `scenario` is what would have to be run to see the same again."""
        world, population = self._world, self._population
        return Result(
            mqviz=__version__,
            scenario=ScenarioId(name=in_language(scenario.name, "en"), digest=digest(scenario)),
            seed=seed,
            virtual_time=world.scheduler.now,
            engine=ENGINE,
            replayable=replayable,
            interrupted=interrupted,
            ledger=self.ledger,
            queues={name: self._queue(name) for name in self._queue_names()},
            producers={name: self._producer(name, group.members) for name, group in population.producers.items()},
            consumers={name: self._consumer(name, group.members) for name, group in population.consumers.items()},
            services={name: service.result(world.measures) for name, service in population.services.items()},
            translators={name: self._translator(name) for name in population.translators},
            latency=summary(world.measures.latency),
            faults=self._faults.spells(),
            series=self._series.samples,
        )

    def _queue_names(self) -> list[str]:
        """Living and deleted ones, in the order in which they first came."""
        broker = self._world.broker
        return list(dict.fromkeys((*self._world.topology.queues, *broker.queues, *broker.topology.buried)))

    def _queue(self, name: str) -> QueueResult:
        totals = self._world.broker.totals(name)
        return QueueResult(
            enqueued=totals.enqueued,
            delivered=totals.delivered,
            redelivered=totals.redelivered,
            acknowledged=totals.acknowledged,
            ready=totals.ready,
            unacknowledged=totals.unacknowledged,
            dropped=totals.dropped,
            expired=totals.expired,
            rejected=totals.rejected,
            dead_lettered=totals.dead_lettered,
            purged=totals.purged,
            deleted=totals.deleted,
            lost=totals.lost,
            depth=Depth(max=totals.deepest, mean=totals.mean_depth(self._world.scheduler.now)),
            oldest=Oldest(max=self._series.oldest.get(name)),
            wait=self._world.measures.summary("wait", name),
        )

    def _producer(self, name: str, members: Sequence[Producer | Caller]) -> ProducerResult:
        measures = self._world.measures
        each = {member.name: member.member() for member in members}
        return ProducerResult(
            **_sums(each.values(), ("published", "confirmed", "nacked", "returned", "waiting", "blocked_time")),
            confirm_latency=measures.summary("confirm", name),
            replied=sum(member.replied for member in members),
            timed_out=sum(member.timed_out for member in members),
            response=measures.summary("response", name),
            members=each,
        )

    def _consumer(self, name: str, members: Sequence[Consumer]) -> ConsumerResult:
        each = {member.name: member.member() for member in members}
        capacity = sum(member.workers.capacity for member in members)
        busy = sum(member.busy_time for member in each.values())
        return ConsumerResult(
            **_sums(each.values(), ("delivered", "acknowledged", "redelivered", "completed", "abandoned", "busy_time")),
            utilisation=busy / capacity if capacity else None,
            service=self._world.measures.summary("service", name),
            members=each,
        )

    def _translator(self, name: str) -> TranslatorResult:
        return self._population.translators[name].members[0].result()


def _sums(members: Iterable[Any], fields: tuple[str, ...]) -> dict[str, Any]:
    every = list(members)
    return {field: sum(getattr(each, field) for each in every) for field in fields}


def is_nothing_lost(copies: CopyLedger, work: WorkLedger) -> bool:
    """Whether every routed message was finished, is on its way, or was thrown away by a rule of the file.

    Such rules are length, age, rejection and delivery limit. A purge, a deleted queue, a broker that forgot transient
    messages and work that was acknowledged but never finished are losses, whoever ordered them.
    """
    return not (copies.lost or copies.purged or copies.deleted or work.abandoned)
