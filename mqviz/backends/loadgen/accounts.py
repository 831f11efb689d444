"""The books of a run on the real broker: what we did, what the broker told, and None for what nobody told.

A queue that drops, expires or dead-letters by itself does so without a word, so its ways out cannot be told, nor what came into
queues behind it. Everything else can: then the sums are a true test of what the broker did with our messages.
"""

from __future__ import annotations

from msgspec.structs import replace

from mqviz.backends.loadgen.broker import RealBroker
from mqviz.backends.loadgen.depths import Depths
from mqviz.engine.ledger import Totals
from mqviz.engine.queue import Queue
from mqviz.model.result import CopyLedger, Depth, Ledger, MessageLedger, Oldest, QueueResult, Summary, WorkLedger
from mqviz.sim.accounts import Accounts, is_nothing_lost
from mqviz.sim.faults import Faults
from mqviz.sim.population import Population
from mqviz.sim.series import Series
from mqviz.sim.world import World

_COPIES = ("enqueued", "acknowledged", "ready", "unacknowledged", "dropped", "expired", "rejected", "dead_lettered", "purged")
_FIELDS = (*_COPIES, "deleted", "lost")


class LiveAccounts(Accounts):
    """Reads off what a run on the real broker has come to."""

    def __init__(self, world: World, population: Population, faults: Faults, series: Series, broker: RealBroker, depths: Depths) -> None:
        super().__init__(world, population, faults, series)
        self._broker = broker
        self._depths = depths

    @property
    def ledger(self) -> Ledger:
        """The three accounts; None for what cannot be told."""
        queues = [self._told(name) for name in self._queue_names()]
        replies = self._broker.replies.queue
        sums = {field: _sum([getattr(each, field) for each in queues]) for field in _FIELDS}
        copies = CopyLedger(**sums, reasons=self._broker.copies.reasons)
        copies = _with_replies(copies, replies)
        messages, missing = self._messages(), _missing(copies)
        if self._depths.are_settled and 0 < missing <= self._broker.doubtful:
            copies = replace(copies, enqueued=(copies.enqueued or 0) - missing)
            messages = replace(messages, routed=(messages.routed or 0) - missing, lost_in_transit=(messages.lost_in_transit or 0) + missing)
        elif self._broker.doubtful and copies.balances is None:
            messages = replace(messages, routed=None, lost_in_transit=None)
        work = self._work()
        balanced = self._balanced(messages, copies)
        return Ledger(messages=messages, copies=copies, work=work, balanced=balanced, nothing_lost=_kept(copies, work))

    def _balanced(self, messages: MessageLedger, copies: CopyLedger) -> bool | None:
        services = all(each.result(self._world.measures).balances for each in self._population.services.values())
        parts = (messages.balances, copies.balances, services)
        if None in parts or not self._depths.are_settled:
            return None  # while messages move, depths and counts are of different moments
        return False not in parts

    def _messages(self) -> MessageLedger:
        broker, made = self._broker, super()._messages()
        made = replace(made, in_transit=made.in_transit + max(0, broker.asked_back))
        return replace(made, refused=None, routed=None) if broker.unsure else made

    # -- queues -----------------------------------------------------------------------------------------

    def _told(self, name: str) -> QueueResult:
        """The account of one queue, with None for what the broker does not tell."""
        queue, totals = self._broker.queues.get(name), self._broker.totals(name)
        ready = self._depths.ready(name) if queue is not None else 0
        known = _known(totals, ready)
        if queue is None or _is_leaky(queue, self._expires()):
            hidden = _hidden(queue, self._expires()) if queue is not None else ()
            known = replace(known, **dict.fromkeys(hidden))
        if self._is_behind_a_leak(name) or name in self._broker.unsure:
            known = replace(known, enqueued=None)
        return known

    def _expires(self) -> bool:
        """Whether some producer's messages expire by themselves."""
        return any(group.spec.expiration is not None for group in self._population.producers.values())

    def _is_behind_a_leak(self, name: str) -> bool:
        """Whether messages come here by dead-lettering that nobody told."""
        for queue in self._broker.queues.values():
            exchange = queue.limits.dead_letter_exchange
            if exchange is not None and _is_leaky(queue, self._expires()) and self._may_reach(exchange, queue, name):
                return True
        return False

    def _may_reach(self, exchange: str, queue: Queue, name: str) -> bool:
        if not exchange:
            return name == (queue.limits.dead_letter_routing_key or queue.name)
        source = self._broker.exchanges.get(exchange)
        return source is not None and any(binding.destination.name == name for binding in source.bindings)

    def _queue(self, name: str) -> QueueResult:
        now = self._world.scheduler.now
        return replace(
            self._told(name),
            depth=Depth(max=self._depths.greatest(name), mean=self._depths.mean(name, now)),
            oldest=Oldest(),
            wait=Summary() if name in self._broker.died else self._world.measures.summary("wait", name),
        )


def _known(totals: Totals, ready: int | None) -> QueueResult:
    return QueueResult(
        enqueued=totals.enqueued,
        delivered=totals.delivered,
        redelivered=totals.redelivered,
        acknowledged=totals.acknowledged,
        ready=ready,
        unacknowledged=totals.unacknowledged,
        dropped=totals.dropped,
        expired=totals.expired,
        rejected=totals.rejected,
        dead_lettered=totals.dead_lettered,
        purged=totals.purged,
        deleted=totals.deleted,
        lost=totals.lost,
    )


def _is_leaky(queue: Queue, expiring: bool) -> bool:
    """Whether messages leave it by a rule of the broker, which says nothing of it."""
    limits = queue.limits
    drops = limits.bounded and limits.overflow != "reject-publish"
    return drops or expiring or limits.ttl is not None or limits.delivery_limit is not None


def _hidden(queue: Queue, expiring: bool) -> tuple[str, ...]:
    """The ways out that a leak may have taken."""
    if queue.limits.dead_letter_exchange is not None:
        return ("dead_lettered",)
    limits = queue.limits
    expires = expiring or limits.ttl is not None
    hidden = [("dropped", limits.bounded), ("expired", expires), ("rejected", limits.delivery_limit is not None)]
    return tuple(name for name, so in hidden if so)


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _with_replies(copies: CopyLedger, replies: Queue) -> CopyLedger:
    """Direct replies count as copies that were taken at once."""
    enqueued = None if copies.enqueued is None else copies.enqueued + replies.delivered
    acknowledged = None if copies.acknowledged is None else copies.acknowledged + replies.delivered
    return replace(copies, enqueued=enqueued, acknowledged=acknowledged)


def _missing(copies: CopyLedger) -> int:
    """How many copies should have entered a queue and are nowhere; 0 where that cannot be told."""
    if copies.balances is None or copies.enqueued is None:
        return 0
    gone: list[int] = [getattr(copies, field) for field in _FIELDS if field != "enqueued"]
    return copies.enqueued - sum(gone)


def _kept(copies: CopyLedger, work: WorkLedger) -> bool | None:
    if any(getattr(copies, field) for field in ("lost", "purged", "deleted")):
        return False
    return is_nothing_lost(copies, work)
