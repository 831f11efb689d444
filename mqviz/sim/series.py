"""Samples of every whole second of a run: what flowed in it, and how the queues then are."""

from __future__ import annotations

from mqviz.engine.ledger import Totals
from mqviz.engine.queue import Queue
from mqviz.model.result import QueueSample, Sample
from mqviz.sim.world import World

Queues = dict[str, tuple[int | None, int, float | None]]
Row = tuple[int, int, int, int, Queues]


class Series:
    """Takes a sample at t = 1, 2, ... in virtual time. `oldest`: the greatest age seen, by queue."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rows: list[Row] = []
        self.oldest: dict[str, float] = {}
        world.scheduler.call_at(1.0, self._sample, 1)

    def _sample(self, second: int) -> None:
        world = self._world
        published, delivered, acknowledged, redelivered = self._flows()
        self._rows.append((published, delivered, acknowledged, redelivered, self.look()))
        world.measures.fold()
        world.scheduler.call_at(second + 1.0, self._sample, second + 1)

    def _flows(self) -> tuple[int, int, int, int]:
        broker = self._world.broker
        every: list[Queue | Totals] = [*broker.queues.values(), *broker.topology.buried.values(), broker.replies.queue]
        delivered = sum(each.delivered for each in every)
        return broker.published, delivered, sum(each.acknowledged for each in every), sum(each.redelivered for each in every)

    def look(self) -> Queues:
        """Every queue now: ready, unacknowledged, age of the oldest."""
        now = self._world.scheduler.now
        found: Queues = {}
        for name, queue in self._world.broker.queues.items():
            entered = queue.oldest
            age = None if entered is None else now - entered
            if age is not None and age > self.oldest.get(name, -1.0):
                self.oldest[name] = age
            found[name] = (len(queue.ready), queue.unacked, age)
        return found

    @property
    def samples(self) -> tuple[Sample, ...]:
        """All so far, with rates."""
        before: Row = (0, 0, 0, 0, {})
        found = []
        for second, row in enumerate(self._rows, 1):
            found.append(_sample(float(second), before, row))
            before = row
        return tuple(found)


def _sample(time: float, before: Row, row: Row) -> Sample:
    return Sample(
        time=time,
        publish=float(row[0] - before[0]),
        deliver=float(row[1] - before[1]),
        acknowledge=float(row[2] - before[2]),
        redeliver=float(row[3] - before[3]),
        queues={
            name: QueueSample(ready=ready, unacknowledged=unacked, oldest=oldest)
            for name, (ready, unacked, oldest) in row[4].items()
        },
    )
