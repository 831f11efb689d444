"""Whether our own clients kept up: what was asked of them and what they made, second by second, and how late they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mqviz.backends.loadgen.live_time import LiveTime
from mqviz.model.result import Clients
from mqviz.sim.caller import Caller
from mqviz.sim.measures import summary
from mqviz.sim.producer import Producer

LATE = 0.25
"""Seconds that clients may be behind at the end of a second and still have kept up."""

Producers = Callable[[], Iterable[Producer | Caller]]


class Pace:
    """Looks at the end of every second."""

    def __init__(self, time: LiveTime, producers: Producers) -> None:
        self._time = time
        self._producers = producers
        self._asked = self._made = 0
        self._asked_peak = self._made_peak = 0
        self._behind = 0.0
        self.held_time = 0.0

    def look(self) -> None:
        """A second is over."""
        self._behind = max(self._behind, self._time.wall - self._time.due)
        asked, made = self._totals(self._time.due)
        self._asked_peak = max(self._asked_peak, asked - self._asked)
        self._made_peak = max(self._made_peak, made - self._made)
        self._asked, self._made = asked, made

    def _totals(self, until: float) -> tuple[int, int]:
        asked = made = 0
        for each in self._producers():
            first = each.sent - each.retried
            made += first
            asked += first + each.held + _overdue(each, until)
        return asked, made

    def report(self) -> Clients:
        """What came of it so far."""
        asked, made = self._totals(self._time.wall)
        behind = max(self._behind, self._time.lag)
        return Clients(
            asked=asked,
            made=made,
            asked_peak=max(self._asked_peak, asked - self._asked),
            made_peak=max(self._made_peak, made - self._made),
            late=summary(self._time.late),
            behind=behind,
            held_time=self.held_time,
            kept_up=behind <= LATE,
        )


def _overdue(producer: Producer | Caller, until: float) -> int:
    """Arrivals that are due and that nobody has seen to."""
    workload = producer.workload
    if workload.timer is None or workload.due >= until:
        return 0
    return 1 + sum(1 for time in workload.upcoming if time < until)
