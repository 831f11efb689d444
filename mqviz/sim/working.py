"""A subscriber at work: it takes deliveries, works on them with its workers, settles them.

Each worker works on its deliveries one after the other, so prefetch 5 with one worker is M/M/1 and with five workers M/M/5. `wait` in
a result ends with the delivery: what a delivery waits in the consumer's own buffer is part of `latency` only.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from heapq import heappush
from math import inf

from mqviz.clock import Entry
from mqviz.engine.channel import Channel
from mqviz.engine.message import Copy
from mqviz.model.amqp import MessageKind, Properties
from mqviz.model.distributions import Distribution
from mqviz.model.faults import FailHow
from mqviz.model.scenario import ConsumerSpec
from mqviz.sim.chance import Numbers, numbers, stream
from mqviz.sim.client import SHORTEST, Client, close
from mqviz.sim.door import Door
from mqviz.sim.judgement import Judgement, Risks
from mqviz.sim.outgoing import Outgoing
from mqviz.sim.service import End
from mqviz.sim.settlement import Settlement
from mqviz.sim.workers import Job, Workers
from mqviz.sim.world import World

ToBegin = tuple[dict[int, Job], Numbers, Iterator[int], list[Entry], Callable[[Job], Entry | None]]
ToEnd = tuple[
    dict[int, Job],
    Numbers,
    Iterator[int],
    Callable[[Job], Entry | None],
    Risks,
    Callable[[float], None],
    Callable[[float], None],
    Callable[[float], None],
    Channel,
    deque[tuple[int, Copy]],
]


class Working(Client):
    """What a consumer does with its deliveries. `_buffer`: those that wait for one of its workers.

    What most consumers do (`_is_plain`: manual acks one by one without latency, and work that at most fails) has a short way through
    `deliver` and `_finish`. `_to_begin` and `_to_end` hold what it needs, and are None where it will not do: unpacking a tuple is
    cheaper than finding its parts among attributes. `_quick` counts the work that went it; `_risks` are the shares that fail.
    """

    kind = "consumer"
    __slots__ = (
        "_acknowledged",
        "_add_latency",
        "_add_service",
        "_add_wait",
        "_asked",
        "_buffer",
        "_busy",
        "_calls",
        "_completed",
        "_door",
        "_is_plain",
        "_judgement",
        "_late",
        "_luck",
        "_on_finish",
        "_orphans",
        "_paced",
        "_places",
        "_queue",
        "_quick",
        "_risks",
        "_settlement",
        "_slow",
        "_strikes",
        "_times",
        "_to_begin",
        "_to_end",
        "_under_way",
        "_wait",
        "abandoned",
        "delivered",
        "is_automatic",
        "redelivered",
        "service",
        "spec",
        "workers",
    )

    def __init__(self, world: World, spec: ConsumerSpec, name: str) -> None:
        super().__init__(world, name, spec.name, spec.reconnect)
        self.spec = spec
        self.is_automatic = spec.ack == "automatic"
        self._on_finish = self._finish
        self.workers = Workers(world.scheduler, spec.workers, self._on_finish)
        self._busy = self.workers.busy
        self._places = self.workers.places
        self._buffer: deque[tuple[int, Copy]] = deque()
        self._orphans = self._under_way = self._asked = self._quick = 0
        self._settlement: Settlement | None = None
        self._judgement = Judgement(world.finished, spec, name, world.seed)
        self._strikes = self._judgement.strikes
        self._door = None if spec.call is None else Door(world.services[spec.call], world.link(f"{name} call"))
        self._calls: dict[int, int] = {}
        self._late: list[tuple[int, End]] = []
        self._queue = f"queue:{spec.queue}"
        self._luck = stream(world.seed, name, "service")
        self._wait = world.measures.of("wait", spec.queue)
        self._add_service = world.measures.of("service", spec.name).add
        self._add_wait = self._wait.add
        self._add_latency = world.measures.latency.add
        self.delivered = self.redelivered = self.abandoned = self._acknowledged = self._completed = 0
        self._is_plain = False
        self._risks: Risks = ()
        self._slow = 1.0
        self.set_service(spec.service)

    @property
    def completed(self) -> int:
        """How often it has finished some work."""
        return self._quick + self._completed

    @property
    def acknowledged(self) -> int:
        """How many deliveries were acknowledged, or needed no acknowledgement."""
        return self._quick + self._acknowledged

    def set_service(self, service: Distribution) -> None:
        """Another service time, for work that begins from now on."""
        self.service = service
        self._times = numbers(service, self._luck)
        self._set_pace(self._slow)

    def _set_pace(self, slow: float) -> None:
        self._slow = slow
        self._paced: Numbers = self._times if slow == 1.0 else map(float(slow).__mul__, self._times)
        self._equip()

    def _equip(self) -> None:
        """Lay the tools of the short way ready, or take them away."""
        self._to_begin: ToBegin | None = None
        self._to_end: ToEnd | None = None
        if self._is_plain and self._channel is not None:
            serials, heap = self._scheduler.serials, self._scheduler.heap
            self._to_begin = (self._busy, self._paced, serials, heap, self._on_finish)
            adding = (self._add_service, self._add_latency, self._add_wait)
            self._to_end = (self._busy, self._paced, serials, self._on_finish, self._risks, *adding, self._channel, self._buffer)

    # -- deliveries -----------------------------------------------------------------------------------

    # long: each message comes through here; the short way is that of `_receive` and `_begin` without their calls.
    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver: begin to work on it, if a worker is free."""
        tools = self._to_begin
        if tools is not None and not redelivered:
            self.delivered += 1
            busy, times, serials, heap, finish = tools
            if len(busy) >= self._places:
                self._buffer.append((delivery_tag, copy))
                return
            now = copy.delivered
            due = now + next(times)
            busy[delivery_tag] = job = (delivery_tag, copy, now, due)
            heappush(heap, (due, next(serials), finish, job))
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
            self._acknowledged += 1
            self._add_wait(copy.delivered - copy.entered)
        if len(self._busy) < self._places:
            self._begin(tag, copy)
        else:
            self._buffer.append((tag, copy))

    def _begin(self, tag: int, copy: Copy) -> None:
        if not self._is_plain and (self._door is not None or self._judgement.is_known(copy)):
            self._begin_otherwise(tag, copy)
        else:
            self.workers.begin(tag, copy, next(self._paced))

    def _begin_otherwise(self, tag: int, copy: Copy) -> None:
        """A service does the work; or it was done before, and an idempotent consumer knows."""
        if self._judgement.is_known(copy):
            self.workers.begin(tag, copy, 0.0)
            return
        assert self._door is not None
        self.workers.carry_on((tag, copy, self._scheduler.now, inf))
        self._asked += 1
        self._calls[self._asked] = tag
        if self.world.watch is not None:
            self.world.watch.called(self.node, f"service:{self.spec.call}", MessageKind.REQUEST)
        self._door.ask(self._answered, self._asked)

    # -- the end of the work --------------------------------------------------------------------------

    # long: each message comes through here; the short way is that of `_judge` and all behind it without their calls.
    def _finish(self, job: Job) -> Entry | None:
        """The work is done; the end of the next follows, if there is more."""
        tag, copy, begun, due = job
        message, tools = copy.message, self._to_end
        if tools is None or copy.redelivered or message.origin is not None:
            if self._busy.get(tag) is job:
                self._judge(job, self._judgement.of(tag, copy, self._risks))
            return None
        busy, times, serials, finish, risks, add_service, add_latency, add_wait, channel, buffer = tools
        if busy.get(tag) is not job:
            return None
        for share, how in risks:
            if next(self._strikes) < share:
                self._judge(job, how)
                return None
        del busy[tag]
        took = due - begun
        self.workers.busy_time += took
        self._quick += 1
        add_service(took)
        add_latency(due - message.arrival)
        add_wait(copy.delivered - copy.entered)
        if buffer:
            after, upcoming = buffer.popleft()
            now = self._scheduler.now
            busy[after] = job = (after, upcoming, now, now + next(times))
            serial = next(serials)
            channel.ack(tag)
            return (job[3], serial, finish, job)
        taken = channel.ack_and_take(tag)
        if taken is None:
            return None
        if taken.redelivered:
            self._receive((channel.last_tag, taken, True))
            return None
        self.delivered += 1
        after, now = channel.last_tag, taken.delivered
        busy[after] = job = (after, taken, now, now + next(times))
        return (job[3], next(serials), finish, job)

    def _judge(self, job: Job, how: FailHow | None) -> None:
        """The work failed in that way, or did not: settle it accordingly. A failure takes a while at least."""
        tag, copy, begun, due = job
        if how is not None and due < begun + SHORTEST:
            self._judgement.postpone(tag, how)
            self.workers.carry_on((tag, copy, begun, begun + SHORTEST))
            return
        self.workers.end(job)
        self._conclude(tag, copy, due - begun, how)

    def _answered(self, call: int, end: End) -> None:
        """The service answered, refused, or took too long."""
        if call not in self._calls:
            return
        if self.world.watch is not None:
            self.world.watch.answered(f"service:{self.spec.call}", self.node, end is End.COMPLETED)
        if self.workers.is_frozen:
            self._late.append((call, end))
        else:
            self._heed(call, end)

    def _heed(self, call: int, end: End) -> None:
        """Go by the answer."""
        _, copy, begun, _ = self._busy[self._calls[call]]
        tag, now = self._calls.pop(call), self._scheduler.now
        self._busy[tag] = job = (tag, copy, begun, now)
        self._judge(job, self._judgement.of_call(tag, copy, self._risks, end))

    def _conclude(self, tag: int, copy: Copy, took: float, how: FailHow | None) -> None:
        if how is None:
            self._succeed(tag, copy, took)
        else:
            self._fail(tag, copy, how)
        self._go_on()

    def _go_on(self) -> None:
        while self._buffer and len(self._busy) < self._places:
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
        self._completed += 1
        self._add_service(took)
        if finished.has(message, self._queue):
            self.world.repeated += 1
        else:
            self._add_latency(self._scheduler.now - message.arrival)
        if isinstance(message.origin, Outgoing):
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

    def _forget_work(self) -> None:
        """The process is gone, and what it worked on."""
        dropped = self.workers.drop()
        if self.is_automatic:
            self.abandoned += dropped
        self._orphans = 0
        self._calls.clear()
        self._late.clear()

    def _leave_if_done(self) -> None:
        """An orderly stop is done when nothing is in hand any more."""
