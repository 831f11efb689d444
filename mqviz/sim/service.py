"""A server with so many workers and so many places to wait: what a caller without a queue, or a consumer, works against.

A caller who loses patience while waiting is let go; one who does so while being served leaves a worker that finishes in
vain, as a real server does, which is why an overloaded one gets less and less done.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import count
from typing import Any

from msgspec import Struct

from mqviz.clock import Scheduler, Timer
from mqviz.model.distributions import Distribution
from mqviz.model.result import ServiceResult
from mqviz.model.scenario import ServiceSpec
from mqviz.model.snapshot import ClientState
from mqviz.sim.chance import draws, stream, uniform
from mqviz.sim.condition import Condition, Exposed
from mqviz.sim.measures import Measures
from mqviz.sim.workers import Job, Workers


class End(Enum):
    """How a request ended for its caller."""

    COMPLETED = "completed"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    FAILED = "failed"


Answer = Callable[[Any, End], None]


class Request(Struct, eq=False):
    """One request; `is_open` while its caller waits for the answer."""

    number: int
    answer: Answer
    argument: Any
    asked: float
    timer: Timer | None = None
    is_open: bool = True


class Service(Exposed):
    """One service. `ask` is its door; the answer comes later, never from inside `ask`."""

    def __init__(self, scheduler: Scheduler, spec: ServiceSpec, seed: int, measures: Measures) -> None:
        super().__init__()
        self.spec = spec
        self.name = spec.name
        self._scheduler = scheduler
        self._luck = stream(seed, spec.name, "service")
        self._fails = uniform(stream(seed, spec.name, "fail")).__next__
        self._numbers = count(1)
        self._vain = 0
        self.workers = Workers(scheduler, spec.workers, self._finish)
        self.accept, self.timeout = spec.accept, spec.timeout
        self.waiting: dict[int, Request] = {}
        self.latency = measures.of("service latency", spec.name)
        self.requests = 0
        self.retired = False
        self.ended = dict.fromkeys(End, 0)
        self.set_service(spec.service)

    @property
    def in_service(self) -> int:
        """Requests that are served and whose callers still wait for the answer."""
        return len(self.workers.busy) - self._vain

    def set_service(self, service: Distribution) -> None:
        """Another service time, for requests that begin from now on."""
        self.service = service
        self._draw = draws(service, self._luck)

    def set_workers(self, count: int) -> None:
        """More or fewer workers; those too many finish what they do."""
        self.workers.employ(count, self._is_present)
        self._serve()

    @property
    def _is_present(self) -> bool:
        """Whether its workers are there: those of one that leaves, as long as they have something to do."""
        return not self.condition.killed and (not self.retired or bool(self.workers.busy or self.waiting))

    def retire(self, retired: bool) -> None:
        """Leave for good, in good order: refuse what comes, finish what is in hand; or come back after all."""
        self.retired = retired
        self.workers.employ(self.workers.count, self._is_present)

    # -- requests ---------------------------------------------------------------------------------

    def ask(self, answer: Answer, argument: Any) -> None:
        """A request; `answer(argument, end)` is called when it has ended for its caller."""
        request = Request(next(self._numbers), answer, argument, self._scheduler.now)
        self.requests += 1
        if self.condition.killed:
            self._close(request, End.FAILED)
        elif self.condition.stopped or self.retired or not self._has_place():
            self._close(request, End.REFUSED)
        else:
            self._take(request)

    def _has_place(self) -> bool:
        return self.workers.has_free or self.accept is None or len(self.waiting) < self.accept

    def _take(self, request: Request) -> None:
        if self.timeout is not None:
            request.timer = self._scheduler.call_in(self.timeout, self._give_up, request)
        self.waiting[request.number] = request
        self._serve()

    def _serve(self) -> None:
        """Free workers begin with those that wait longest."""
        waiting = self.waiting
        while waiting and self.workers.has_free:
            request = waiting.pop(next(iter(waiting)))
            overload = 1.0 + self.spec.overload * len(waiting)
            self.workers.begin(request.number, request, self._draw() * overload * self.workers.slow)

    def _finish(self, job: Job) -> None:
        if not self.workers.end(job):
            return
        request: Request = job[1]
        if request.is_open:
            self._close(request, End.FAILED if self._strikes() else End.COMPLETED)
        else:
            self._vain -= 1
        self._serve()

    def _strikes(self) -> bool:
        return any(self._fails() < share for share, _ in self.condition.fails)

    def _give_up(self, request: Request) -> None:
        """The caller's patience is at its end."""
        request.timer = None
        if self.waiting.pop(request.number, None) is None:
            self._vain += 1
        self._close(request, End.TIMED_OUT)

    def _close(self, request: Request, end: End) -> None:
        """The request is over for its caller, who hears of it next."""
        request.is_open = False
        if request.timer is not None:
            self._scheduler.cancel(request.timer)
            request.timer = None
        if end is End.COMPLETED:
            self.latency.add(self._scheduler.now - request.asked)
        self.ended[end] += 1
        self._scheduler.call_at(self._scheduler.now, _tell, (request, end))
        if self.retired:
            self.workers.employ(self.workers.count, self._is_present)

    # -- faults -----------------------------------------------------------------------------------

    def _adjust(self, before: Condition) -> None:
        self.workers.slow = self.condition.slow
        if self.condition.killed and not before.killed:
            self._die()
        self.workers.employ(self.workers.count, self._is_present)
        if self.condition.hanging:
            self.workers.freeze()
        else:
            self.workers.thaw()
        self._serve()

    def _die(self) -> None:
        """Everybody's request fails, whether it was served or waited."""
        served = [job[1] for job in self.workers.busy.values()]
        self.workers.drop()
        self._vain = 0
        every = [each for each in served if each.is_open] + list(self.waiting.values())
        self.waiting.clear()
        for request in every:
            self._close(request, End.FAILED)

    # -- figures ----------------------------------------------------------------------------------

    @property
    def busy_time(self) -> float:
        """Seconds of work of all workers so far."""
        return self.workers.total_busy(self._scheduler.now)

    @property
    def state(self) -> ClientState:
        """How it is: the worst that applies."""
        condition = self.condition
        if condition.killed:
            return ClientState.KILLED
        if condition.stopped or self.retired:
            return ClientState.CLOSING if self.workers.busy or self.waiting else ClientState.STOPPED
        if condition.hanging:
            return ClientState.HANGING
        if condition.fails:
            return ClientState.FAILING
        if condition.slow > 1.0:
            return ClientState.SLOW
        return ClientState.RUNNING if self.workers.busy else ClientState.IDLE

    def result(self, measures: Measures) -> ServiceResult:
        """What came of all requests so far."""
        now = self._scheduler.now
        return ServiceResult(
            requests=self.requests,
            completed=self.ended[End.COMPLETED],
            refused=self.ended[End.REFUSED],
            timed_out=self.ended[End.TIMED_OUT],
            failed=self.ended[End.FAILED],
            in_service=self.in_service,
            waiting=len(self.waiting),
            busy_time=self.busy_time,
            utilisation=self.workers.utilisation(now),
            latency=measures.summary("service latency", self.name),
        )


def _tell(closed: tuple[Request, End]) -> None:
    request, end = closed
    request.answer(request.argument, end)
