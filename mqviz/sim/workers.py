"""Workers that do timed jobs: who is busy, for how long altogether, and what stands still while they hang."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from mqviz.clock import Entry, Scheduler

Job = tuple[int, Any, float, float]
"""Key, what is worked on, begun, due (infinite where somebody else ends it)."""


class Workers:
    """`count` workers; `busy` holds their jobs by key. A job that is not (any more) the very one in `busy` is void.

    The hot path of a consumer does the work of `begin` and of `end` itself.
    """

    __slots__ = ("_capacity", "_finish", "_frozen_at", "_present", "_scheduler", "_since", "busy", "busy_time", "count", "slow")

    def __init__(self, scheduler: Scheduler, count: int, finish: Callable[[Job], Entry | None]) -> None:
        self._scheduler = scheduler
        self._finish = finish
        self._frozen_at: float | None = None
        self._capacity, self._since, self._present = 0.0, scheduler.now, True
        self.count = count
        self.busy: dict[int, Job] = {}
        self.busy_time = 0.0
        self.slow = 1.0

    @property
    def places(self) -> int:
        """How many jobs they can do at once: none while they hang."""
        return 0 if self._frozen_at is not None else self.count

    @property
    def has_free(self) -> bool:
        """Whether one could begin a job now."""
        return len(self.busy) < self.places

    @property
    def is_frozen(self) -> bool:
        """Whether they hang."""
        return self._frozen_at is not None

    def begin(self, key: int, what: Any, seconds: float) -> None:
        """A worker begins; `finish(job)` is called when it is due, and must ask `end` first."""
        now = self._scheduler.now
        self.carry_on((key, what, now, now + seconds))

    def carry_on(self, job: Job) -> None:
        """A job that was begun goes on under another key, unless it is somebody else's to end it."""
        self.busy[job[0]] = job
        if job[3] < inf:
            self._scheduler.call_at(job[3], self._finish, job)

    def rename(self, keys: list[int]) -> None:
        """Jobs go on under these keys, in their order."""
        jobs = list(self.busy.values())
        self.busy.clear()
        for key, (_, what, begun, due) in zip(keys, jobs, strict=True):
            self.busy[key] = (key, what, begun, due)
            if self._frozen_at is None:
                self.carry_on(self.busy[key])

    def end(self, job: Job) -> bool:
        """Free the worker of this job, unless the job is void: its worker died or hung meanwhile."""
        if self.busy.get(job[0]) is not job:
            return False
        del self.busy[job[0]]
        self.busy_time += job[3] - job[2]
        return True

    def employ(self, count: int, present: bool) -> None:
        """So many workers from now on; they count as present or not in the utilisation."""
        self._capacity = self.capacity
        self._since = self._scheduler.now
        self.count, self._present = count, present

    @property
    def capacity(self) -> float:
        """Workers times seconds present so far."""
        return self._capacity + (self.count * (self._scheduler.now - self._since) if self._present else 0.0)

    def utilisation(self, now: float) -> float | None:
        """Share of their time that they were busy; None where they were never present."""
        return self.total_busy(now) / self.capacity if self.capacity else None

    def total_busy(self, now: float) -> float:
        """Seconds of work so far, that in progress included."""
        until = now if self._frozen_at is None else self._frozen_at
        return self.busy_time + sum(until - job[2] for job in self.busy.values())

    def freeze(self) -> None:
        """They hang: jobs stand still."""
        if self._frozen_at is None:
            self._frozen_at = self._scheduler.now
            self.busy.update({key: (key, what, begun, due) for key, what, begun, due in self.busy.values()})

    def thaw(self) -> None:
        """They go on where they stood."""
        if self._frozen_at is None:
            return
        stood = self._scheduler.now - self._frozen_at
        self._frozen_at = None
        for key, what, begun, due in list(self.busy.values()):
            self.carry_on((key, what, begun + stood, due + stood))

    def drop(self) -> int:
        """They died: their jobs are void; how many those were. What was worked on them counts as busy time."""
        self.busy_time = self.total_busy(self._scheduler.now)
        count = len(self.busy)
        self.busy.clear()
        return count
