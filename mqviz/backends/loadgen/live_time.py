"""Virtual time that is the clock's: what is due is done when the clock has come to it, and how late that was is kept.

Producers and consumers of the simulator live on a scheduler; on this one they live in real time.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from math import inf

from mqviz.clock import Clock, Scheduler
from mqviz.model.histogram import Histogram

NEAR = 0.001
"""Seconds ahead of the clock that may be gone to at once: commands by hand look for a quiet moment so near."""

MADE_UP = 0.02
"""Seconds of lateness that are made up for: what follows is counted from when it should have been. A timer of the system is a
millisecond late, which at a service time of a few would be a slower server than the scenario's. `now` may go back by so much.
"""

_CHECK_EVERY = 16


class LiveTime(Scheduler):
    """Stands at 0 until `begin`. `due`: when the action now being done was to be done; `late`: by how much actions were late."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._zero: float | None = None
        self._end = inf
        self.due = 0.0
        self.late = Histogram()

    def begin(self, end: float) -> None:
        """From now on the clock counts, up to `end`."""
        self._zero, self._end = self._clock.now(), end

    def freeze(self) -> None:
        """The run is over: the clock stands."""
        self._end = min(self._end, self.wall)

    @property
    def has_begun(self) -> bool:
        """Whether the clock counts."""
        return self._zero is not None

    @property
    def wall(self) -> float:
        """Seconds since it began, at most up to the end."""
        return 0.0 if self._zero is None else min(self._clock.now() - self._zero, self._end)

    @property
    def lag(self) -> float:
        """Seconds that what is due next has been waiting for."""
        return max(0.0, self.wall - self.next_at)

    def touch(self) -> None:
        """Something came from outside: it is now."""
        wall = self.wall
        if wall > self.now:
            self.now = self.due = wall

    def run_until(self, when: float, expired: Callable[[], bool]) -> bool:
        """Do what is due by the clock up to `when`; true where that has been reached."""
        if self._zero is None:
            return False
        done = 0
        while (at := self.next_at) <= self._reach(when):
            _, _, action, argument = heappop(self.heap)
            assert action is not None
            wall = self.wall
            self.due = at
            self.now = max(at, min(wall, when) - MADE_UP)
            self.late.add(max(0.0, wall - at))
            follower = action(argument)
            if follower is not None:
                heappush(self.heap, follower)
            done += 1
            if done % _CHECK_EVERY == 0 and expired():
                return False
        reach = self._reach(when)
        self.now = self.due = max(self.now, reach)
        return reach >= when

    def _reach(self, when: float) -> float:
        wall = self.wall
        return when if when <= wall + NEAR else wall
