"""What a store kept comes back: definitions first, then messages in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mqviz.engine import limits
from mqviz.engine.message import Copy
from mqviz.engine.queue import Queue
from mqviz.engine.routing import Binding, Exchange
from mqviz.engine.store import Definition, Kept, Store
from mqviz.model.amqp import BindingSpec, ExchangeSpec, PolicySpec

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker


def recover(broker: Broker, store: Store) -> None:
    """Fill a new broker with what outlived the crash of another; the store hears nothing of it."""
    broker.store = None
    for definition in store.definitions():
        _define(broker, definition)
    broker.store = store
    for queue in broker.queues.values():
        queue.reconsider()
    for kept in store.messages():
        _take_back(broker, kept)
    for queue in list(broker.queues.values()):
        queue.limit(queue.limits)
        limits.expire(queue, broker.scheduler.now)


def _define(broker: Broker, definition: Definition) -> None:
    if isinstance(definition, PolicySpec):
        broker.set_policy(definition)
    elif isinstance(definition, BindingSpec):
        ends = broker.queues if definition.destination_type == "queue" else broker.exchanges
        source, destination = broker.exchanges[definition.source], ends[definition.destination]
        broker.topology.add_binding(Binding(source, destination, definition.routing_key, definition.arguments))
    elif isinstance(definition, ExchangeSpec):
        broker.topology.add_exchange(
            Exchange(
                definition.name,
                definition.type,
                durable=True,
                auto_delete=definition.auto_delete,
                internal=definition.internal,
                arguments=definition.arguments,
            )
        )
    else:
        arguments, auto_delete = definition.arguments, definition.auto_delete
        queue = Queue(broker, definition.name, durable=True, auto_delete=auto_delete, arguments=arguments)
        broker.topology.add_queue(queue)


def _take_back(broker: Broker, kept: Kept) -> None:
    queue, message = broker.queues[kept.queue], kept.message
    queue.first_serial = max(queue.first_serial, kept.serial)
    queue.enqueued += 1
    queue.entrances += queue.broker.scheduler.now
    queue.message_bytes += message.size
    if kept.expires is not None:
        queue.expiring = True
    copy = Copy(message, queue, kept.serial, broker.scheduler.now, kept.redelivered, kept.deliveries, kept.expires)
    queue.ready.append(copy)
