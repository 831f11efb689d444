"""Declaring, binding and deleting exchanges and queues, with the rules and words of RabbitMQ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mqviz.engine import equivalence, leases
from mqviz.engine.arguments import QUEUE_ARGUMENTS, amqp_type, check_queue_arguments
from mqviz.engine.headers import X_MATCH
from mqviz.engine.queue import Queue
from mqviz.engine.refusals import access_refused, locked, not_found, not_implemented, precondition_failed, refusal
from mqviz.engine.routing import Binding, Exchange
from mqviz.model.amqp import Arguments, ExchangeType, ReplyCode

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.connection import Connection


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a declaration asks for."""

    name: str
    durable: bool
    auto_delete: bool
    arguments: Arguments
    passive: bool = False
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What names a binding."""

    destination_type: str
    destination: str
    source: str
    routing_key: str
    arguments: Arguments


# -- exchanges ----------------------------------------------------------------------------------


def declare_exchange(broker: Broker, wanted: Wanted, type: str, internal: bool) -> None:
    """exchange.declare, passive or not."""
    resource = broker.named("exchange", wanted.name)
    if wanted.passive:
        _check_not_default(wanted.name)
        if wanted.name not in broker.exchanges:
            raise not_found(resource)
        return
    kind = _exchange_type(type)
    _check_not_default(wanted.name)
    exchange = broker.exchanges.get(wanted.name)
    if exchange is None:
        _check_not_reserved("exchange", wanted.name)
        _check_name_argument(resource, "alternate-exchange", wanted.arguments)
        broker.topology.add_exchange(
            Exchange(
                wanted.name,
                kind,
                durable=wanted.durable,
                auto_delete=wanted.auto_delete,
                internal=internal,
                arguments=wanted.arguments,
            )
        )
        return
    equivalence.check_field(resource, "type", exchange.type, kind)
    equivalence.check_field(resource, "durable", exchange.durable, wanted.durable)
    equivalence.check_field(resource, "auto_delete", exchange.auto_delete, wanted.auto_delete)
    equivalence.check_field(resource, "internal", exchange.internal, internal)
    equivalence.check_arguments(resource, exchange.arguments, wanted.arguments, ("alternate-exchange",))


def _exchange_type(type: str) -> ExchangeType:
    try:
        return ExchangeType(type)
    except ValueError:
        raise refusal(ReplyCode.COMMAND_INVALID, f"unknown exchange type '{type}'") from None


def _check_not_default(name: str) -> None:
    if not name:
        raise access_refused("operation not permitted on the default exchange")


def _check_not_reserved(kind: str, name: str) -> None:
    if name.startswith("amq."):
        raise access_refused(f"{kind} name '{name}' contains reserved prefix 'amq.*'")


def _check_name_argument(resource: str, argument: str, arguments: Arguments) -> None:
    value = arguments.get(argument)
    if value is not None and not isinstance(value, str):
        raise precondition_failed(f"invalid type '{amqp_type(value)}' for arg '{argument}' in {resource}")


def delete_exchange(broker: Broker, name: str, if_unused: bool) -> None:
    """exchange.delete."""
    _check_not_default(name)
    resource = broker.named("exchange", name)
    if name.startswith("amq."):
        raise access_refused(f"deletion of system {resource} not allowed")
    exchange = broker.exchanges.get(name)
    if exchange is None:
        return
    if if_unused and exchange.bindings:
        raise precondition_failed(f"{resource} in use")
    broker.topology.remove_exchange(exchange)


# -- queues -------------------------------------------------------------------------------------


def declare_queue(broker: Broker, connection: Connection, wanted: Wanted) -> Queue:
    """queue.declare, passive or not; renews the lease of x-expires."""
    if wanted.passive:
        queue = queue_for(broker, connection, wanted.name)
    else:
        name = wanted.name or _server_named(broker, wanted)
        if wanted.name:
            _check_not_reserved("queue", name)
        existing = broker.queues.get(name)
        if existing is None:
            return _new_queue(broker, connection, name, wanted)
        queue = existing
        _check_equivalent(broker, connection, queue, wanted)
    leases.renew(queue)
    return queue


def _server_named(broker: Broker, wanted: Wanted) -> str:
    kind = wanted.arguments.get("x-queue-type", "classic")
    if kind != "classic":
        raise precondition_failed(f"Cannot declare a server-named queue for type rabbit_{kind}_queue")
    return broker.unique("amq.gen")


def _new_queue(broker: Broker, connection: Connection, name: str, wanted: Wanted) -> Queue:
    resource = broker.named("queue", name)
    _check_name_argument(resource, "x-dead-letter-exchange", wanted.arguments)
    check_queue_arguments(resource, wanted.arguments)
    kind = wanted.arguments.get("x-queue-type", "classic")
    if kind == "quorum":
        _check_quorum(resource, wanted)
    elif kind != "classic":
        raise not_implemented(f"queue type '{kind}'")
    owner = connection if wanted.exclusive else None
    queue = Queue(
        broker,
        name,
        durable=wanted.durable,
        auto_delete=wanted.auto_delete,
        owner=owner,
        arguments=wanted.arguments,
    )
    broker.topology.add_queue(queue)
    return queue


def _check_quorum(resource: str, wanted: Wanted) -> None:
    wrong = {
        "auto-delete": wanted.auto_delete,
        "exclusive-owner": wanted.exclusive,
        "non-durable": not wanted.durable,
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise precondition_failed(f"invalid property '{name}' for {resource}")


def _check_equivalent(broker: Broker, connection: Connection, queue: Queue, wanted: Wanted) -> None:
    resource = broker.named("queue", queue.name)
    if queue.owner is not (connection if wanted.exclusive else None):
        raise locked(resource)
    equivalence.check_field(resource, "durable", queue.durable, wanted.durable)
    equivalence.check_field(resource, "auto_delete", queue.auto_delete, wanted.auto_delete)
    names = sorted(QUEUE_ARGUMENTS[queue.type])
    equivalence.check_arguments(resource, queue.arguments, wanted.arguments, names)


def queue_for(broker: Broker, connection: Connection, name: str) -> Queue:
    """The queue, if it is there and not another connection's."""
    queue = broker.queues.get(name)
    if queue is None:
        raise not_found(broker.named("queue", name))
    check_access(broker, connection, queue)
    return queue


def check_access(broker: Broker, connection: Connection, queue: Queue) -> None:
    """Raise 405 where it is another connection's exclusive queue."""
    if queue.owner is not None and queue.owner is not connection:
        raise locked(broker.named("queue", queue.name))


def check_deletion(resource: str, queue: Queue, if_unused: bool, if_empty: bool) -> None:
    """Raise 406 where a condition of queue.delete is not met; 540 where a quorum queue is asked for any."""
    if queue.type == "quorum" and (if_unused or if_empty):
        flag = "if-unused" if if_unused else "if-empty"
        text = f"cannot delete {resource}. queue.delete operations with {flag} flag set are not supported by quorum queues"
        raise not_implemented(text)
    if if_empty and queue.ready:
        raise precondition_failed(f"{resource} not empty")
    if if_unused and queue.consumers:
        raise precondition_failed(f"{resource} in use")


# -- bindings -----------------------------------------------------------------------------------


def bind(broker: Broker, connection: Connection, key: Key) -> None:
    """queue.bind and exchange.bind; binding twice is binding once."""
    _check_no_default(key)
    source = broker.exchanges.get(key.source)
    destination = _destination(broker, key)
    if source is None:
        raise not_found(broker.named("exchange", key.source))
    if destination is None:
        raise not_found(broker.named(key.destination_type, key.destination))
    _check_x_match(source, key.arguments)
    if isinstance(destination, Queue):
        check_access(broker, connection, destination)
    if source.find(destination, key.routing_key, key.arguments) is None:
        broker.topology.add_binding(Binding(source, destination, key.routing_key, key.arguments))


def unbind(broker: Broker, connection: Connection, key: Key) -> None:
    """queue.unbind and exchange.unbind."""
    _check_no_default(key)
    source = broker.exchanges.get(key.source)
    destination = _destination(broker, key)
    if source is None or destination is None:
        return
    binding = source.find(destination, key.routing_key, key.arguments)
    if binding is None:
        return
    if isinstance(destination, Queue):
        check_access(broker, connection, destination)
    broker.topology.remove_bindings([binding])


def _check_no_default(key: Key) -> None:
    if key.destination_type == "exchange":
        _check_not_default(key.destination)
    _check_not_default(key.source)


def _destination(broker: Broker, key: Key) -> Queue | Exchange | None:
    return (broker.queues if key.destination_type == "queue" else broker.exchanges).get(key.destination)


def _check_x_match(source: Exchange, arguments: Arguments) -> None:
    how = arguments.get("x-match")
    if source.type is not ExchangeType.HEADERS or how is None or how in X_MATCH:
        return
    if isinstance(how, str):
        text = f'Invalid x-match field value <<"{how}">>; expected all, any, all-with-x, or any-with-x'
    else:
        text = f"Invalid x-match field type {amqp_type(how)} (value {how}); expected longstr"
    raise precondition_failed(text)
