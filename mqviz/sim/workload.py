"""The arrivals of one producer on the scheduler: going on from one to the next, scaled, paused, or a few more at once."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from mqviz.clock import Entry, Scheduler, Timer
from mqviz.model.load import Load
from mqviz.sim.arrivals import Arrivals


class Workload:
    """Calls `arrive(time)` at every arrival; who is called must call `go_on` in turn, or do its work.

    `upcoming`: times that come after `due`, the soonest last.
    """

    def __init__(
        self, scheduler: Scheduler, loads: tuple[Load, ...], seed: int, name: str, arrive: Callable[[float], Entry | None]
    ) -> None:
        self._scheduler = scheduler
        self._arrivals = Arrivals(loads, seed, name, scheduler.now)
        self.upcoming = self._arrivals.upcoming
        self._arrive = arrive
        self.due = inf
        self.timer: Timer | None = None
        self._factor = self._knob = 1.0
        self._paused = True

    @property
    def is_over(self) -> bool:
        """Whether there will be no more arrivals."""
        return self.timer is None and self._arrivals.is_over

    @property
    def is_endless(self) -> bool:
        """Whether the file sets it no end."""
        return self._arrivals.is_endless

    @property
    def rate(self) -> float:
        """What is asked for now, messages a second."""
        return 0.0 if self._paused else self._arrivals.rate(self._scheduler.now)

    def go_on(self) -> None:
        """Wait for the next arrival."""
        if self.upcoming or self._arrivals.refill():
            self.due = due = self.upcoming.pop()
            self.timer = self._scheduler.call_at(due, self._arrive, due)
        else:
            self.timer = None

    def begin(self) -> None:
        """Go on from the present moment; arrivals that were missed are not made up for."""
        if not self._paused:
            return
        self._paused = False
        now = self._scheduler.now
        while (self.upcoming or self._arrivals.refill()) and self.upcoming[-1] < now:
            self.upcoming.pop()
        self.go_on()

    def pause(self) -> None:
        """Nothing arrives until `begin`."""
        self._hold()
        self._paused = True

    def _hold(self) -> None:
        """Take back the arrival that is waited for."""
        if self.timer is not None:
            self._scheduler.cancel(self.timer)
            self.timer = None
            self._arrivals.give_back(self.due)

    def scale(self, factor: float) -> None:
        """Faults: so many times the rate, from now on."""
        if factor != self._factor:
            self._factor = factor
            self._rescale()

    def set_rate(self, rate: float) -> None:
        """The knob: scale all rates of the file so that their sum is this; where they have none, an even load is added."""
        now = self._scheduler.now
        written = self._arrivals.written_rate(now)
        self._hold()
        if written > 0.0:
            self._knob = rate / written
        elif rate > 0.0:
            self._knob = 1.0
            self._arrivals.add_constant(now, rate)
        self._rescale()

    def _rescale(self) -> None:
        self._hold()
        self._arrivals.scale(self._scheduler.now, self._factor * self._knob)
        if not self._paused:
            self.go_on()
