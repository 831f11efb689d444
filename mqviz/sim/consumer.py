"""A subscriber: takes deliveries, works on them with its workers, settles them.

Each worker works on its deliveries one after the other, so prefetch 5 with one worker is M/M/1 and with five workers M/M/5. `wait` in
a result ends with the delivery: what a delivery waits in the consumer's own buffer is part of `latency` only.

A connection that breaks does not stop work that was begun: it is finished, cannot be settled any more, and whoever gets the
message next repeats it. What was only buffered is dropped. Killed or crashed, the work is gone with the process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import inf

from mqviz.engine.channel import Channel
from mqviz.engine.message import Copy
from mqviz.errors import AmqpError
from mqviz.model.amqp import MessageKind, Properties
from mqviz.model.distributions import Distribution
from mqviz.model.faults import FailHow
from mqviz.model.result import ConsumerMember
from mqviz.model.scenario import ConsumerSpec
from mqviz.model.snapshot import ClientState
from mqviz.sim.chance import draws, stream
from mqviz.sim.client import SHORTEST, Client, close
from mqviz.sim.condition import Condition
from mqviz.sim.door import Door
from mqviz.sim.judgement import Judgement
from mqviz.sim.service import End
from mqviz.sim.settlement import Settlement
from mqviz.sim.workers import Job, Workers
from mqviz.sim.world import World


class Consumer(Client):
    """One member of a consumer. `_buffer`: deliveries that wait for one of its workers."""

    kind = "consumer"

    def __init__(self, world: World, spec: ConsumerSpec, name: str) -> None:
        super().__init__(world, name, spec.name, spec.reconnect)
        self.spec = spec
        self.prefetch = spec.prefetch
        self.is_automatic = spec.ack == "automatic"
        self.tag = ""
        self._on_finish = self._finish
        self._call_at = world.scheduler.call_at
        self._ack: Callable[[int], None] = _no_channel
        self.workers = Workers(world.scheduler, spec.workers, self._on_finish)
        self._buffer: deque[tuple[int, Copy]] = deque()
        self._free = spec.workers
        self._orphans = 0
        self._orphans_ever = 0
        self._under_way = self._life = self._subscriptions = self._asked = 0
        self._settlement: Settlement | None = None
        self._judgement = Judgement(world.finished, spec, name, world.seed)
        self._door = None if spec.call is None else Door(world.services[spec.call], world.link(f"{name} call"))
        self._calls: dict[int, int] = {}
        self._late: list[tuple[int, End]] = []
        self._queue = f"queue:{spec.queue}"
        self._luck = stream(world.seed, name, "service")
        self._wait = world.measures.of("wait", spec.queue)
        self._add_service = world.measures.of("service", spec.name).add
        self._add_wait = self._wait.add
        self._add_latency = world.measures.latency.add
        self.delivered = self.redelivered = self.acknowledged = self.completed = self.abandoned = 0
        self._plain = False
        self.set_service(spec.service)

    # -- deliveries -----------------------------------------------------------------------------------

    # long: each message comes through here; the short way is that of `_receive` and `_begin` without their calls.
    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver: begin to work on it, if a worker is free."""
        if self._plain and self._free > 0 and not redelivered and self._link.direct:
            self.delivered += 1
            self._free -= 1
            workers, now = self.workers, copy.delivered
            due = now + self._draw() * workers.slow
            job = (delivery_tag, copy, now, due, workers.shift)
            workers.busy[delivery_tag] = job
            self._call_at(due, self._on_finish, job)
        elif self._link.direct:
            self._receive((delivery_tag, copy, redelivered))
        else:
            self._under_way += 1
            self._link.down.send(self._arrive, (delivery_tag, copy, redelivered))

    def _arrive(self, delivery: tuple[int, Copy, bool]) -> None:
        self._under_way -= 1
        self._receive(delivery)

    def _receive(self, delivery: tuple[int, Copy, bool]) -> None:
        tag, copy, redelivered = delivery
        self.delivered += 1
        if redelivered:
            self.redelivered += 1
        if self.is_automatic:
            self.acknowledged += 1
            self._add_wait(copy.delivered - copy.entered)
        if self._free > 0:
            self._begin(tag, copy)
        else:
            self._buffer.append((tag, copy))

    def _begin(self, tag: int, copy: Copy) -> None:
        self._free -= 1
        if not self._plain and (self._door is not None or self._judgement.is_known(copy)):
            self._begin_otherwise(tag, copy)
        else:
            self.workers.begin(tag, copy, self._draw() * self.workers.slow)

    def _begin_otherwise(self, tag: int, copy: Copy) -> None:
        """A service does the work; or it was done before, and an idempotent consumer knows."""
        if self._judgement.is_known(copy):
            self.workers.begin(tag, copy, 0.0)
            return
        assert self._door is not None
        self.workers.carry_on((tag, copy, self._scheduler.now, inf, self.workers.shift))
        self._asked += 1
        self._calls[self._asked] = tag
        self._door.ask(self._answered, self._asked)

    # -- the end of the work --------------------------------------------------------------------------

    # long: each message comes through here; the short way is for an unspectacular one with manual ack.
    def _finish(self, job: Job) -> None:
        tag, copy, begun, due, shift = job
        workers = self.workers
        if shift != workers.shift:
            return
        message = copy.message
        if not self._plain or not self._link.direct or copy.redelivered or message.origin is not None:
            self._judge(job)
            return
        del workers.busy[tag]
        took = due - begun
        workers.busy_time += took
        self.completed += 1
        self.acknowledged += 1
        self._add_service(took)
        self._add_latency(due - message.arrival)
        self._add_wait(copy.delivered - copy.entered)
        self._free += 1
        if self._buffer:
            self._begin(*self._buffer.popleft())
        self._ack(tag)

    def _judge(self, job: Job) -> None:
        """Find out whether the work failed, and settle it accordingly."""
        tag, copy, begun, due, _ = job
        is_known = self._judgement.is_postponed(tag)
        how = self._judgement.of(tag, copy, self.condition)
        if how is not None and not is_known and due - begun < SHORTEST:
            self._judgement.postpone(tag, how)
            self.workers.begin(tag, copy, SHORTEST - (due - begun))
            return
        self.workers.end(job)
        self._conclude(tag, copy, due - begun, how)

    def _answered(self, call: int, end: End) -> None:
        """The service answered, refused, or took too long."""
        if call not in self._calls:
            return
        if self.workers.is_frozen:
            self._late.append((call, end))
            return
        _, copy, begun, _, shift = self.workers.busy[self._calls[call]]
        tag, now = self._calls.pop(call), self._scheduler.now
        how = self._judgement.of_call(tag, copy, self.condition, end)
        if how is not None and now - begun < SHORTEST:
            self._judgement.postpone(tag, how)
            self.workers.begin(tag, copy, SHORTEST)
            return
        self.workers.end((tag, copy, begun, now, shift))
        self._conclude(tag, copy, now - begun, how)

    def _conclude(self, tag: int, copy: Copy, took: float, how: FailHow | None) -> None:
        self._free = self.workers.free
        if how is None:
            self._succeed(tag, copy, took)
        else:
            self._fail(tag, copy, how)
        self._go_on()

    def _go_on(self) -> None:
        while self._free > 0 and self._buffer:
            self._begin(*self._buffer.popleft())
        if self._leaving:
            self._leave_if_done()

    def _succeed(self, tag: int, copy: Copy, took: float) -> None:
        if not self._judgement.is_known(copy):
            self._complete(copy, took)
        if tag < 0:
            self._orphans -= 1
            self.world.finished.add(copy.message, self._queue)
            self._refresh()
        elif self._settlement is not None:
            self._reply(copy, MessageKind.RESPONSE)
            if not self.is_automatic:
                self._settlement.ack(tag, copy)

    def _complete(self, copy: Copy, took: float) -> None:
        message, finished = copy.message, self.world.finished
        self.completed += 1
        self._add_service(took)
        if finished.has(message, self._queue):
            self.world.repeated += 1
        else:
            self._add_latency(self._scheduler.now - message.arrival)
        if message.origin is not None:
            finished.add(message, self._queue)
        self._judgement.remember(copy)

    def _fail(self, tag: int, copy: Copy, how: FailHow) -> None:
        settlement = self._settlement
        if self.is_automatic or how == "discard":
            self.abandoned += 1
        if tag < 0 or settlement is None:
            self._orphans -= 1
            self._refresh()
        elif how == "crash":
            self._crash()
        elif how == "nack" and not self.is_automatic:
            settlement.nack(tag)
        else:
            self._reply(copy, MessageKind.ERROR)
            if not self.is_automatic:
                self._refuse(settlement, tag, copy, how)

    def _refuse(self, settlement: Settlement, tag: int, copy: Copy, how: FailHow) -> None:
        if how == "discard":
            settlement.ack(tag, copy)
        else:
            settlement.reject(tag, copy)

    def _crash(self) -> None:
        """The process is gone with all that it held; it comes back as after any lost connection."""
        self._forget_work()
        close(self._drop())
        self.world.note("connection_closed", self.node, reason="crash")
        self._try_again()

    def _reply(self, copy: Copy, kind: MessageKind) -> None:
        """Answer to who asked, before the work is acknowledged."""
        asked = copy.message.properties
        if not self.spec.reply or asked.reply_to is None:
            return
        if self.world.watch is not None:
            self.world.watch.replied(self.node, asked.app_id or "", kind)
        answer = Properties(correlation_id=asked.correlation_id, type=kind.value, app_id=self.name)
        self.sent += 1
        self._under_way_up += 1
        self._send(self._publish_reply, (asked.reply_to, answer))

    def _publish_reply(self, reply: tuple[str, Properties]) -> None:
        assert self._channel is not None
        self._under_way_up -= 1
        self._channel.publish("", reply[0], b"", reply[1])

    # -- coming, going, turning -----------------------------------------------------------------------

    def _open(self, channel: Channel) -> None:
        self.world.topology.declare_queue(channel, self.spec.queue)
        self._settlement = Settlement(self._link, channel, self.spec.multiple, self._wait, self._oldest_open, self._count_acks)
        self._ack = channel.ack
        self._refresh()
        self._subscribe(channel)

    def _subscribe(self, channel: Channel) -> None:
        spec = self.spec
        channel.qos(self.prefetch)
        arguments = {"x-priority": spec.priority} if spec.priority else None
        tag = f"{self.name}-{self._life}-{self._subscriptions}"
        self._subscriptions += 1
        self.tag = channel.consume(spec.queue, tag, no_ack=self.is_automatic, exclusive=spec.exclusive, arguments=arguments)

    def _oldest_open(self) -> int | None:
        """The smallest delivery tag that is not finished; None where there is none."""
        tags = [tag for tag in self.workers.busy if tag > 0]
        if self._buffer:
            tags.append(self._buffer[0][0])
        return min(tags, default=None)

    def _count_acks(self, count: int) -> None:
        self.acknowledged += count
        if self._leaving:
            self._leave_if_done()

    def _unsubscribe(self, _: object = None) -> None:
        if self._channel is not None and self.tag:
            self._channel.cancel(self.tag)
        self.tag = ""

    def _leave(self) -> None:
        self._refresh()
        if self._link.direct:
            self._unsubscribe()
        else:
            self._link.up.send(self._unsubscribe, None)
        self._leave_if_done()

    def _leave_if_done(self) -> None:
        is_busy = self.workers.busy or self._buffer or self._under_way or self.tag
        if not is_busy and (self._settlement is None or self._settlement.is_empty):
            self._left()

    def _stay(self) -> None:
        """Subscribe again, on the same channel."""
        self._refresh()
        if self._channel is not None and not self.tag:
            self._renew(self._channel)

    def _renew(self, channel: Channel) -> None:
        try:
            self._subscribe(channel)
        except AmqpError as error:
            self.world.note_error(self.node, error)
            self._disconnected()

    def _lose(self) -> None:
        """What is worked on goes on without a connection; the rest of what was held goes back, or is lost where acks are automatic."""
        if self.is_automatic:
            self.abandoned += len(self._buffer) + self._under_way
        elif self._settlement is not None:
            for copy in self._settlement.unsettled:
                self.world.finished.add(copy.message, self._queue)
        self._under_way = 0
        self._buffer.clear()
        self._settlement = None
        self.tag = ""
        self._orphan()
        self._judgement.forget()
        self._life += 1
        self._free = self.workers.free
        self._refresh()

    def _orphan(self) -> None:
        """Work in progress is carried on under tags below 0, which the next connection does not have."""
        renamed = {}
        for tag in self.workers.busy:
            self._orphans_ever += tag > 0
            renamed[tag] = -self._orphans_ever if tag > 0 else tag
        self.workers.rename(list(renamed.values()))
        self._calls = {call: renamed[tag] for call, tag in self._calls.items()}
        self._orphans = len(renamed)

    def _forget_work(self) -> None:
        """The process is gone, and what it worked on."""
        dropped = self.workers.drop()
        if self.is_automatic:
            self.abandoned += dropped
        self._orphans = 0
        self._calls.clear()
        self._late.clear()
        self._free = self.workers.free

    def _kill(self) -> None:
        self._forget_work()
        super()._kill()
        self._free = self.workers.free
        self.workers.employ(self.workers.count, False)

    def _adjusted(self, before: Condition) -> None:
        self.workers.slow = self.condition.slow
        if not self.condition.killed and before.killed:
            self.workers.employ(self.workers.count, True)
        if self.condition.hanging and not before.hanging:
            self.workers.freeze()
            self._free = 0
        elif before.hanging and not self.condition.hanging:
            self._thaw()
        self._refresh()

    def _thaw(self) -> None:
        self.workers.thaw()
        self._free = self.workers.free
        late, self._late = self._late, []
        for call, end in late:
            self._answered(call, end)
        self._go_on()

    def _refresh(self) -> None:
        """Find out anew whether the short way will do."""
        spec = self.spec
        is_simple = not self.is_automatic and spec.multiple <= 1 and not spec.reply and self._door is None
        is_safe = not self._judgement.may_fail and not self.condition.fails and not self._orphans
        self._plain = is_simple and is_safe and self._channel is not None and not self._leaving

    def set_service(self, service: Distribution) -> None:
        """Another service time, for work that begins from now on."""
        self.service = service
        self._draw = draws(service, self._luck)

    def set_workers(self, count: int) -> None:
        """More or fewer workers; those too many finish what they do."""
        self.workers.employ(count, not self.condition.killed)
        self._free = self.workers.free
        self._go_on()

    def set_prefetch(self, prefetch: int) -> None:
        """Another prefetch limit: it is that of a subscription, so subscribe anew (basic.qos concerns the next consumer)."""
        self.prefetch = prefetch
        if self._channel is not None and self.tag:
            self._unsubscribe()
            self._renew(self._channel)

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """The queue is gone: connect anew, as far as there is a queue again."""
        super().consumer_cancelled(channel, consumer_tag)
        self.tag = ""
        self._disconnected()

    # -- figures ----------------------------------------------------------------------------------------

    @property
    def working(self) -> int:
        """On how many messages it works."""
        return len(self.workers.busy)

    @property
    def busy_time(self) -> float:
        """Seconds of work of all workers so far."""
        return self.workers.total_busy(self._scheduler.now)

    @property
    def is_active(self) -> bool:
        """False for one that waits behind a single active consumer."""
        subscription = None if self._channel is None else self._channel.consumers.get(self.tag)
        return subscription is None or subscription.active

    @property
    def held(self) -> int:
        """How many deliveries it holds that are not settled."""
        return 0 if self._channel is None else len(self._channel.unacked)

    @property
    def is_done(self) -> bool:
        """Whether it has nothing in hand."""
        return not self.workers.busy and not self._buffer and not self._under_way and not self.in_transit

    def _own_state(self) -> ClientState:
        if self.condition.fails:
            return ClientState.FAILING
        if self.condition.slow > 1.0:
            return ClientState.SLOW
        return ClientState.RUNNING if self.workers.busy else ClientState.IDLE

    def member(self) -> ConsumerMember:
        """Its part of the result."""
        now = self._scheduler.now
        return ConsumerMember(
            delivered=self.delivered,
            acknowledged=self.acknowledged,
            redelivered=self.redelivered,
            completed=self.completed,
            abandoned=self.abandoned,
            busy_time=self.busy_time,
            utilisation=self.workers.utilisation(now),
        )


def _no_channel(tag: int) -> None:
    """Before the first connection there is nothing to acknowledge."""
    raise AssertionError(f"delivery {tag} came without a channel")
