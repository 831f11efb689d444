"""A subscriber: its connection and subscription, how it comes, goes, and is turned while it runs.

A connection that breaks does not stop work that was begun: it is finished, cannot be settled any more, and whoever gets the
message next repeats it. What was only buffered is dropped. Killed or crashed, the work is gone with the process.
"""

from __future__ import annotations

from mqviz.engine.channel import Channel
from mqviz.errors import AmqpError
from mqviz.model.result import ConsumerMember
from mqviz.model.scenario import ConsumerSpec
from mqviz.model.snapshot import ClientState
from mqviz.sim.condition import Condition
from mqviz.sim.settlement import Settlement
from mqviz.sim.working import Working
from mqviz.sim.world import World


class Consumer(Working):
    """One member of a consumer."""

    __slots__ = ("_life", "_orphans_ever", "_subscriptions", "prefetch", "tag")

    def __init__(self, world: World, spec: ConsumerSpec, name: str) -> None:
        super().__init__(world, spec, name)
        self.prefetch = spec.prefetch
        self.tag = ""
        self._life = self._subscriptions = self._orphans_ever = 0

    # -- coming, going, turning -----------------------------------------------------------------------

    def _open(self, channel: Channel) -> None:
        self.world.topology.declare_queue(channel, self.spec.queue)
        self._settlement = Settlement(self._link, channel, self.spec.multiple, self._wait, self._oldest_open, self._count_acks)
        self._refresh()
        self._subscribe(channel)

    def _use(self, channel: Channel) -> None:
        if self._settlement is not None:
            self._settlement.use(channel)
        self._refresh()

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
        self._acknowledged += count
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

    def _kill(self) -> None:
        self._forget_work()
        super()._kill()
        self.workers.employ(self.workers.count, False)

    def _adjusted(self, before: Condition) -> None:
        if self.condition.slow != before.slow:
            self._set_pace(self.condition.slow)
        if not self.condition.killed and before.killed:
            self.workers.employ(self.workers.count, True)
        if self.condition.hanging and not before.hanging:
            self.workers.freeze()
            self._places = 0
        elif before.hanging and not self.condition.hanging:
            self._thaw()
        self._refresh()

    def _thaw(self) -> None:
        self.workers.thaw()
        self._places = self.workers.places
        late, self._late = self._late, []
        for call, end in late:
            if call in self._calls:
                self._heed(call, end)
        self._go_on()

    def _refresh(self) -> None:
        """Find out anew whether the short way will do."""
        spec = self.spec
        is_simple = not self.is_automatic and spec.multiple <= 1 and not spec.reply and self._door is None
        is_open = self._channel is not None and self._link.direct and not self._leaving
        self._is_plain = is_simple and is_open and not spec.idempotent and not self._orphans
        self._risks = self._judgement.risks(self.condition)
        self._equip()

    def set_latency(self, latency: float) -> None:
        """Another network latency, to the broker and to the service that does the work."""
        super().set_latency(latency)
        if self._door is not None:
            self._door.set_latency(latency)

    def set_workers(self, count: int) -> None:
        """More or fewer workers; those too many finish what they do."""
        self.workers.employ(count, not self.condition.killed)
        self._places = self.workers.places
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

