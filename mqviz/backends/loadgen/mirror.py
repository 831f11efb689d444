"""Keeps the topology of the real broker like that of the shadow: what is new there is declared, what has gone is deleted."""

from __future__ import annotations

from typing import Any

from mqviz.backends.loadgen.broker import RealBroker
from mqviz.backends.loadgen.gauge import Gauge, Step
from mqviz.engine.queue import Queue
from mqviz.engine.routing import Exchange

BindingKey = tuple[str, str, str, str, str]


class Mirror:
    """`told_deleted` gets the number of messages that were in a queue which was deleted."""

    def __init__(self, broker: RealBroker, gauge: Gauge) -> None:
        self._broker = broker
        self._gauge = gauge
        self._exchanges: set[str] = set()
        self._queues: set[str] = set()
        self._bindings: dict[BindingKey, dict[str, Any]] = {}

    def sync(self) -> None:
        """Make the real broker like the shadow, as far as that has changed."""
        broker, naming = self._broker, self._broker.naming
        exchanges = {name: each for name, each in broker.exchanges.items() if not naming.is_given(name)}
        queues = {name: each for name, each in broker.queues.items() if each.owner is None}
        bindings = {_key(each): each.arguments for each in broker.bindings if _destination(each) not in _owned(broker)}
        self._take_away(exchanges, queues, bindings)
        for name, exchange in exchanges.items():
            if name not in self._exchanges:
                self._gauge.do(self._declare_exchange(exchange))
        for name, queue in queues.items():
            if name not in self._queues:
                self._gauge.do(self._declare_queue(queue))
        for key, arguments in bindings.items():
            if key not in self._bindings:
                self._gauge.do(self._bind(key, dict(arguments)))
        self._exchanges, self._queues, self._bindings = set(exchanges), set(queues), bindings

    def _take_away(self, exchanges: dict[str, Exchange], queues: dict[str, Queue], bindings: dict[BindingKey, Any]) -> None:
        for key in [key for key in self._bindings if key not in bindings]:
            if (key[1] in exchanges or key[0] == "queue") and self._is_left(key, queues):
                self._gauge.do(self._unbind(key, dict(self._bindings[key])))
        for name in self._queues - set(queues):
            self._gauge.do(self._delete_queue(name))
        for name in self._exchanges - set(exchanges):
            self._gauge.do(self._delete_exchange(name))

    @staticmethod
    def _is_left(key: BindingKey, queues: dict[str, Queue]) -> bool:
        """Whether a binding has gone alone, and not with its queue."""
        return key[0] != "queue" or key[2] in queues

    # -- steps ------------------------------------------------------------------------------------------

    def _declare_exchange(self, exchange: Exchange) -> Step:
        names = self._broker.naming
        return lambda channel, done: channel.exchange_declare(
            names.exchange(exchange.name),
            str(exchange.type),
            durable=exchange.durable,
            auto_delete=exchange.auto_delete,
            internal=exchange.internal,
            arguments=names.arguments(exchange.arguments),
            callback=done,
        )

    def _declare_queue(self, queue: Queue) -> Step:
        names = self._broker.naming
        return lambda channel, done: channel.queue_declare(
            names.queue(queue.name),
            durable=queue.durable,
            auto_delete=queue.auto_delete,
            arguments=names.arguments(queue.arguments),
            callback=done,
        )

    def _bind(self, key: BindingKey, arguments: dict[str, Any]) -> Step:
        kind, source, destination, routing_key, _ = key
        names = self._broker.naming
        if kind == "queue":
            return lambda channel, done: channel.queue_bind(
                names.queue(destination), names.exchange(source), routing_key, arguments, callback=done
            )
        return lambda channel, done: channel.exchange_bind(
            names.exchange(destination), names.exchange(source), routing_key, arguments, callback=done
        )

    def _unbind(self, key: BindingKey, arguments: dict[str, Any]) -> Step:
        kind, source, destination, routing_key, _ = key
        names = self._broker.naming
        if kind == "queue":
            return lambda channel, done: channel.queue_unbind(
                names.queue(destination), names.exchange(source), routing_key, arguments, callback=done
            )
        return lambda channel, done: channel.exchange_unbind(
            names.exchange(destination), names.exchange(source), routing_key, arguments, callback=done
        )

    def _delete_queue(self, name: str) -> Step:
        def told(frame: Any, done: Any) -> None:
            self._broker.topology.buried[name].deleted += frame.method.message_count
            done()

        real = self._broker.naming.queue(name)
        return lambda channel, done: channel.queue_delete(real, callback=lambda frame: told(frame, done))

    def _delete_exchange(self, name: str) -> Step:
        real = self._broker.naming.exchange(name)
        return lambda channel, done: channel.exchange_delete(real, callback=done)

    def purge(self, name: str) -> None:
        """Empty a queue; its account learns how many went."""
        queue = self._broker.queues[name]

        def told(frame: Any, done: Any) -> None:
            queue.purged += frame.method.message_count
            done()

        real = self._broker.naming.queue(name)
        self._gauge.do(lambda channel, done: channel.queue_purge(real, callback=lambda frame: told(frame, done)))


def _key(binding: Any) -> BindingKey:
    kind = "queue" if isinstance(binding.destination, Queue) else "exchange"
    return (kind, binding.source.name, binding.destination.name, binding.routing_key, repr(sorted(binding.arguments.items())))


def _destination(binding: Any) -> Any:
    return binding.destination


def _owned(broker: RealBroker) -> set[Queue]:
    """Queues that belong to a client's connection, which declares and binds them itself."""
    return {queue for queue in broker.queues.values() if queue.owner is not None}
