"""A queue: order, ready and unacknowledged, round robin among consumers with room, requeue.

Every copy that entered is ready here, unacknowledged at a channel, or counted as gone in one way. What most
queues are, a first-in-first-out line without any limit (`plain`), has a short path of its own in `push` and `run`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mqviz.clock import Timer
from mqviz.engine import limits
from mqviz.engine.consumer import Consumer
from mqviz.engine.limits import Limits
from mqviz.engine.message import Copy, Message
from mqviz.engine.order import ByPriority, Fifo, Line, ReturnsFirst
from mqviz.model.amqp import Arguments, DeadReason

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.connection import Connection


class Queue:
    """One queue, its consumers and its account (counters as in the ledger, since it was declared).

    `first_serial + enqueued` is the serial of the newest copy; the first is 0 but for a queue that a store brought back.
    `owner`: the connection of an exclusive queue. `active`: the consumer that is served alone, of a queue with a
    single active consumer.
    """

    __slots__ = (
        "acknowledged",
        "active",
        "arguments",
        "auto_delete",
        "broker",
        "consumers",
        "dead_letters",
        "delivered",
        "dropped",
        "durable",
        "enqueued",
        "expired",
        "expiring",
        "expiry",
        "first_serial",
        "had_consumers",
        "idle",
        "limits",
        "lost",
        "message_bytes",
        "name",
        "overrides",
        "owner",
        "plain",
        "policy",
        "purged",
        "ready",
        "ready_bytes",
        "redelivered",
        "refused",
        "rejected",
        "single_active",
        "ttl_due",
        "ttl_timer",
        "type",
        "unacked",
        "used",
    )

    def __init__(
        self,
        broker: Broker,
        name: str,
        *,
        durable: bool = False,
        auto_delete: bool = False,
        owner: Connection | None = None,
        arguments: Arguments | None = None,
    ) -> None:
        self.broker = broker
        self.name = name
        self.durable = durable
        self.auto_delete = auto_delete
        self.owner = owner
        self.arguments: Arguments = arguments or {}
        self.overrides: Arguments = {}
        self.type: str = self.arguments.get("x-queue-type", "classic")
        self.single_active = bool(self.arguments.get("x-single-active-consumer"))
        self.policy: str | None = None
        self.limits = Limits()
        self.ready: Line = self._line()
        self.idle: deque[Consumer] = deque()
        self.consumers: dict[Consumer, None] = {}
        self.active: Consumer | None = None
        self.had_consumers = self.expiring = False
        self.first_serial = 0
        self.ttl_timer: Timer | None = None
        self.ttl_due = 0.0
        self.expiry: Timer | None = None
        self.used = broker.scheduler.now
        self.message_bytes = self.ready_bytes = self.unacked = self.enqueued = self.delivered = self.redelivered = 0
        self.acknowledged = self.dropped = self.refused = self.expired = self.rejected = self.purged = self.lost = 0
        self.dead_letters: dict[DeadReason, int] = dict.fromkeys(DeadReason, 0)
        self.plain = False
        self.reconsider()

    def _line(self) -> Line:
        if self.type == "quorum":
            return ReturnsFirst()
        most = self.arguments.get("x-max-priority")
        return Fifo() if most is None else ByPriority(most)

    @property
    def messages_ready(self) -> int:
        """How many wait for a consumer."""
        return len(self.ready)

    @property
    def dead_lettered(self) -> int:
        """How many left by dead-lettering, for whatever reason."""
        return sum(self.dead_letters.values())

    @property
    def oldest(self) -> float | None:
        """When the next message to be delivered entered; None where nothing is ready."""
        return self.ready.head().entered if self.ready else None

    def reconsider(self) -> None:
        """Choose between the short path and the long one, after anything changed that only the long one knows."""
        unusual = self.single_active or self.expiring or self.limits.any or self.broker.keeps(self)
        special = (each.priority or each.channel.cap for each in self.consumers)
        was_plain = self.plain
        self.plain = not unusual and isinstance(self.ready, Fifo) and not any(special)
        if was_plain and not self.plain:
            self._count_ready_bytes()

    # -- in -------------------------------------------------------------------------------------

    # long: with `run` the way of every message; a call for each step would cost a third of the speed.
    def push(self, message: Message, now: float) -> bool:
        """Take a new message in, or deliver it at once; whether it was accepted."""
        if not self.plain or message.ttl is not None:
            return self._admit(message, now)
        self.enqueued = serial = self.enqueued + 1
        self.message_bytes += message.size
        tap = self.broker.tap
        if tap is not None:
            tap.routed(message, message.exchange, self)
        idle = self.idle
        while idle:
            consumer = idle.popleft()
            if consumer.delivered - consumer.settled < consumer.limit:
                idle.append(consumer)
                self._hand(consumer, Copy(message, self, serial, now), now)
                return True
            consumer.parked = True
        self.ready.append(Copy(message, self, serial, now))
        return True

    def _admit(self, message: Message, now: float) -> bool:
        """The long way in: with limits, expiry, priorities, or a choice of consumers that is not plain."""
        if limits.refuses(self, message):
            return False
        copy = self._enter(message, now)
        consumer = None if self.ready else self._next_consumer()
        if consumer is not None:
            self.broker.goes_out(copy)
            self._hand(consumer, copy, now)
            return True
        self.ready.append(copy)
        self.ready_bytes += message.size
        limits.shorten(self)
        limits.expire(self, now)
        return True

    def _enter(self, message: Message, now: float) -> Copy:
        self.enqueued += 1
        self.message_bytes += message.size
        serial = self.first_serial + self.enqueued
        copy = Copy(message, self, serial, now, expires=limits.expires_at(self.limits, message, now))
        self.broker.keep(copy)
        if copy.expires is not None and not self.expiring:
            self.expiring = True
            self.reconsider()
        tap = self.broker.tap
        if tap is not None:
            tap.routed(message, message.exchange, self)
        return copy

    def _count_ready_bytes(self) -> None:
        self.ready_bytes = sum(copy.message.size for copy in self.ready)

    # -- out ------------------------------------------------------------------------------------

    def run(self) -> None:
        """Deliver what is ready to consumers with room, in turn."""
        now = self.broker.scheduler.now
        if not self.plain:
            self._run_long(now)
            return
        ready, idle = self.ready, self.idle
        while ready and idle:
            consumer = idle.popleft()
            if consumer.delivered - consumer.settled < consumer.limit:
                idle.append(consumer)
                self._hand(consumer, ready.popleft(), now)
            else:
                consumer.parked = True

    def _run_long(self, now: float) -> None:
        limits.expire(self, now)
        while self.ready and (consumer := self._next_consumer()) is not None:
            copy = self._take_head()
            self.broker.goes_out(copy)
            self._hand(consumer, copy, now)
            limits.expire(self, now)

    def _take_head(self) -> Copy:
        copy = self.ready.popleft()
        self.ready_bytes -= copy.message.size
        return copy

    def _next_consumer(self) -> Consumer | None:
        """Whose turn it is among those with room; who has none is parked."""
        if self.single_active:
            return self.active if self.active is not None and self._has_room(self.active) else None
        while self.idle:
            consumer = self.idle.popleft()
            if self._has_room(consumer):
                self._line_up(consumer)
                return consumer
        return None

    def _has_room(self, consumer: Consumer) -> bool:
        room = consumer.delivered - consumer.settled < consumer.limit and consumer.channel.may_send(self)
        consumer.parked = not room
        return room

    def _line_up(self, consumer: Consumer) -> None:
        """To the end of the rotation; higher priorities stand before lower ones."""
        idle = self.idle
        place = len(idle)
        while place and idle[place - 1].priority < consumer.priority:
            place -= 1
        idle.insert(place, consumer)

    def _hand(self, consumer: Consumer, copy: Copy, now: float) -> None:
        """basic.deliver."""
        consumer.delivered += 1
        self.delivered += 1
        copy.consumer = consumer
        copy.delivered = now
        redelivered = copy.redelivered
        if redelivered:
            consumer.redelivered += 1
            self.redelivered += 1
        channel = consumer.channel
        channel.last_tag = tag = channel.last_tag + 1
        tap = self.broker.tap
        if tap is not None:
            tap.delivered(copy, self, consumer, redelivered)
        if consumer.no_ack:
            self.settle(copy)
        else:
            self.unacked += 1
            channel.unacked[tag] = copy
            if not channel.watched:
                channel.watch()
        channel.sink.deliver(channel, consumer.tag, tag, redelivered, copy)

    def fetch(self) -> Copy | None:
        """Take the next copy away for basic.get; it is unacknowledged until settled."""
        now = self.broker.scheduler.now
        if not self.plain:
            limits.expire(self, now)
        if not self.ready:
            return None
        copy = self._take_head()
        self.broker.goes_out(copy)
        copy.consumer = None
        copy.delivered = now
        self.delivered += 1
        self.redelivered += copy.redelivered
        if not self.plain:
            limits.expire(self, now)
        if self.broker.tap is not None:
            self.broker.tap.delivered(copy, self, None, copy.redelivered)
        return copy

    # -- settling -------------------------------------------------------------------------------

    def settle(self, copy: Copy) -> None:
        """A copy, not counted as unacknowledged (any more), is done with."""
        self.acknowledged += 1
        self.message_bytes -= copy.message.size
        broker = self.broker
        if broker.watching:
            broker.left(copy)
        if broker.tap is not None:
            broker.tap.settled(copy, self)

    def requeue(self, copies: Iterable[Copy]) -> None:
        """Unacknowledged copies go back to their places, redelivered; then limits, then consumers see to them."""
        if not self.is_alive:
            return
        for copy in copies:
            self.unacked -= 1
            copy.redelivered = True
            copy.delivery_count += 1
            if limits.delivered_too_often(self, copy):
                limits.discard(self, copy, DeadReason.DELIVERY_LIMIT)
                continue
            self.ready.restore(copy)
            self.ready_bytes += copy.message.size
            if self.broker.tap is not None:
                self.broker.tap.requeued(copy, self)
        if not self.plain:
            limits.shorten(self)
        self.run()

    def reject(self, copies: Iterable[Copy]) -> None:
        """Unacknowledged copies leave, to the dead-letter exchange if there is one."""
        for copy in copies:
            self.unacked -= 1
            if self.is_alive:
                limits.discard(self, copy, DeadReason.REJECTED)

    @property
    def is_alive(self) -> bool:
        """Whether it has not been deleted."""
        return self.broker.queues.get(self.name) is self

    # -- consumers ------------------------------------------------------------------------------

    def add(self, consumer: Consumer) -> None:
        """A consumer subscribes; it takes from the backlog at once."""
        self.consumers[consumer] = None
        self.had_consumers = True
        if self.single_active:
            self.active = self.active or consumer
        else:
            self._line_up(consumer)
        self.reconsider()

    def remove(self, consumer: Consumer) -> None:
        """A consumer is gone; what it holds stays with its channel."""
        self.consumers.pop(consumer, None)
        if consumer in self.idle:
            self.idle.remove(consumer)
        consumer.parked = False
        if self.active is consumer:
            self.active = max(self.consumers, key=lambda each: each.priority, default=None)
        self.used = self.broker.scheduler.now
        self.reconsider()

    def resume(self, consumer: Consumer) -> None:
        """A parked consumer has room again: it joins the rotation at its end."""
        consumer.parked = False
        if not self.single_active:
            self._line_up(consumer)
        if self.ready:
            self.run()

    def limit(self, limits_now: Limits) -> None:
        """Other limits are in force: what is too much leaves at once; a new time to live is for new messages."""
        self.limits = limits_now
        self._count_ready_bytes()
        self.reconsider()
        limits.shorten(self)
        limits.expire(self, self.broker.scheduler.now)

    def lose(self, everything: bool) -> None:
        """The broker goes down: transient messages are lost, or all of them."""
        lost = [copy for copy in self.ready if everything or not copy.message.persistent]
        kept = [copy for copy in self.ready if not everything and copy.message.persistent]
        for copy in lost:
            self.message_bytes -= copy.message.size
            if self.broker.tap is not None:
                self.broker.tap.lost(copy, self)
        self.lost += len(lost)
        self.ready.clear()
        for copy in kept:
            self.ready.append(copy)
        self._count_ready_bytes()

    def purge(self) -> int:
        """Throw away what is ready; how many."""
        count = len(self.ready)
        for copy in self.ready:
            self.message_bytes -= copy.message.size
            if self.broker.watching:
                self.broker.left(copy)
            if self.broker.tap is not None:
                self.broker.tap.purged(copy, self)
        self.ready.clear()
        self.ready_bytes = 0
        self.purged += count
        return count
