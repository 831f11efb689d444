"""What is true now, as the values that the window shows: reads, never changes."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from mqviz.engine.broker import VERSION
from mqviz.engine.connection import ConnectionState
from mqviz.engine.queue import Queue
from mqviz.engine.routing import Binding, Exchange
from mqviz.model.result import Reasons
from mqviz.model.snapshot import (
    BindingStats,
    BrokerStats,
    ClientState,
    ConsumerStats,
    ExchangeStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)
from mqviz.sim.accounts import Accounts
from mqviz.sim.caller import Caller
from mqviz.sim.chance import mean
from mqviz.sim.consumer import Consumer
from mqviz.sim.faults import Faults
from mqviz.sim.population import Group, Member, Population
from mqviz.sim.producer import Producer
from mqviz.sim.service import End, Service
from mqviz.sim.translator import Translator
from mqviz.sim.world import World

M = TypeVar("M", bound=Member)


def snapshot(world: World, population: Population, faults: Faults, accounts: Accounts, *, finished: bool) -> Snapshot:
    """The whole picture now."""
    broker = world.broker
    return Snapshot(
        time=world.scheduler.now,
        finished=finished,
        broker=_broker(world),
        exchanges=tuple(_exchange(each) for each in broker.exchanges.values()),
        queues=tuple(queue_stats(each, world.scheduler.now) for each in broker.queues.values()),
        bindings=tuple(_binding(each) for each in broker.bindings),
        producers=tuple(_producer(each) for group in population.producers.values() for each in _shown(group)),
        consumers=tuple(_consumer(each) for group in population.consumers.values() for each in _shown(group)),
        services=tuple(_service(each) for each in population.services.values()),
        translators=tuple(_translator(each) for group in population.translators.values() for each in _shown(group)),
        faults=faults.active,
        ledger=accounts.ledger,
        latency=world.measures.latency.counts(),
    )


def _shown(group: Group[Any, M]) -> list[M]:
    """The members of a client that are there, or are still on their way out."""
    return [each for each in group.members if _is_there(each)]


def _is_there(member: Member) -> bool:
    return not member.retired or member.state is ClientState.CLOSING


def _broker(world: World) -> BrokerStats:
    broker = world.broker
    states = [each.state for each in broker.connections.values()]
    return BrokerStats(
        name=broker.name,
        version=VERSION,
        state="running" if broker.is_running else "down",
        connections=len(states),
        blocked_connections=states.count(ConnectionState.BLOCKED),
        memory=broker.memory,
        memory_limit=broker.alarms.limit,
        memory_alarm=broker.alarms.memory,
    )


def queue_stats(queue: Queue, now: float) -> QueueStats:
    """One queue."""
    limits, oldest = queue.limits, queue.oldest
    return QueueStats(
        name=queue.name,
        type=queue.type,
        durable=queue.durable,
        exclusive=queue.owner is not None,
        auto_delete=queue.auto_delete,
        arguments=queue.arguments,
        policy=queue.policy,
        messages_ready=len(queue.ready),
        messages_unacknowledged=queue.unacked,
        message_bytes=queue.message_bytes,
        consumers=len(queue.consumers),
        max_length=limits.max_length,
        max_length_bytes=limits.max_bytes,
        overflow=limits.overflow,
        message_ttl=limits.ttl,
        dead_letter_exchange=limits.dead_letter_exchange,
        dead_letter_routing_key=limits.dead_letter_routing_key,
        delivery_limit=limits.delivery_limit,
        oldest=None if oldest is None else now - oldest,
        enqueued=queue.enqueued,
        delivered=queue.delivered,
        redelivered=queue.redelivered,
        acknowledged=queue.acknowledged,
        dropped=queue.dropped,
        refused=queue.refused,
        expired=queue.expired,
        rejected=queue.rejected,
        dead_lettered=queue.dead_lettered,
        reasons=Reasons(**{str(reason): count for reason, count in queue.dead_letters.items()}),
        purged=queue.purged,
        lost=queue.lost,
    )


def _exchange(exchange: Exchange) -> ExchangeStats:
    return ExchangeStats(
        name=exchange.name,
        type=str(exchange.type),
        durable=exchange.durable,
        internal=exchange.internal,
        arguments=exchange.arguments,
        alternate=exchange.alternate,
        publish_in=exchange.publish_in,
        publish_out=exchange.publish_out,
        unroutable=exchange.unroutable,
    )


def _binding(binding: Binding) -> BindingStats:
    return BindingStats(
        source=binding.source.name,
        destination=binding.destination.name,
        destination_type="queue" if isinstance(binding.destination, Queue) else "exchange",
        routing_key=binding.routing_key,
        arguments=binding.arguments,
    )


def _producer(member: Producer | Caller) -> ProducerStats:
    spec = member.spec
    common = ProducerStats(
        name=member.name,
        client=member.client,
        exchange=spec.exchange if spec.call is None else None,
        routing_key=spec.routing_key,
        call=spec.call,
        kind=spec.message_kind,
        state=member.state,
        rate=member.workload.rate,
        retried=member.retried,
        waiting=member.held,
        replied=member.replied,
        timed_out=member.timed_out,
        blocked_time=member.blocked_time,
    )
    if isinstance(member, Caller):
        return msgspec.structs.replace(common, published=member.called, failed=member.failed)
    return msgspec.structs.replace(
        common,
        published=member.sent,
        confirmed=member.acked,
        nacked=member.nacked,
        returned=member.undeliverable,
        unconfirmed=len(member.unconfirmed),
        confirm=member.confirm,
        failed=member.lost_in_transit,
    )


def _consumer(member: Consumer) -> ConsumerStats:
    spec = member.spec
    return ConsumerStats(
        name=member.name,
        client=member.client,
        queue=spec.queue,
        consumer_tag=member.tag,
        connection=member.name if member.is_connected else "",
        state=member.state,
        prefetch_count=member.prefetch,
        ack_required=not member.is_automatic,
        active=member.is_active,
        workers=member.workers.count,
        working=member.working,
        call=spec.call,
        service_mean=None if spec.call is not None else mean(member.service),
        messages_unacknowledged=member.held,
        delivered=member.delivered,
        redelivered=member.redelivered,
        acknowledged=member.acknowledged,
        completed=member.completed,
        busy_time=member.busy_time,
    )


def _service(service: Service) -> ServiceStats:
    return ServiceStats(
        name=service.name,
        workers=service.workers.count,
        accept=service.accept,
        timeout=service.timeout,
        state=service.state,
        service_mean=mean(service.service),
        in_service=service.in_service,
        waiting=len(service.waiting),
        requests=service.requests,
        completed=service.ended[End.COMPLETED],
        refused=service.ended[End.REFUSED],
        timed_out=service.ended[End.TIMED_OUT],
        failed=service.ended[End.FAILED],
        busy_time=service.busy_time,
    )


def _translator(member: Translator) -> TranslatorStats:
    spec = member.spec
    return TranslatorStats(
        name=member.name,
        queue=spec.queue,
        exchange=spec.exchange,
        routing_key=spec.routing_key,
        invalid_queue=spec.invalid_queue,
        state=member.state,
        service_mean=mean(member.service),
        format_in=member.format_in,
        format_out=member.format_out,
        taken=member.taken,
        translated=member.translated,
        invalid=member.invalid,
        before=member.before,
        after=member.after,
    )
