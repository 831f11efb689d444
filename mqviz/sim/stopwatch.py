"""How long something was so, altogether."""

from __future__ import annotations

from mqviz.clock import Scheduler


class Stopwatch:
    """Adds up the time between `run` and `stop`."""

    __slots__ = ("_scheduler", "_since", "_total")

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._since: float | None = None
        self._total = 0.0

    @property
    def total(self) -> float:
        """Seconds so far."""
        return self._total + (0.0 if self._since is None else self._scheduler.now - self._since)

    def set(self, running: bool) -> None:
        """Let it run, or stop it; again is no harm."""
        if running and self._since is None:
            self._since = self._scheduler.now
        elif not running and self._since is not None:
            self._total, self._since = self.total, None
