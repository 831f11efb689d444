"""What is wrong now and what limits the throughput, as plain codes with figures; the window puts them into words.

Codes: broker_down memory_alarm queue_without_consumer backlog_grows near_limit publishes_refused consumers_saturated
prefetch_limits fault publishers_blocked redelivery_loop dead_letters unroutable messages_lost service_overloaded kept_up.
Of a live broker also: disk_alarm node_down near_watermark connections_blocked queue_not_running unroutable_now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from mqviz.model.snapshot import ClientState, ConsumerStats, QueueStats, ServiceStats, Snapshot
from mqviz.viewmodel.ends import ends_of
from mqviz.viewmodel.extraction import is_present
from mqviz.viewmodel.fault_spans import FaultSpan
from mqviz.viewmodel.recorder import Recorder

NEAR = 0.8
"""Share of its limit from which on a queue is near it."""

SATURATED = 0.95
"""Utilisation from which on consumers count as saturated."""

_LOOP = 0.5
_WELL = ("running", "idle", "flow")
_FEW = 10
_GROWS = 1.0


class Severity(IntEnum):
    """How urgent it is, the worst first."""

    DANGER = 0
    WARNING = 1
    NOTE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know. `subject` is a node's id, "" the whole; `figures` by name: counts, shares from 0 to 1, seconds, rates.

    `span`: the fault that a finding `fault` is about.
    """

    code: str
    severity: Severity
    subject: str = ""
    figures: tuple[tuple[str, float], ...] = ()
    span: FaultSpan | None = None

    def figure(self, name: str) -> float | None:
        """A figure by its name, None where it has none."""
        return dict(self.figures).get(name)


def finding(code: str, severity: Severity, subject: str = "", **figures: float | None) -> Finding:
    """Figures that cannot be told are left out."""
    return Finding(code, severity, subject, tuple((name, value) for name, value in figures.items() if value is not None))


def findings(snapshot: Snapshot, recorder: Recorder) -> tuple[Finding, ...]:
    """What is wrong now, the worst first; rates are those of the last second."""
    every = [*_of_broker(snapshot), *_of_nodes(snapshot), *_of_counters(snapshot, recorder), *_of_services(snapshot, recorder)]
    ends = ends_of(snapshot)
    consumers: dict[str, list[ConsumerStats]] = {}
    for consumer in snapshot.consumers:
        consumers.setdefault(consumer.queue, []).append(consumer)
    for queue in snapshot.queues:
        every += _of_queue(queue, consumers.get(queue.name, []), queue.name in ends, recorder)
    return tuple(sorted(every, key=lambda each: (each.severity, each.subject.startswith("queue:"), -(each.figure("ready") or 0.0))))


def _of_broker(snapshot: Snapshot) -> Iterator[Finding]:
    broker, ledger = snapshot.broker, snapshot.ledger
    if broker.state == "down":
        yield finding("broker_down", Severity.DANGER)
    if broker.memory_alarm or any(node.memory_alarm for node in broker.nodes):
        yield finding("memory_alarm", Severity.DANGER, memory=broker.memory, limit=broker.memory_limit)
    blocked = not snapshot.live and sum(producer.state in (ClientState.BLOCKED, ClientState.FLOW) for producer in snapshot.producers)
    if blocked:
        yield finding("publishers_blocked", Severity.WARNING, count=blocked)
    if ledger is not None:
        restart, transit = ledger.copies.lost or 0, ledger.messages.lost_in_transit or 0
        if restart + transit:
            yield finding("messages_lost", Severity.DANGER, count=restart + transit, restart=restart, transit=transit)
    if ledger is not None and ledger.messages.unroutable:
        yield finding("unroutable", Severity.WARNING, count=ledger.messages.unroutable)


def _of_nodes(snapshot: Snapshot) -> Iterator[Finding]:
    """Nodes of a live broker, and connections that it has stopped reading from."""
    for node in snapshot.broker.nodes:
        if not node.running:
            yield finding("node_down", Severity.DANGER, f"node:{node.name}")
        if node.disk_alarm:
            yield finding("disk_alarm", Severity.DANGER, f"node:{node.name}", free=node.disk_free, wanted=node.disk_free_limit)
        if node.memory and node.memory_limit and not node.memory_alarm and node.memory >= NEAR * node.memory_limit:
            yield finding("near_watermark", Severity.WARNING, f"node:{node.name}", share=node.memory / node.memory_limit)
    if snapshot.live and snapshot.broker.blocked_connections:
        yield finding("connections_blocked", Severity.DANGER, count=snapshot.broker.blocked_connections)


def _of_counters(snapshot: Snapshot, recorder: Recorder) -> Iterator[Finding]:
    """What a live broker throws away or sends back now, since nobody is bound."""
    if snapshot.broker.message_stats is None:
        return
    rates = [recorder.rate("", f"counted_{name}") or 0.0 for name in ("return_unroutable", "drop_unroutable")]
    if sum(rates) > 0.0:
        yield finding("unroutable_now", Severity.WARNING, rate=sum(rates))


def _of_services(snapshot: Snapshot, recorder: Recorder) -> Iterator[Finding]:
    for service in snapshot.services:
        found = overload_of(service, recorder)
        if found is not None:
            yield found


def overload_of(service: ServiceStats, recorder: Recorder) -> Finding | None:
    """A service that turns requests away, or whose callers give up, now."""
    node = f"service:{service.name}"
    refused, late = recorder.rate(node, "refused"), recorder.rate(node, "timed_out")
    if not refused and not late:
        return None
    busy = recorder.rate(node, "busy_time")
    utilisation = None if busy is None else min(1.0, busy / max(service.workers, 1))
    return finding("service_overloaded", Severity.DANGER, node, refused=refused, timed_out=late, utilisation=utilisation)


def _of_queue(queue: QueueStats, consumers: list[ConsumerStats], is_end: bool, recorder: Recorder) -> Iterator[Finding]:
    node = f"queue:{queue.name}"
    if queue.state not in _WELL:
        yield finding("queue_not_running", Severity.DANGER, node)
    if queue.messages_ready and queue.consumers == 0 and not is_end:
        yield finding("queue_without_consumer", Severity.DANGER, node, ready=queue.messages_ready)
    if queue.refused and recorder.rate(node, "refused"):
        yield finding("publishes_refused", Severity.DANGER, node, count=queue.refused, rate=recorder.rate(node, "refused"))
    if queue.max_length and queue.messages_ready >= NEAR * queue.max_length:
        yield finding("near_limit", Severity.WARNING, node, share=queue.messages_ready / queue.max_length, limit=queue.max_length)
    if queue.dead_lettered:
        yield finding("dead_letters", Severity.NOTE, node, count=queue.dead_lettered, rate=recorder.rate(node, "dead_lettered"))
    if queue.redelivered and (again := recorder.rate(node, "redelivered")):
        delivered = recorder.rate(node, "delivered")
        if delivered and again >= _LOOP * delivered:
            yield finding("redelivery_loop", Severity.WARNING, node, rate=again, share=again / delivered)
    if queue.messages_ready > _FEW:
        yield from _of_backlog(queue, node, consumers, recorder)


def _of_backlog(queue: QueueStats, node: str, consumers: list[ConsumerStats], recorder: Recorder) -> Iterator[Finding]:
    trend = recorder.trend(queue.name)
    if trend.slope is not None and trend.slope > _GROWS:
        yield finding("backlog_grows", Severity.WARNING, node, slope=trend.slope, ready=queue.messages_ready, full_in=trend.full_in)
    busy = utilisation(consumers, recorder)
    if busy is not None and busy >= SATURATED:
        yield finding("consumers_saturated", Severity.WARNING, node, utilisation=busy, count=len(consumers))
    elif consumers and all(map(_is_full, consumers)):
        yield finding("prefetch_limits", Severity.NOTE, node, prefetch=consumers[0].prefetch_count, utilisation=busy)


def _is_full(consumer: ConsumerStats) -> bool:
    return 0 < consumer.prefetch_count <= (consumer.messages_unacknowledged or 0)


def utilisation(consumers: list[ConsumerStats], recorder: Recorder) -> float | None:
    """The share of their time that consumers have worked in the last second; None without any, or where it cannot be told."""
    present = [each for each in consumers if is_present(each)]
    busy = [recorder.rate(f"consumer:{each.name}", "busy_time") for each in present]
    known = [value for value in busy if value is not None]
    workers = sum(each.workers for each in present)
    return min(1.0, sum(known) / workers) if known and workers else None
