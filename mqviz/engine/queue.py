"""A queue: order, ready and unacknowledged, round robin among consumers with room, requeue.

Every copy that entered is ready here, unacknowledged at a channel, or counted as gone in one way. What most
queues are, a first-in-first-out line without any limit (`plain`), has a short path of its own in `push` and `run`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from mqviz.clock import Timer
from mqviz.engine import limits
from mqviz.engine.account import Account
from mqviz.engine.consumer import Consumer
from mqviz.engine.limits import Limits
from mqviz.engine.message import Copy, Message
from mqviz.engine.order import ByPriority, Fifo, Line, ReturnsFirst
from mqviz.engine.rotation import Rotation
from mqviz.model.amqp import Arguments

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.connection import Connection


class Queue(Account):
    """One queue, its consumers and its account (counters as in the ledger, since it was declared).

    `first_serial + enqueued` is the serial of the newest copy; the first is 0 but for a queue that a store brought back.
    `owner`: the connection of an exclusive queue. `active`: the consumer that is served alone, of a queue with a
    single active consumer.
    """

    __slots__ = (
        "arguments",
        "auto_delete",
        "broker",
        "consumers",
        "durable",
        "expiring",
        "expiry",
        "first_serial",
        "had_consumers",
        "idle",
        "is_closed",
        "limits",
        "message_bytes",
        "name",
        "overrides",
        "owner",
        "plain",
        "policy",
        "ready",
        "ready_bytes",
        "rotation",
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
        super().__init__()
        self.broker = broker
        self.name = name
        self.durable = durable
        self.auto_delete = auto_delete
        self.owner = owner
        self.arguments: Arguments = arguments or {}
        self.overrides: Arguments = {}
        self.type: str = self.arguments.get("x-queue-type", "classic")
        self.policy: str | None = None
        self.limits = Limits()
        self.ready: Line = self._line()
        self.rotation = Rotation(bool(self.arguments.get("x-single-active-consumer")))
        self.idle = self.rotation.idle
        self.consumers = self.rotation.consumers
        self.had_consumers = self.expiring = self.is_closed = self.plain = False
        self.ttl_timer: Timer | None = None
        self.ttl_due = 0.0
        self.expiry: Timer | None = None
        self.used = broker.scheduler.now
        self.first_serial = self.message_bytes = self.ready_bytes = self.unacked = 0
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
    def single_active(self) -> bool:
        """Whether one consumer is served alone, until it goes."""
        return self.rotation.single

    @property
    def active(self) -> Consumer | None:
        """The one that is served alone, if that is so."""
        return self.rotation.active

    @property
    def outlives(self) -> bool:
        """Whether it is there after a restart: an exclusive one goes with its connection."""
        return self.durable and self.owner is None

    def keeps(self, message: Message) -> bool:
        """Whether a message in it is there after a restart, too: all of a quorum queue are."""
        return self.outlives and (message.properties.delivery_mode == 2 or self.type == "quorum")

    @property
    def oldest(self) -> float | None:
        """When the next message to be delivered entered; None where nothing is ready."""
        return self.ready.head().entered if self.ready else None

    def reconsider(self) -> None:
        """Choose between the short path and the long one, after anything changed that only the long one knows."""
        unusual = self.expiring or self.limits.any or self.broker.minds(self)
        was_plain = self.plain
        self.plain = not unusual and isinstance(self.ready, Fifo) and self.rotation.is_plain
        if was_plain and not self.plain:
            self.count_ready_bytes()

    # -- in -------------------------------------------------------------------------------------

    # long: with `run` and `Settling.ack_and_take` the way of every message; a call for each step would cost a third of the speed.
    def push(self, message: Message, now: float) -> bool:
        """Take a new message in that does not expire, or deliver it at once; whether it was accepted."""
        if not self.plain:
            return self.admit(message, now)
        self.enqueued = serial = self.enqueued + 1
        self.entrances += now
        self.message_bytes += message.size
        idle = self.idle
        while idle:
            consumer = idle[0]
            if consumer.delivered < consumer.allowed:
                idle.rotate(-1)
                if consumer.no_ack:
                    self._hand(consumer, Copy(message, self, serial, now), now)
                    return True
                consumer.delivered += 1
                self.delivered += 1
                self.unacked = depth = self.unacked + 1
                if depth > self.deepest:
                    self.deepest = depth
                channel = consumer.channel
                channel.last_tag = tag = channel.last_tag + 1
                channel.unacked[tag] = copy = Copy(message, self, serial, now, False, 0, None, consumer, now)
                if not channel.watched:
                    channel.watch()
                channel.sink.deliver(channel, consumer.tag, tag, False, copy)
                return True
            idle.popleft()
            consumer.parked = True
        ready = self.ready
        ready.append(Copy(message, self, serial, now))
        depth = len(ready) + self.unacked
        if depth > self.deepest:
            self.deepest = depth
        return True

    def admit(self, message: Message, now: float) -> bool:
        """The long way in, for queues that are not plain and messages that expire."""
        if self.limits.overflow != "drop-head" and limits.refuses(self, message):
            return False
        copy = self._enter(message, now)
        consumer = None if self.ready else self.rotation.next()
        if consumer is not None:
            if self.broker.store is not None:
                self.broker.goes_out(copy)
            self._hand(consumer, copy, now)
        else:
            self._line_up(copy, now)
        depth = len(self.ready) + self.unacked
        if depth > self.deepest:
            self.deepest = depth
        return True

    def _line_up(self, copy: Copy, now: float) -> None:
        self.ready.append(copy)
        self.ready_bytes += copy.message.size
        # As in RabbitMQ nobody looks at a message that gets before a waiting one by its priority.
        dropped = self.limits.bounded and limits.shorten(self)
        if self.expiring and (dropped or len(self.ready) == 1):
            limits.expire(self, now)

    def _enter(self, message: Message, now: float) -> Copy:
        self.enqueued += 1
        self.entrances += now
        self.message_bytes += message.size
        expires = limits.expires_at(self.limits, message, now)
        copy = Copy(message, self, self.first_serial + self.enqueued, now, False, 0, expires)
        if expires is not None and not self.expiring:
            self.expiring = True
            self.reconsider()
        broker = self.broker
        if broker.store is not None:
            broker.keep(copy)
        if broker.tap is not None:
            broker.tap.routed(message, message.exchange, self)
        return copy

    def count_ready_bytes(self) -> None:
        """Only the long path keeps account of them."""
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
            consumer = idle[0]
            if consumer.delivered >= consumer.allowed:
                idle.popleft()
                consumer.parked = True
                continue
            idle.rotate(-1)
            if consumer.no_ack:
                self._hand(consumer, ready.popleft(), now)
            else:
                self._hand_head(consumer, now)

    def _hand_head(self, consumer: Consumer, now: float) -> None:
        """basic.deliver of the head of a plain queue to a consumer that acknowledges."""
        copy = self.ready.popleft()
        if copy.redelivered:
            self.redelivered += 1
            consumer.redelivered += 1
        consumer.delivered += 1
        self.delivered += 1
        self.unacked += 1
        copy.consumer = consumer
        copy.delivered = now
        channel = consumer.channel
        channel.last_tag = tag = channel.last_tag + 1
        channel.unacked[tag] = copy
        if not channel.watched:
            channel.watch()
        channel.sink.deliver(channel, consumer.tag, tag, copy.redelivered, copy)

    def _run_long(self, now: float) -> None:
        while self.ready and (consumer := self.rotation.next()) is not None:
            copy = self._take_head()
            if self.broker.store is not None:
                self.broker.goes_out(copy)
            self._hand(consumer, copy, now)
            if self.expiring:
                limits.expire(self, now)

    def _take_head(self) -> Copy:
        copy = self.ready.popleft()
        self.ready_bytes -= copy.message.size
        return copy

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
        self.exits += broker.scheduler.now
        if broker.watching:
            broker.left(copy)
        if broker.tap is not None:
            broker.tap.settled(copy, self)

    @property
    def is_alive(self) -> bool:
        """Whether it has not been deleted."""
        return self.broker.queues.get(self.name) is self

    # -- consumers ------------------------------------------------------------------------------

    def subscribe(self, consumer: Consumer) -> None:
        """A consumer begins; it takes from the backlog at once."""
        self.rotation.add(consumer)
        self.had_consumers = True
        self.reconsider()
        self.run()

    def remove(self, consumer: Consumer) -> None:
        """A consumer is gone; what it holds stays with its channel."""
        self.rotation.remove(consumer)
        self.used = self.broker.scheduler.now
        self.reconsider()

    def resume(self, consumer: Consumer) -> None:
        """A parked consumer has room again."""
        if self.plain:
            consumer.parked = False
            self.idle.append(consumer)
        else:
            self.rotation.rejoin(consumer)
        if self.ready:
            self.run()

    def resume_all(self, consumers: Iterable[Consumer]) -> None:
        """Consumers that their channel held back have room again."""
        for consumer in consumers:
            self.rotation.rejoin(consumer)
        if self.ready:
            self.run()

    def limit(self, limits_now: Limits) -> None:
        """Other limits are in force: what is too much leaves at once; a new time to live is for new messages.

        As in RabbitMQ the new length comes before the new overflow: what was told to drop still drops.
        """
        self.limits = replace(limits_now, overflow=self.limits.overflow)
        self.count_ready_bytes()
        limits.shorten(self)
        self.limits = limits_now
        self.reconsider()
        limits.shorten(self)
        limits.expire(self, self.broker.scheduler.now)
