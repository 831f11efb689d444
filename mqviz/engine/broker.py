"""The one door: a virtual host with its exchanges and queues, the connections to it, its life and its alarms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from mqviz.clock import Scheduler
from mqviz.engine import ledger, limits, policies
from mqviz.engine.connection import CAPABILITIES, Connection
from mqviz.engine.ledger import Totals
from mqviz.engine.message import Copy, Message
from mqviz.engine.outbox import Outbox
from mqviz.engine.queue import Queue
from mqviz.engine.refusals import named, refusal
from mqviz.engine.replies import Replies
from mqviz.engine.routing import NO_HEADERS, Binding, Exchange, Topology
from mqviz.engine.sink import Sink, Tap
from mqviz.errors import BackendError
from mqviz.model.amqp import Arguments, ExchangeType, PolicySpec, ReplyCode
from mqviz.model.result import CopyLedger, MessageLedger
from mqviz.model.scenario import BrokerSpec

if TYPE_CHECKING:
    pass

VERSION = "3.10.8"
"""The RabbitMQ whose behaviour this is."""

NO_SPEC = BrokerSpec()

CONSUMER_TIMEOUT = 1800.0
"""RabbitMQ's consumer_timeout where none is given, in seconds."""

_PREDECLARED = (
    ("amq.direct", ExchangeType.DIRECT, False),
    ("amq.topic", ExchangeType.TOPIC, False),
    ("amq.fanout", ExchangeType.FANOUT, False),
    ("amq.headers", ExchangeType.HEADERS, False),
    ("amq.match", ExchangeType.HEADERS, False),
    ("amq.rabbitmq.trace", ExchangeType.TOPIC, True),
)


class Broker:
    """An embedded broker, driven by calls and by its scheduler alone.

    `published` and the others count messages from clients as the ledger does; `buried` keeps what deleted
    queues counted, by name. `tap`, if set, observes every step. `guarded`: publishes have to be looked at (alarms, flow).
    """

    def __init__(
        self, scheduler: Scheduler, *, spec: BrokerSpec = NO_SPEC, vhost: str = "/", name: str = "mqviz"
    ) -> None:
        self.scheduler = scheduler
        self.spec = spec
        self.vhost = vhost
        self.name = name
        self.consumer_timeout = CONSUMER_TIMEOUT if spec.consumer_timeout is None else spec.consumer_timeout
        self.topology = Topology()
        self.exchanges: dict[str, Exchange] = self.topology.exchanges
        self.queues: dict[str, Queue] = self.topology.queues
        self.connections: dict[str, Connection] = {}
        self.policies: dict[str, PolicySpec] = {}
        self.tap: Tap | None = None
        self.is_running = True
        self.guarded = False
        self.published = self.routed = self.unroutable = self.returned = self.refused = 0
        self.confirmed = self.nacked = 0
        self.buried: dict[str, Totals] = {}
        self.outbox = Outbox(self)
        self.replies = Replies(self)
        self._serial = count(1)
        for exchange, kind, internal in _PREDECLARED:
            self.exchanges[exchange] = Exchange(exchange, kind, durable=True, internal=internal)

    # -- clients --------------------------------------------------------------------------------

    def connect(
        self, sink: Sink, *, name: str = "", user: str = "guest", capabilities: frozenset[str] = CAPABILITIES
    ) -> Connection:
        """A client connects; BackendError while the broker is down."""
        if not self.is_running:
            raise BackendError("the broker is down")
        name = name or self.unique("connection")
        if name in self.connections:
            name = self.unique(name)
        connection = self.connections[name] = Connection(self, sink, name, user, capabilities)
        return connection

    def disconnected(self, connection: Connection) -> None:
        """A connection has closed its channels and is gone."""
        self.connections.pop(connection.name, None)
        for queue in [each for each in self.queues.values() if each.owner is connection]:
            self.delete(queue)

    def close_connection(self, connection: str | Connection, reason: str = "closed by the operator") -> None:
        """Close a client's connection, as an operator does (320, CONNECTION_FORCED)."""
        target = self.connections[connection] if isinstance(connection, str) else connection
        self._force(target, reason)

    def _force(self, connection: Connection, reason: str) -> None:
        if connection.is_open:
            connection.close()
            connection.sink.closed(connection, refusal(ReplyCode.CONNECTION_FORCED, reason))

    # -- topology -------------------------------------------------------------------------------

    def named(self, kind: str, name: str) -> str:
        """How RabbitMQ names a resource in its texts."""
        return named(kind, name, self.vhost)

    def unique(self, prefix: str) -> str:
        """A name that was not given before."""
        return f"{prefix}-{next(self._serial)}"

    def add_exchange(self, exchange: Exchange) -> None:
        """An exchange was declared."""
        self.exchanges[exchange.name] = exchange
        self._apply_policy_to_exchange(exchange)
        self.topology.forget()

    def remove_exchange(self, exchange: Exchange) -> None:
        """An exchange is deleted, with the bindings from it and to it."""
        del self.exchanges[exchange.name]
        exchange.bindings.clear()
        self._unbind_all(exchange)

    def add_binding(self, binding: Binding) -> None:
        """A binding was made."""
        binding.source.bindings.append(binding)
        self.topology.forget()

    def remove_bindings(self, bindings: list[Binding]) -> None:
        """Bindings are gone; so is an auto-delete exchange when it was its last."""
        sources = dict.fromkeys(binding.source for binding in bindings)
        for binding in bindings:
            binding.source.bindings.remove(binding)
        self.topology.forget()
        for source in sources:
            if source.auto_delete and not source.bindings and source.name in self.exchanges:
                self.remove_exchange(source)

    def _unbind_all(self, destination: Queue | Exchange) -> None:
        self.remove_bindings([each for each in self.topology.bindings() if each.destination is destination])

    def add_queue(self, queue: Queue) -> None:
        """A queue was declared."""
        self.queues[queue.name] = queue
        self.topology.default.routes.clear()
        self._apply_policy_to_queue(queue)
        self.used(queue)

    def delete(self, queue: Queue) -> int:
        """Delete a queue; how many messages were ready. Its consumers are cancelled."""
        ready = len(queue.ready)
        for consumer in list(queue.consumers):
            consumer.channel.consumers.pop(consumer.tag, None)
            queue.remove(consumer)
            if "consumer_cancel_notify" in consumer.channel.connection.capabilities:
                consumer.channel.sink.consumer_cancelled(consumer.channel, consumer.tag)
        limits.disarm(queue)
        del self.queues[queue.name]
        self.buried.setdefault(queue.name, Totals()).bury(queue)
        if self.tap is not None:
            for copy in queue.ready:
                self.tap.purged(copy, queue)
        queue.ready.clear()
        self.topology.default.routes.clear()
        self._unbind_all(queue)
        return ready

    def used(self, queue: Queue) -> None:
        """Declared, fetched from, or left by a consumer: the lease of x-expires begins anew."""
        queue.used = self.scheduler.now
        if queue.limits.expires is not None and queue.expiry is None:
            self._arm_expiry(queue)

    def _arm_expiry(self, queue: Queue) -> None:
        assert queue.limits.expires is not None
        due = queue.used + queue.limits.expires
        queue.expiry = self.scheduler.call_at(due, self._lease_ends, queue)

    def _lease_ends(self, queue: Queue) -> None:
        queue.expiry = None
        if queue.limits.expires is None or not queue.is_alive or queue.consumers:
            return
        if queue.used + queue.limits.expires > self.scheduler.now:
            self._arm_expiry(queue)
        else:
            self.delete(queue)

    def unused(self, queue: Queue) -> None:
        """A consumer has left: an auto-delete queue goes with its last one."""
        if queue.auto_delete and queue.had_consumers and not queue.consumers and queue.is_alive:
            self.delete(queue)
        elif queue.is_alive:
            self.used(queue)

    # -- policies -------------------------------------------------------------------------------

    def set_policy(self, policy: PolicySpec) -> None:
        """Set or replace a policy; it applies at once."""
        self.policies[policy.name] = policy
        self._apply_policies()

    def delete_policy(self, name: str) -> None:
        """Delete a policy, if there is one of that name."""
        self.policies.pop(name, None)
        self._apply_policies()

    def set_arguments(self, queue: str, arguments: Arguments) -> None:
        """Turn the limits of a living queue, whatever its declaration says: no AMQP, a knob of the laboratory."""
        target = self.queues[queue]
        target.overrides = {**target.overrides, **arguments}
        self._apply_policy_to_queue(target)

    def _apply_policies(self) -> None:
        for exchange in self.exchanges.values():
            self._apply_policy_to_exchange(exchange)
        self.topology.forget()
        for queue in list(self.queues.values()):
            self._apply_policy_to_queue(queue)

    def _apply_policy_to_exchange(self, exchange: Exchange) -> None:
        policy = policies.policy_for(exchange, self.policies.values())
        exchange.policy = None if policy is None else policy.name
        exchange.alternate = policies.alternate_of(exchange, {} if policy is None else policy.definition)

    def _apply_policy_to_queue(self, queue: Queue) -> None:
        policy = policies.policy_for(queue, self.policies.values())
        queue.policy = None if policy is None else policy.name
        queue.limit(policies.limits_of(queue, {} if policy is None else policy.definition))
        if queue.is_alive:
            self.used(queue)

    # -- up and down ----------------------------------------------------------------------------

    def stop(self) -> None:
        """Go down: connections are closed, and what is not both durable and persistent is lost."""
        if not self.is_running:
            return
        self.is_running = False
        for queue in self.queues.values():
            for consumer in list(queue.consumers):
                queue.remove(consumer)
        for connection in list(self.connections.values()):
            self._force(connection, "broker forced connection closure with reason 'shutdown'")
        for queue in list(self.queues.values()):
            self._forget_transient(queue)
        for exchange in [each for each in self.exchanges.values() if not each.durable]:
            self.remove_exchange(exchange)

    def start(self) -> None:
        """Come up again, with what outlived."""
        self.is_running = True
        for queue in list(self.queues.values()):
            self.used(queue)
            queue.run()

    def restart(self) -> None:
        """Down and up again."""
        self.stop()
        self.start()

    def _forget_transient(self, queue: Queue) -> None:
        queue.lose(not queue.durable)
        if not queue.durable:
            self.delete(queue)

    # -- what a store keeps ---------------------------------------------------------------------

    def keeps(self, queue: Queue) -> bool:
        return False

    def keep(self, copy: Copy) -> None: ...

    def forget(self, copy: Copy) -> None: ...

    def admit(self, connection: Connection, message: Message) -> None: ...

    # -- questions ------------------------------------------------------------------------------

    def peek(self, queue: str, count: int) -> tuple[Copy, ...]:
        """The next copies of a queue, which stay where they are."""
        return tuple(copy for copy, _ in zip(self.queues[queue].ready, range(count), strict=False))

    def route(
        self, exchange: str, routing_key: str, headers: Mapping[str, Any] = NO_HEADERS
    ) -> tuple[str, ...]:
        """The queues that a message would reach."""
        return tuple(each.name for each in self.topology.route(self.exchanges[exchange], (routing_key,), headers))

    def purge(self, queue: str) -> int:
        """Throw away what is ready in a queue; how many."""
        return self.queues[queue].purge()

    @property
    def bindings(self) -> Iterator[Binding]:
        """All bindings but the implicit ones of the default exchange."""
        return self.topology.bindings()

    def totals(self, queue: str) -> Totals:
        """What queues of this name have counted so far, deleted ones with the living."""
        found = [self.queues.get(queue), self.buried.get(queue)]
        return ledger.totals(each for each in found if each is not None)

    @property
    def copies(self) -> CopyLedger:
        """The account of all copies."""
        everything: list[Queue | Totals] = [*self.queues.values(), *self.buried.values(), self.replies.queue]
        return ledger.copy_ledger(ledger.totals(everything))

    @property
    def messages(self) -> MessageLedger:
        """The account of all messages that arrived here."""
        return MessageLedger(
            published=self.published,
            routed=self.routed,
            unroutable=self.unroutable,
            returned=self.returned,
            refused=self.refused,
            confirmed=self.confirmed,
            nacked=self.nacked,
        )
