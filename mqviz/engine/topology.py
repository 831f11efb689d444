"""The exchanges, queues and bindings of a virtual host, and what else changes when one comes or goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mqviz.engine import limits, policies
from mqviz.engine.ledger import Totals
from mqviz.engine.queue import Queue
from mqviz.engine.routing import Binding, Exchange, Router
from mqviz.engine.store import Definition
from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, QueueSpec

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker

_PREDECLARED = (
    ("amq.direct", ExchangeType.DIRECT, False),
    ("amq.topic", ExchangeType.TOPIC, False),
    ("amq.fanout", ExchangeType.FANOUT, False),
    ("amq.headers", ExchangeType.HEADERS, False),
    ("amq.match", ExchangeType.HEADERS, False),
    ("amq.rabbitmq.trace", ExchangeType.TOPIC, True),
)


class Topology(Router):
    """What is declared now. `buried` keeps what deleted queues had counted, by name."""

    __slots__ = ("_broker", "_incoming", "_taken_before", "buried")

    def __init__(self, broker: Broker) -> None:
        super().__init__()
        self._broker = broker
        self._incoming: dict[Queue | Exchange, dict[Binding, None]] = {}
        self._taken_before = 0
        self.buried: dict[str, Totals] = {}
        for name, kind, internal in _PREDECLARED:
            self._enter(Exchange(name, kind, durable=True, internal=internal))

    def forget(self) -> None:
        """Bindings, exchanges or alternates changed: what exchanges remember is no longer true."""
        for exchange in self.exchanges.values():
            exchange.forget()

    def bindings(self) -> Iterator[Binding]:
        """All bindings but the implicit ones of the default exchange."""
        for exchange in self.exchanges.values():
            yield from exchange.bindings

    # -- exchanges and bindings -----------------------------------------------------------------

    def add_exchange(self, exchange: Exchange) -> None:
        """An exchange was declared."""
        self._enter(exchange)
        policies.apply_to_exchange(exchange, self._broker.policies.values())
        self.forget()
        self._tell(exchange, True)

    def _enter(self, exchange: Exchange) -> None:
        self.exchanges[exchange.name] = exchange
        if not exchange.internal:
            self.targets[exchange.name] = exchange

    def remove_exchange(self, exchange: Exchange) -> None:
        """An exchange is deleted, with the bindings from it and to it."""
        del self.exchanges[exchange.name]
        self.targets.pop(exchange.name, None)
        self._unbind(exchange.bindings)
        self._unbind_all(exchange)
        exchange.forget()
        self._taken_before += exchange.taken
        self.forget()
        self._tell(exchange, False)

    @property
    def taken(self) -> int:
        """Messages that all queues of a remembered route took, of any exchange."""
        return self._taken_before + sum(exchange.taken for exchange in self.exchanges.values())

    def add_binding(self, binding: Binding) -> None:
        """A binding was made."""
        binding.source.add(binding)
        self._incoming.setdefault(binding.destination, {})[binding] = None
        self.forget()
        self._tell(binding, True)

    def remove_bindings(self, bindings: Iterable[Binding]) -> None:
        """Bindings are gone; so is an auto-delete exchange when it was its last."""
        sources = dict.fromkeys(binding.source for binding in bindings)
        self._unbind(bindings)
        self.forget()
        for source in sources:
            if source.auto_delete and not source.bindings and source.name in self.exchanges:
                self.remove_exchange(source)

    def _unbind(self, bindings: Iterable[Binding]) -> None:
        for binding in list(bindings):
            binding.source.remove(binding)
            incoming = self._incoming[binding.destination]
            del incoming[binding]
            if not incoming:
                del self._incoming[binding.destination]
            self._tell(binding, False)

    def _unbind_all(self, destination: Queue | Exchange) -> None:
        incoming = self._incoming.get(destination)
        if incoming:
            self.remove_bindings(list(incoming))

    # -- queues ---------------------------------------------------------------------------------

    def add_queue(self, queue: Queue) -> None:
        """A queue was declared."""
        self.queues[queue.name] = queue
        self.default.forget()
        if queue.owner is not None:
            queue.owner.owned[queue] = None
        policies.apply_to_queue(queue, self._broker.policies.values())
        self._tell(queue, True)

    def remove_queue(self, queue: Queue) -> int:
        """A queue is deleted with what is in it; its consumers are cancelled. How many messages were ready."""
        ready = len(queue.ready)
        for consumer in list(queue.consumers):
            queue.remove(consumer)
            consumer.channel.cancelled(consumer)
        limits.disarm(queue)
        del self.queues[queue.name]
        if queue.owner is not None:
            del queue.owner.owned[queue]
        self.buried.setdefault(queue.name, Totals()).bury(queue)
        if self._broker.tap is not None:
            for copy in queue.ready:
                self._broker.tap.purged(copy, queue)
        queue.ready.clear()
        self.default.forget()
        self._unbind_all(queue)
        self._broker.alarms.queue_gone()
        self._tell(queue, False)
        return ready

    # -- what outlives a crash ------------------------------------------------------------------

    def _tell(self, what: Queue | Exchange | Binding, there: bool) -> None:
        store = self._broker.store
        definition = None if store is None else durable_definition(what)
        if store is not None and definition is not None:
            (store.declared if there else store.deleted)(definition)


def durable_definition(what: Queue | Exchange | Binding) -> Definition | None:
    """The definition, if it outlives a restart: bindings do if both their ends do."""
    if isinstance(what, Binding):
        ends = (what.source, what.destination)
        return _binding_spec(what) if all(each.outlives for each in ends) else None
    if not what.outlives:
        return None
    if isinstance(what, Queue):
        return QueueSpec(name=what.name, durable=True, auto_delete=what.auto_delete, arguments=what.arguments)
    return ExchangeSpec(
        name=what.name,
        type=what.type,
        durable=True,
        auto_delete=what.auto_delete,
        internal=what.internal,
        arguments=what.arguments,
    )


def _binding_spec(binding: Binding) -> BindingSpec:
    return BindingSpec(
        source=binding.source.name,
        destination=binding.destination.name,
        destination_type="queue" if isinstance(binding.destination, Queue) else "exchange",
        routing_key=binding.routing_key,
        arguments=binding.arguments,
    )
