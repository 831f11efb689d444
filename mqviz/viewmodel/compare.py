"""Two runs over one time axis, and how they differ in figures: simulated against real, or any two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mqviz.model.result import Result

FEW = 0.01
"""The share of its peak under which a backlog counts as drained; a trickle keeps a queue from ever being empty."""

LEAST = 20
"""Messages that a backlog has at least; fewer are the usual to and fro of a queue."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of both runs. `code` says which, `subject` of what (a queue), `unit` is s, messages, per_second or yes_no.

    None: cannot be told of that run.
    """

    code: str
    unit: str
    first: float | None
    second: float | None
    subject: str = ""

    @property
    def share(self) -> float | None:
        """By how much the second is more than the first, as a share of the first; None where that means nothing."""
        if self.first is None or self.second is None or not self.first:
            return None
        return (self.second - self.first) / self.first


class Comparison:
    """Two results. `first` is the one to be compared with (the simulated one)."""

    def __init__(self, first: Result, second: Result) -> None:
        self.first, self.second = first, second

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All figures that either run has, in the order in which one would read them."""
        found = (*self._whole(), *self._queues())
        return tuple(each for each in found if each.first or each.second)

    def _whole(self) -> Iterator[Difference]:
        for code, unit, of in _FIGURES:
            yield Difference(code, unit, of(self.first), of(self.second))

    def _queues(self) -> Iterator[Difference]:
        for name in dict.fromkeys((*self.first.queues, *self.second.queues)):
            for code, unit, of in _OF_QUEUE:
                first, second = (of(result, name) if name in result.queues else None for result in (self.first, self.second))
                yield Difference(code, unit, first, second, name)

    @property
    def curves(self) -> dict[str, tuple[tuple[float, float | None, float | None], ...]]:
        """Depth (ready and unacknowledged) of every queue at each second of either run: time, first, second."""
        names = dict.fromkeys((*self.first.queues, *self.second.queues))
        return {name: tuple(_laid_over(depths(self.first, name), depths(self.second, name))) for name in names}


def depths(result: Result, queue: str) -> dict[float, float | None]:
    """How deep a queue was at each second."""
    found: dict[float, float | None] = {}
    for sample in result.series:
        told = sample.queues.get(queue)
        known = told is not None and told.ready is not None
        found[sample.time] = float((told.ready or 0) + (told.unacknowledged or 0)) if told is not None and known else None
    return found


def _laid_over(
    first: dict[float, float | None], second: dict[float, float | None]
) -> Iterator[tuple[float, float | None, float | None]]:
    for time in sorted({*first, *second}):
        yield time, first.get(time), second.get(time)


def drained_at(result: Result, queue: str) -> float | None:
    """The second, between two samples by interpolation, at which its backlog was down to a trickle after its peak.

    None where it was not, or where there was no backlog to speak of.
    """
    known = [(time, depth) for time, depth in depths(result, queue).items() if depth is not None]
    if not known:
        return None
    peak = max(range(len(known)), key=lambda index: known[index][1])
    if known[peak][1] < LEAST:
        return None
    limit = known[peak][1] * FEW
    for (before, deeper), (time, depth) in zip(known[peak:], known[peak + 1 :], strict=False):
        if depth <= limit:
            return before + (time - before) * (deeper - limit) / (deeper - depth)
    return None


def _rate(figure: str) -> Callable[[Result], float | None]:
    def mean(result: Result) -> float | None:
        known = [value for sample in result.series if (value := getattr(sample, figure)) is not None]
        return sum(known) / len(known) if known else None

    return mean


def _total(figure: str) -> Callable[[Result], float | None]:
    def total(result: Result) -> float | None:
        known = [getattr(queue, figure) for queue in result.queues.values()]
        return None if None in known else float(sum(known))

    return total


Figure = tuple[str, str, Callable[[Result], float | None]]
_FIGURES: tuple[Figure, ...] = (
    ("time", "s", lambda result: result.virtual_time),
    ("published", "messages", lambda result: result.ledger.messages.published),
    ("routed", "messages", lambda result: result.ledger.messages.routed),
    ("returned", "messages", lambda result: result.ledger.messages.returned),
    ("refused", "messages", lambda result: result.ledger.messages.refused),
    ("unroutable", "messages", lambda result: result.ledger.messages.unroutable),
    ("lost_in_transit", "messages", lambda result: result.ledger.messages.lost_in_transit),
    ("confirmed", "messages", lambda result: result.ledger.messages.confirmed),
    ("enqueued", "messages", lambda result: result.ledger.copies.enqueued),
    ("acknowledged", "messages", lambda result: result.ledger.copies.acknowledged),
    ("ready", "messages", lambda result: result.ledger.copies.ready),
    ("unacknowledged", "messages", lambda result: result.ledger.copies.unacknowledged),
    ("dead_lettered", "messages", lambda result: result.ledger.copies.dead_lettered),
    ("dropped", "messages", lambda result: result.ledger.copies.dropped),
    ("expired", "messages", lambda result: result.ledger.copies.expired),
    ("rejected", "messages", lambda result: result.ledger.copies.rejected),
    ("completed", "messages", lambda result: result.ledger.work.completed),
    ("repeated", "messages", lambda result: result.ledger.work.repeated),
    ("abandoned", "messages", lambda result: result.ledger.work.abandoned),
    ("redelivered", "messages", _total("redelivered")),
    ("publish_rate", "per_second", _rate("publish")),
    ("deliver_rate", "per_second", _rate("deliver")),
    ("latency_p50", "s", lambda result: result.latency.p50),
    ("latency_p95", "s", lambda result: result.latency.p95),
    ("latency_p99", "s", lambda result: result.latency.p99),
)
_OF_QUEUE: tuple[tuple[str, str, Callable[[Result, str], float | None]], ...] = (
    ("drained_at", "s", drained_at),
    ("deepest", "messages", lambda result, name: result.queues[name].depth.max),
    ("mean_depth", "messages", lambda result, name: result.queues[name].depth.mean),
    ("wait_p95", "s", lambda result, name: result.queues[name].wait.p95),
)
