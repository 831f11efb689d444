"""A program without a queue: it calls a service directly and hears the answer, or does not.

Synchronous: one call at a time, and what arises meanwhile waits. Asynchronous: every call at once. What is refused, failed or timed out
is tried again as `retry` says, else it has failed. A call counts as finished work, with its latency from arrival to answer.
"""

from __future__ import annotations

from collections import deque

from mqviz.clock import Scheduler
from mqviz.model.result import ProducerMember
from mqviz.model.scenario import ProducerSpec, Retry
from mqviz.model.snapshot import ClientState
from mqviz.sim.condition import Condition, Exposed
from mqviz.sim.door import Door
from mqviz.sim.outgoing import MOST_DOUBLINGS, Outgoing
from mqviz.sim.service import End
from mqviz.sim.stopwatch import Stopwatch
from mqviz.sim.workload import Workload
from mqviz.sim.world import World


class Caller(Exposed):
    """One member of a producer that calls a service. `failed`: calls that were given up."""

    kind = "producer"

    def __init__(self, world: World, spec: ProducerSpec, name: str) -> None:
        super().__init__()
        assert spec.call is not None
        self.world, self.spec, self.name, self.client = world, spec, name, spec.name
        self.retired = False
        self._scheduler: Scheduler = world.scheduler
        self._link = world.link(name)
        self._door = Door(world.services[spec.call], self._link)
        self.workload = Workload(world.scheduler, spec.load, world.seed, name, self._arrive)
        self.waiting: deque[Outgoing] = deque()
        self.calling: dict[int, Outgoing] = {}
        self._resting: dict[int, Outgoing] = {}
        self._response = world.measures.of("response", spec.name)
        self._stuck = Stopwatch(world.scheduler)
        self._number = 0
        self.sent = self.in_transit = self.lost_in_transit = 0
        self.called = self.replied = self.timed_out = self.failed = self.retried = 0

    @property
    def should_run(self) -> bool:
        """Whether the program is there."""
        return not (self.condition.killed or self.condition.stopped or self.retired)

    @property
    def node(self) -> str:
        """Its id in the picture."""
        return f"producer:{self.name}"

    def start(self) -> None:
        """Begin to work, or go on."""
        if self.should_run:
            self.workload.begin()

    def _arrive(self, at: float) -> None:
        self.waiting.append(self._new(at))
        self._go_on()
        self.workload.go_on()

    def _new(self, at: float) -> Outgoing:
        self._number += 1
        return Outgoing(self._number, at)

    def burst(self, messages: int) -> None:
        """So many arrivals more, now."""
        if self.should_run:
            self.waiting.extend(self._new(self._scheduler.now) for _ in range(messages))
            self._go_on()

    def _go_on(self) -> None:
        """Call for what waits, as far as the program does so now."""
        is_synchronous = self.spec.mode == "synchronous"
        while self.waiting and not self.condition.hanging and not self.condition.killed and not (is_synchronous and self.calling):
            self._call(self.waiting.popleft())
        self._stuck.set(bool(self.waiting))

    def _call(self, out: Outgoing) -> None:
        out.published = self._scheduler.now
        self.called += 1
        self.calling[out.number] = out
        if self.condition.cut:
            self._scheduler.call_at(self._scheduler.now, self._fail, out)
        else:
            if self.world.watch is not None:
                self.world.watch.called(self.node, f"service:{self.spec.call}", self.spec.message_kind)
            self._door.ask(self._answered, out)

    def _answered(self, out: Outgoing, end: End) -> None:
        if self.calling.get(out.number) is not out or self.condition.cut:
            return
        del self.calling[out.number]
        if self.world.watch is not None:
            self.world.watch.answered(f"service:{self.spec.call}", self.node, end is End.COMPLETED)
        if end is End.COMPLETED:
            self._succeed(out)
        else:
            self.timed_out += end is End.TIMED_OUT
            self._again(out)
        self._go_on()

    def _succeed(self, out: Outgoing) -> None:
        took = self._scheduler.now - out.arrival
        self.replied += 1
        self._response.add(took)
        self.world.measures.latency.add(took)

    def _fail(self, out: Outgoing) -> None:
        """The network is gone, and the call with it."""
        if self.calling.get(out.number) is out:
            del self.calling[out.number]
            self._again(out)
            self._go_on()

    def _again(self, out: Outgoing) -> None:
        retry = self.spec.retry or Retry(attempts=0)
        if out.attempts >= retry.attempts:
            self.failed += 1
            return
        delay = retry.backoff * 2.0 ** min(out.attempts, MOST_DOUBLINGS)
        out.attempts += 1
        self._resting[out.number] = out
        self._scheduler.call_in(delay, self._rested, out)

    def _rested(self, out: Outgoing) -> None:
        if self._resting.pop(out.number, None) is out:
            self.retried += 1
            self.waiting.append(out)
            self._go_on()

    # -- coming and going -----------------------------------------------------------------------------

    def retire(self, retired: bool) -> None:
        """Leave for good; or come back after all."""
        self.retired = retired
        self._come_or_go()

    def set_latency(self, latency: float) -> None:
        """Another network latency, for what is sent from now on."""
        self._link.set_latency(latency)

    def _come_or_go(self) -> None:
        if self.should_run:
            self.workload.begin()
            self._go_on()
        else:
            self.workload.pause()

    def _adjust(self, before: Condition) -> None:
        now = self.condition
        self._link.extra = now.delay
        self._link.refresh()
        if now.killed and not before.killed:
            self._die()
        if now.cut and not before.cut:
            self._lose_calls()
        self.workload.scale(now.spike / now.slow)
        self._come_or_go()
        self._go_on()

    def _lose_calls(self) -> None:
        self._link.cut()
        for out in list(self.calling.values()):
            self._fail(out)

    def _die(self) -> None:
        """What it waited for or had in memory has failed."""
        self._link.cut()
        self.failed += len(self.calling) + len(self.waiting) + len(self._resting)
        self.calling.clear()
        self.waiting.clear()
        self._resting.clear()

    # -- figures --------------------------------------------------------------------------------------

    @property
    def held(self) -> int:
        """Work that arose and is not called for yet, or waits to be tried again."""
        return len(self.waiting) + len(self._resting)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to be done by it, ever."""
        return self.workload.is_over and not self.held and not self.calling

    @property
    def blocked_time(self) -> float:
        """Seconds in which something waited to be called for."""
        return self._stuck.total

    @property
    def state(self) -> ClientState:
        """How it is: the worst that applies."""
        condition = self.condition
        if condition.killed:
            return ClientState.KILLED
        if not self.should_run:
            return ClientState.STOPPED
        if condition.cut:
            return ClientState.DISCONNECTED
        if condition.hanging:
            return ClientState.HANGING
        if self.waiting:
            return ClientState.WAITING
        if condition.slow > 1.0:
            return ClientState.SLOW
        return ClientState.DONE if self.is_done else ClientState.RUNNING

    def member(self) -> ProducerMember:
        """Its part of the result: nothing of it was published."""
        return ProducerMember(waiting=self.held, blocked_time=self.blocked_time)
