"""From the management API's answers to the values of the model: queues, exchanges, bindings, nodes, the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mqviz.backends import answers
from mqviz.backends.answers import share, table, whole
from mqviz.engine.limits import Limits
from mqviz.engine.policies import limits_in_force
from mqviz.model.snapshot import BindingStats, ExchangeStats, MessageStats, NodeStats, QueueStats

_NO_LIMITS = Limits()
_SERIES = MessageStats.__struct_fields__
_DEFINED_ELSEWHERE = "alternate-exchange"


def queue_stats(queue: answers.Queue) -> QueueStats:
    """A queue. Its `enqueued` counts what was published to it; what came as a dead letter RabbitMQ does not count."""
    arguments, definition, stats = table(queue.arguments), table(queue.effective_policy_definition), queue.message_stats
    limits = limits_in_force(queue.type, arguments, definition, {}) if arguments or definition else _NO_LIMITS
    capacity = share(queue.consumer_capacity)
    return QueueStats(
        name=queue.name,
        type=queue.type,
        durable=queue.durable,
        exclusive=queue.exclusive,
        auto_delete=queue.auto_delete,
        arguments=arguments,
        policy=queue.policy or None,
        messages_ready=queue.messages_ready or 0,
        messages_unacknowledged=queue.messages_unacknowledged or 0,
        message_bytes=queue.message_bytes or 0,
        consumers=queue.consumers,
        max_length=limits.max_length,
        max_length_bytes=limits.max_bytes,
        overflow=limits.overflow,
        message_ttl=limits.ttl,
        dead_letter_exchange=limits.dead_letter_exchange,
        dead_letter_routing_key=limits.dead_letter_routing_key,
        delivery_limit=limits.delivery_limit,
        oldest=None,
        consumer_capacity=share(queue.consumer_utilisation) if capacity is None else capacity,
        state=queue.state or "running",
        enqueued=stats.publish,
        delivered=delivered(stats),
        redelivered=stats.redeliver,
        acknowledged=stats.ack,
        **_UNTOLD,
    )


_UNTOLD: dict[str, Any] = dict.fromkeys(("dropped", "refused", "expired", "rejected", "dead_lettered", "purged", "lost"))
"""What RabbitMQ counts of no single queue."""


def delivered(stats: answers.Stats) -> int | None:
    """Deliveries and gets, acknowledged or not."""
    if stats.deliver_get is not None:
        return stats.deliver_get
    parts = (stats.deliver, stats.deliver_no_ack, stats.get, stats.get_no_ack)
    told = [part for part in parts if part is not None]
    return sum(told) if told else None


def exchange_stats(exchange: answers.Exchange, policies: Mapping[str, Mapping[str, Any]]) -> ExchangeStats:
    """An exchange; its alternate comes from its argument, or else from its policy, whose definition `policies` has."""
    arguments = table(exchange.arguments)
    alternate = arguments.get(_DEFINED_ELSEWHERE)
    if alternate is None and exchange.policy:
        alternate = policies.get(exchange.policy, {}).get(_DEFINED_ELSEWHERE)
    return ExchangeStats(
        name=exchange.name,
        type=exchange.type,
        durable=exchange.durable,
        internal=exchange.internal,
        arguments=arguments,
        alternate=alternate if isinstance(alternate, str) else None,
        publish_in=exchange.message_stats.publish_in,
        publish_out=exchange.message_stats.publish_out,
        unroutable=None,
    )


def binding_stats(bindings: Iterable[answers.Binding]) -> tuple[BindingStats, ...]:
    """The bindings without the implied ones of the default exchange."""
    return tuple(
        BindingStats(
            source=each.source,
            destination=each.destination,
            destination_type=each.destination_type,
            routing_key=each.routing_key,
            arguments=table(each.arguments),
        )
        for each in bindings
        if each.source
    )


def node_stats(node: answers.Node) -> NodeStats:
    """A node. Where a watermark cannot be measured, RabbitMQ writes a word in place of the number."""
    return NodeStats(
        name=node.name,
        running=node.running,
        memory=node.mem_used,
        memory_limit=whole(node.mem_limit),
        memory_alarm=node.mem_alarm,
        disk_free=whole(node.disk_free),
        disk_free_limit=node.disk_free_limit,
        disk_alarm=node.disk_free_alarm,
    )


def message_stats(stats: answers.Stats, exchanges: Iterable[ExchangeStats]) -> MessageStats:
    """The thirteen totals of a virtual host. What goes in and out of exchanges RabbitMQ counts of each alone."""
    totals = {name: getattr(stats, name) for name in _SERIES}
    for name in ("publish_in", "publish_out"):
        told = [count for each in exchanges if (count := getattr(each, name)) is not None]
        totals[name] = sum(told) if told else None
    return MessageStats(**totals)
