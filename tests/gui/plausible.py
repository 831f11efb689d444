"""A run that never was, for pictures and tests of the curves: a spike, a cut, a slow consumer and a killed one."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, sin

import numpy as np

from mqviz.model.backend import Update
from mqviz.model.faults import Cut, Fault, Kill, Slow, Spike
from mqviz.model.histogram import Histogram
from mqviz.model.result import CopyLedger, Ledger, MessageLedger, Reasons, WorkLedger
from mqviz.model.snapshot import (
    ActiveFault,
    ConsumerStats,
    LogEntry,
    ProducerStats,
    QueueStats,
    Snapshot,
)
from mqviz.viewmodel.recorder import Recorder

STEP = 0.1
LIMIT = 2000
FAULTS: tuple[tuple[Fault, float, float | None], ...] = (
    (Spike(target="order-api", factor=2.6), 48.0, 64.0),
    (Cut(side="consumers"), 70.0, 78.0),
    (Slow(target="worker-3", factor=4.0), 114.0, None),
    (Kill(target="worker-2"), 132.0, None),
)


class Run:
    """Counts what two queues do, a tenth of a second at a time."""

    def __init__(self, seed: int = 5, faults: tuple[tuple[Fault, float, float | None], ...] = FAULTS) -> None:
        self._luck = np.random.default_rng(seed)
        self._faults = faults
        self._latency = Histogram()
        self.time = 0.0
        self.published = self.delivered = self.acknowledged = self.redelivered = self.dead = self.dropped = 0
        self.ready, self.unacked = 120, 60
        self._enqueued = self.ready + self.unacked

    def _rate(self) -> float:
        spike = 1.55 * exp(-(((self.time - 53.0) / 5.5) ** 2))
        return 265.0 * (1.0 + spike) + 6.0 * sin(self.time)

    def _capacity(self) -> float:
        if 70.0 <= self.time < 78.0:
            return 8.0
        return 330.0 if self.time < 114.0 else 300.0 if self.time < 132.0 else 180.0

    def advance(self) -> Update:
        """The next tenth of a second."""
        self.time = round(self.time + STEP, 1)
        came = int(self._luck.poisson(self._rate() * STEP))
        lost = max(0, self.ready + came - LIMIT)
        taken = min(self.ready + came - lost, int(self._luck.poisson(self._capacity() * STEP)))
        again = int(self._luck.poisson(6.0 if 78.0 <= self.time < 84.0 else 2.2 if self.time > 132.0 else 0.12))
        dead = int(self._luck.poisson(0.35 if self.time > 70.0 else 0.03))
        self.ready += came - lost - taken
        self.published += came
        self._enqueued += came - lost
        self.dropped += lost
        self.delivered += taken + again
        self.acknowledged += max(taken - dead, 0)
        self.dead += min(dead, taken)
        self.redelivered += again
        self.unacked = 60 + int(40 * (self.time > 70.0))
        wait = (self.ready + self.unacked) / max(self._capacity(), 60.0)
        self._latency.extend((0.02 + wait * 0.12 * self._luck.gamma(4.0, 0.25, size=max(taken, 1))).tolist())
        return Update(snapshot=self.snapshot(), log=self._log())

    def snapshot(self) -> Snapshot:
        """What is true now."""
        work = QueueStats(
            name="orders.new",
            type="quorum",
            durable=True,
            messages_ready=self.ready,
            messages_unacknowledged=self.unacked,
            max_length=LIMIT,
            consumers=3,
            enqueued=self._enqueued,
            delivered=self.delivered,
            redelivered=self.redelivered,
            acknowledged=self.acknowledged,
            dead_lettered=self.dead,
            dropped=self.dropped,
            oldest=self.ready / 250.0,
        )
        letters = QueueStats(name="orders.dlq", messages_ready=self.dead, enqueued=self.dead)
        producers = (ProducerStats(name="order-api.1", client="order-api", exchange="orders", routing_key="new", published=self.published),)
        workers = tuple(
            ConsumerStats(name=f"worker.{k}", client="worker", queue="orders.new", acknowledged=self.acknowledged // 3) for k in (1, 2, 3)
        )
        return Snapshot(
            time=self.time,
            queues=(work, letters),
            producers=producers,
            consumers=workers,
            faults=self._active(),
            ledger=self.ledger(),
            latency=self._latency.counts(),
        )

    def _active(self) -> tuple[ActiveFault, ...]:
        every = enumerate(self._faults, 1)
        return tuple(
            ActiveFault(id=k, fault=fault, since=since, until=until)
            for k, (fault, since, until) in every
            if since <= self.time and (until is None or self.time < until)
        )

    def _log(self) -> tuple[LogEntry, ...]:
        return (LogEntry(time=self.time, code="run_started"),) if self.time == STEP else ()

    def ledger(self) -> Ledger:
        """Where everything went."""
        settled = self.acknowledged + self.dropped + self.dead
        ready = self.ready + self.dead
        enqueued = settled + ready + self.unacked
        return Ledger(
            messages=MessageLedger(published=self.published, routed=self.published - self.dropped, refused=self.dropped),
            copies=CopyLedger(
                enqueued=enqueued,
                acknowledged=self.acknowledged,
                ready=ready,
                unacknowledged=self.unacked,
                dropped=self.dropped,
                dead_lettered=self.dead,
                reasons=Reasons(delivery_limit=self.dead),
            ),
            work=WorkLedger(completed=self.acknowledged),
            balanced=True,
            nothing_lost=self.dropped == 0,
        )


def updates(seconds: float = 144.0, run: Run | None = None) -> Iterator[Update]:
    """So many seconds of it."""
    run = run or Run()
    for _ in range(round(seconds / STEP)):
        yield run.advance()


def recorder(seconds: float = 144.0, run: Run | None = None) -> Recorder:
    """A recorder that has seen so many seconds."""
    result = Recorder()
    for update in updates(seconds, run):
        result.append(update)
    return result
