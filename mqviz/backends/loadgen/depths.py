"""How full the queues of the real broker are: what it says itself of ready messages, and what our consumers hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mqviz.backends.loadgen.broker import RealBroker
from mqviz.backends.loadgen.gauge import Gauge
from mqviz.sim.series import Queues, Series
from mqviz.sim.world import World

FEW = 100
OFTEN, SELDOM = 0.2, 1.0
"""Seconds between two measurements, of up to `FEW` queues and of more."""


@dataclass(slots=True)
class _Depth:
    """Greatest depth and the area under it, over the readings so far."""

    ready: int = 0
    held: int = 0
    since: float = 0.0
    area: float = 0.0
    greatest: int = 0


class Depths:
    """Ready messages of every queue that may be asked, as last told; the greatest and the mean depth over all readings.

    `are_settled`: nothing moves any more, and all readings are of now.
    """

    def __init__(self, broker: RealBroker, gauge: Gauge) -> None:
        self._broker = broker
        self._gauge = gauge
        self._all: dict[str, _Depth] = {}
        self._rows: dict[str, Queues] = {}
        self.are_settled = False
        gauge.on_reading = self._read

    @property
    def interval(self) -> float:
        """Seconds until the next measurement."""
        return OFTEN if len(self._broker.queues) <= FEW else SELDOM

    def measure(self) -> None:
        """Ask the broker."""
        naming = self._broker.naming
        self._gauge.measure((name, naming.queue(name)) for name in self._broker.queues if self.can_tell(name))

    def can_tell(self, name: str) -> bool:
        """Whether the queue may be asked without a change to it."""
        queue = self._broker.queues.get(name)
        return queue is not None and queue.owner is None and queue.limits.expires is None

    def ready(self, name: str) -> int | None:
        """Messages ready; None where that cannot be told."""
        is_told = self.can_tell(name) and not self._gauge.is_over
        reading = self._gauge.readings.get(name) if is_told else None
        return None if reading is None else reading.ready

    @property
    def age(self) -> float:
        """Seconds since the oldest of the newest readings."""
        now = self._broker.time.now
        return max((now - each.at for name, each in self._gauge.readings.items() if self.can_tell(name)), default=0.0)

    def greatest(self, name: str) -> int | None:
        """The greatest depth seen."""
        depth = self._all.get(name)
        return None if depth is None else depth.greatest

    def mean(self, name: str, now: float) -> float | None:
        """The mean depth over time."""
        depth = self._all.get(name)
        if depth is None or not now:
            return None
        return (depth.area + (depth.ready + depth.held) * max(0.0, now - depth.since)) / now

    def await_row(self, name: str, row: Queues) -> None:
        """The next reading belongs into this row of the series."""
        self._rows[name] = row

    def _read(self, name: str, ready: int) -> None:
        queue = self._broker.queues.get(name)
        held, now = 0 if queue is None else queue.unacked, self._broker.time.now
        depth = self._all.setdefault(name, _Depth())
        depth.area += (depth.ready + depth.held) * max(0.0, now - depth.since)
        depth.ready, depth.held, depth.since = ready, held, now
        depth.greatest = max(depth.greatest, ready + held)
        row = self._rows.pop(name, None)
        if row is not None:
            row[name] = (ready, held, None)


class LiveSeries(Series):
    """Samples of every whole second, whose depths are filled in as soon as the broker has told them."""

    def __init__(self, world: World, depths: Depths, each_second: Callable[[], None]) -> None:
        super().__init__(world)
        self._broker = world.broker
        self._depths = depths
        self._each_second = each_second

    def look(self) -> Queues:
        """Every queue now; the age of the oldest message cannot be told."""
        found: Queues = {name: (self._depths.ready(name), queue.unacked, None) for name, queue in self._broker.queues.items()}
        for name in found:
            self._depths.await_row(name, found)
        self._depths.measure()
        self._each_second()
        return found
