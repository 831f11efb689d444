"""Wall time and date, hand-cranked time, virtual time, and the gear between them.

The only module that may read the machine's clock. Everything below `app` is given one of these.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from heapq import heappop, heappush, heappushpop
from itertools import count
from math import inf
from typing import Any, Protocol, TypeVar

A = TypeVar("A")

Timer = int
"""What `Scheduler.call_at` gives, to be handed to `Scheduler.cancel`."""

EPOCH = 1_767_225_600
"""Virtual 0 as seconds of Unix time: 2026-01-01T00:00:00Z, so that time stamps in messages are reproducible."""

_AFTER_ALL = 1 << 62
_CHECK_EVERY = 64


class Clock(Protocol):
    """Wall seconds, monotonic."""

    def now(self) -> float:
        """Seconds since some fixed moment."""


class WallClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        return time.perf_counter()


class ManualClock:
    """A clock that stands still until a test turns it."""

    def __init__(self, start: float = 0.0) -> None:
        self._now = start

    def now(self) -> float:
        """The time it was turned to."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Turn the clock forward."""
        self._now += seconds


def unix_time() -> float:
    """The machine's date as seconds of Unix time."""
    return time.time()


def date_and_time() -> str:
    """The local date and time as ISO 8601 without zone, for names of files and lines of a log."""
    return time.strftime("%Y-%m-%dT%H:%M:%S")

Entry = tuple[float, Timer, Callable[[Any], "Entry | None"] | None, Any]
"""When, serial, action and its argument. An action may give back the entry that follows it; most give None."""


class Scheduler:
    """Virtual time: what is to be done when, in the order of time, then of asking.

    The serial number in each entry makes ties first come, first served, so that a run is deterministic. Hot loops do without
    `call_at`: they push `(when, next(serials), action, argument)` onto `heap` themselves, where `when` must not lie in the past,
    or their action gives it back, which is cheaper: taking the next entry and leaving this one is one operation then.
    """

    __slots__ = ("_cancelled", "heap", "now", "serials")

    def __init__(self, now: float = 0.0) -> None:
        self.now = now
        self.heap: list[Entry] = []
        self.serials: Iterator[Timer] = count()
        self._cancelled: set[int] = set()

    def __len__(self) -> int:
        """How many actions wait."""
        return sum(1 for _, serial, action, _ in self.heap if action is not None and serial not in self._cancelled)

    def call_at(self, when: float, action: Callable[[A], Entry | None], argument: A) -> Timer:
        """Call `action(argument)` at virtual second `when`; what lies in the past is done at once, next."""
        serial = next(self.serials)
        heappush(self.heap, (when if when > self.now else self.now, serial, action, argument))
        return serial

    def call_in(self, delay: float, action: Callable[[A], Entry | None], argument: A) -> Timer:
        """Call `action(argument)` after `delay` virtual seconds."""
        return self.call_at(self.now + delay, action, argument)

    def cancel(self, timer: Timer) -> None:
        """Forget an action that has not been done yet. (One that has been done must not be cancelled.)"""
        self._cancelled.add(timer)

    @property
    def next_at(self) -> float:
        """When the next action is due; infinity where nothing waits."""
        heap, cancelled = self.heap, self._cancelled
        while heap and (heap[0][2] is None or heap[0][1] in cancelled):
            cancelled.discard(heappop(heap)[1])
        return heap[0][0] if heap else inf

    def step(self) -> bool:
        """Do the next action alone; whether there was one."""
        if self.next_at == inf:
            return False
        self.now, _, action, argument = heappop(self.heap)
        assert action is not None
        follower = action(argument)
        if follower is not None:
            heappush(self.heap, follower)
        return True

    # long: the innermost loop of the program; a call for each action would cost a fifth of the speed.
    def run_until(self, when: float, expired: Callable[[], bool]) -> bool:
        """Do everything due up to and with `when`; false where the slot was used up before (work is left).

        `expired` is asked every 64 actions. A sentinel behind the last action ends the loop, which is
        cheaper than comparing times; one left over from an expired slot is known by its argument.
        """
        heap, cancelled, end = self.heap, self._cancelled, object()
        follower: Entry | None = (when, _AFTER_ALL + next(self.serials), None, end)
        while True:
            for _ in range(_CHECK_EVERY):
                at, serial, action, argument = heappop(heap) if follower is None else heappushpop(heap, follower)
                if action is None:
                    if argument is end:
                        if when > self.now:
                            self.now = when
                        return True
                    follower = None
                    continue
                if cancelled and serial in cancelled:
                    cancelled.discard(serial)
                    follower = None
                    continue
                self.now = at
                follower = action(argument)
            if expired():
                if follower is not None:
                    heappush(heap, follower)
                return False


class Pacer:
    """The gear between wall time and virtual time: paused, so many times as fast, or as fast as it goes.

    It only says how far virtual time should be. When the machine cannot keep up, the debt beyond
    `PATIENCE` is given up (virtual time slows) but stays in `lag`, until it has kept up for a while or the pace is changed.
    """

    PATIENCE = 0.5
    """Wall seconds of debt that are still caught up."""
    MEMORY = 5.0
    """Wall seconds for which what was given up is told."""

    def __init__(self, clock: Clock, speed: float = 1.0) -> None:
        self._clock = clock
        self._speed = speed
        self._paused = False
        self._wall = clock.now()
        self._virtual = 0.0
        self._given_up = 0.0
        self._gave_up_at = 0.0

    @property
    def speed(self) -> float:
        """Virtual seconds for each wall second; infinity for as fast as it goes."""
        return self._speed

    @property
    def paused(self) -> bool:
        """Whether virtual time stands."""
        return self._paused

    def set_speed(self, speed: float, virtual: float) -> None:
        """Go on from `virtual` with another speed."""
        self._speed = speed
        self._anchor(virtual)

    def pause(self, virtual: float) -> None:
        """Hold virtual time where it is."""
        self._paused = True
        self._anchor(virtual)

    def resume(self, virtual: float) -> None:
        """Let virtual time go on from where it was held."""
        self._paused = False
        self._anchor(virtual)

    def _anchor(self, virtual: float) -> None:
        self._wall, self._virtual, self._given_up = self._clock.now(), virtual, 0.0

    def target(self, virtual: float) -> float:
        """How far virtual time, now at `virtual`, should be."""
        if self._paused:
            return virtual
        if self._speed == inf:
            return inf
        due = self._virtual + (self._clock.now() - self._wall) * self._speed
        excess = (due - virtual) / self._speed - self.PATIENCE
        if excess > 0.0:
            self._given_up += excess
            self._gave_up_at = self._clock.now()
            self._wall += excess
            due -= excess * self._speed
        return max(due, virtual)

    def lag(self, virtual: float) -> float:
        """Wall seconds behind the wanted pace; what was given up counts as long as it is fresh."""
        target = self.target(virtual)
        if self._given_up and self._clock.now() - self._gave_up_at > self.MEMORY:
            self._given_up = 0.0
        return 0.0 if target == inf else self._given_up + (target - virtual) / self._speed

    def wait_for(self, virtual: float, due: float) -> float:
        """Wall seconds until virtual time `due` is reached from `virtual`; infinity while paused."""
        if self._paused:
            return inf
        if self._speed == inf:
            return 0.0
        return max(0.0, (due - self.target(virtual)) / self._speed)
