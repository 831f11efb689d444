"""The one door: a virtual host with its exchanges and queues, the connections to it, its life and its alarms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from mqviz.clock import EPOCH, Scheduler
from mqviz.engine import clearing, leases, ledger, limits, policies, recovery
from mqviz.engine.alarms import Alarms
from mqviz.engine.connection import CAPABILITIES, Connection
from mqviz.engine.flow import FlowControl
from mqviz.engine.ledger import Totals
from mqviz.engine.message import Copy
from mqviz.engine.outbox import Outbox
from mqviz.engine.queue import Queue
from mqviz.engine.refusals import named, refusal
from mqviz.engine.replies import Replies
from mqviz.engine.routing import NO_HEADERS, Binding, Exchange
from mqviz.engine.sink import Sink, Tap
from mqviz.engine.store import Store
from mqviz.engine.topology import Topology
from mqviz.errors import BackendError
from mqviz.model.amqp import Arguments, PolicySpec, ReplyCode
from mqviz.model.result import CopyLedger, MessageLedger
from mqviz.model.scenario import BrokerSpec

VERSION = "3.10.8"
"""The RabbitMQ whose behaviour this is."""

NO_SPEC = BrokerSpec()

CONSUMER_TIMEOUT = 1800.0
"""RabbitMQ's consumer_timeout where none is given, in seconds."""


class Broker:
    """An embedded broker, driven by calls and by its scheduler alone.

    `published` and the others count messages from clients as the ledger does; `spread` those of the `routed` that not
    all queues of a remembered route took.
    `epoch`: virtual 0 as seconds of Unix time.
    `guarded`: publishes have to be looked at (alarms, flow); `watching`: so has what leaves queues (alarms, store).
    """

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        spec: BrokerSpec = NO_SPEC,
        store: Store | None = None,
        vhost: str = "/",
        name: str = "mqviz",
        epoch: float = EPOCH,
    ) -> None:
        self.scheduler = scheduler
        self.epoch = epoch
        self.spec = spec
        self.vhost = vhost
        self.name = name
        self.consumer_timeout = CONSUMER_TIMEOUT if spec.consumer_timeout is None else spec.consumer_timeout
        self.store = store
        self._serial = count(1)
        self.topology = Topology(self)
        self.exchanges: dict[str, Exchange] = self.topology.exchanges
        self.queues: dict[str, Queue] = self.topology.queues
        self.connections: dict[str, Connection] = {}
        self.policies: dict[str, PolicySpec] = {}
        self._tap: Tap | None = None
        self.is_running = True
        self.guarded = False
        self.watching = store is not None
        self.published = self.spread = self.unroutable = self.returned = self.refused = 0
        self.confirmed = self.nacked = 0
        self.alarms = Alarms(self, spec.memory_limit)
        self.flow = FlowControl(self, spec.flow)
        self.outbox = Outbox(self)
        self.replies = Replies(self)
        self.guard()
        if store is not None:
            recovery.recover(self, store)

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
        for queue in list(connection.owned):
            self.delete(queue)
        self.flow.forget(connection)

    def close_connection(self, connection: str | Connection, reason: str = "closed by the operator") -> None:
        """Close a client's connection, as an operator does (320, CONNECTION_FORCED)."""
        target = self.connections[connection] if isinstance(connection, str) else connection
        self._force(target, reason)

    def _force(self, connection: Connection, reason: str) -> None:
        if connection.is_open:
            connection.close()
            connection.sink.closed(connection, refusal(ReplyCode.CONNECTION_FORCED, reason))

    @property
    def date(self) -> float:
        """Now, as seconds of Unix time."""
        return self.epoch + self.scheduler.now

    # -- topology -------------------------------------------------------------------------------

    def named(self, kind: str, name: str) -> str:
        """How RabbitMQ names a resource in its texts."""
        return named(kind, name, self.vhost)

    def unique(self, prefix: str) -> str:
        """A name that was not given before."""
        return f"{prefix}-{next(self._serial)}"

    def delete(self, queue: Queue) -> int:
        """Delete a queue; how many messages were ready. Its consumers are cancelled."""
        return self.topology.remove_queue(queue)

    # -- policies -------------------------------------------------------------------------------

    def set_policy(self, policy: PolicySpec) -> None:
        """Set or replace a policy; it applies at once."""
        before = self.policies.get(policy.name)
        self.policies[policy.name] = policy
        self._apply_policies()
        if self.store is not None:
            if before is not None:
                self.store.deleted(before)
            self.store.declared(policy)

    def delete_policy(self, name: str) -> None:
        """Delete a policy, if there is one of that name."""
        policy = self.policies.pop(name, None)
        if policy is None:
            return
        self._apply_policies()
        if self.store is not None:
            self.store.deleted(policy)

    def set_arguments(self, queue: str, arguments: Arguments) -> None:
        """Turn the limits of a living queue, whatever its declaration says (no AMQP: a knob of the laboratory).

        None takes a limit away; as with a policy, a new time to live is for messages that come later.
        """
        target = self.queues[queue]
        target.overrides = {**target.overrides, **arguments}
        policies.apply_to_queue(target, self.policies.values())

    def _apply_policies(self) -> None:
        for exchange in self.exchanges.values():
            policies.apply_to_exchange(exchange, self.policies.values())
        self.topology.forget()
        for queue in list(self.queues.values()):
            policies.apply_to_queue(queue, self.policies.values())

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
        self.alarms.look()
        for exchange in [each for each in self.exchanges.values() if not each.durable]:
            self.topology.remove_exchange(exchange)

    def start(self) -> None:
        """Come up again, with what outlived."""
        self.is_running = True
        for queue in list(self.queues.values()):
            leases.renew(queue)
            limits.expire(queue, self.scheduler.now)

    def restart(self) -> None:
        """Down and up again."""
        self.stop()
        self.start()

    def _forget_transient(self, queue: Queue) -> None:
        clearing.lose(queue)
        if not queue.durable:
            self.delete(queue)

    # -- alarms and flow ------------------------------------------------------------------------

    def set_memory_alarm(self, on: bool) -> None:
        """Raise the memory alarm whatever the queues hold, or leave it to the watermark again."""
        self.alarms.force(on)

    def set_disk_alarm(self, on: bool) -> None:
        """There is no room on the disk of the store, or there is again."""
        self.alarms.set_disk(on)

    def set_memory_limit(self, limit: int | None) -> None:
        """Another watermark, in bytes of queued messages; None: none."""
        self.alarms.set_limit(limit)

    def set_flow(self, rate: float | None) -> None:
        """Take in at most so many messages a second; None: any number."""
        self.flow.set_rate(rate)
        self.guard()

    def guard(self) -> None:
        """Look at publishes from now on if there is a reason to, else no longer."""
        limited = self.alarms.limit is not None or self.flow.rate is not None
        self.guarded = limited or self.alarms.on
        if self.guarded:
            self.topology.forget()

    def took_in(self, connection: Connection, size: int) -> None:
        """A connection published so many bytes of copies; told only while `guarded`."""
        self.alarms.entered(size)
        self.flow.published(connection)

    @property
    def memory(self) -> int:
        """Bytes of all queued copies."""
        return sum(queue.message_bytes for queue in self.queues.values())

    # -- what a store keeps ---------------------------------------------------------------------

    def minds(self, queue: Queue) -> bool:
        """Whether it wants to hear of every copy of a queue: somebody taps it, a store keeps, the watermark's alarm is on."""
        return self._tap is not None or self.watching

    @property
    def tap(self) -> Tap | None:
        """Who observes every step."""
        return self._tap

    @tap.setter
    def tap(self, tap: Tap | None) -> None:
        self._tap = tap
        self.reconsider()

    def reconsider(self) -> None:
        """What `minds` answers has changed."""
        for queue in self.queues.values():
            queue.reconsider()

    def keep(self, copy: Copy) -> None:
        """A copy entered a queue, the long way."""
        if self.store is not None and copy.queue.keeps(copy.message):
            self.store.keep(copy.queue.name, copy.serial, copy.message, copy.expires)

    def goes_out(self, copy: Copy) -> None:
        """A copy is delivered, the long way."""
        first = not copy.redelivered or copy.queue.type == "quorum"
        if self.store is not None and first and copy.queue.keeps(copy.message):
            self.store.delivered(copy.queue.name, copy.serial)

    def left(self, copy: Copy) -> None:
        """A copy left its queue; told only while `watching`."""
        if self.alarms.memory:
            self.alarms.left(copy.message.size)
        if self.store is not None and copy.queue.keeps(copy.message) and copy.queue.is_alive:
            self.store.forget(copy.queue.name, copy.serial)

    # -- questions ------------------------------------------------------------------------------

    def peek(self, queue: str, count: int) -> tuple[Copy, ...]:
        """The next copies of a queue, which stay where they are."""
        return tuple(copy for copy, _ in zip(self.queues[queue].ready, range(count), strict=False))

    def route(
        self, exchange: str, routing_key: str, headers: Mapping[str, Any] = NO_HEADERS
    ) -> tuple[str, ...]:
        """The queues that a message would reach."""
        route = self.topology.route(self.exchanges[exchange], (routing_key,), headers)
        return tuple(each.name for each in route.queues)

    def purge(self, queue: str) -> int:
        """Throw away what is ready in a queue; how many."""
        return clearing.purge(self.queues[queue])

    @property
    def routed(self) -> int:
        """Messages of which at least one queue took a copy, or somebody a direct reply."""
        return self.spread + self.topology.taken

    @property
    def bindings(self) -> Iterator[Binding]:
        """All bindings but the implicit ones of the default exchange."""
        return self.topology.bindings()

    def totals(self, queue: str) -> Totals:
        """What queues of this name have counted so far, deleted ones with the living."""
        living, buried = self.queues.get(queue), self.topology.buried.get(queue)
        return ledger.totals([living] if living else [], [buried] if buried else [])

    @property
    def copies(self) -> CopyLedger:
        """The account of all copies."""
        living = [*self.queues.values(), self.replies.queue]
        return ledger.copy_ledger(ledger.totals(living, self.topology.buried.values()))

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
