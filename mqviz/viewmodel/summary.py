"""What a run came to, in the few figures that matter, and what limited it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mqviz.model.result import Result
from mqviz.model.snapshot import ConsumerStats
from mqviz.viewmodel.accounts import losses, thrown_away
from mqviz.viewmodel.ends import ends_of
from mqviz.viewmodel.fault_spans import FaultSpan
from mqviz.viewmodel.findings import Finding, Severity, finding
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.series import EMPTY, Series

_FEW = 20
_BUSY = 0.9
_FULL = 0.9
_LASTING = 0.05
_GREATER_PART = 0.5
_HAMPERING = frozenset(("kill", "stop", "hang", "slow", "fail", "cut", "down", "restart", "delay", "spike"))
"""Faults that make a queue fill."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One finished run. `calls`: there was no broker between, the figures are of direct requests.

    `drained_in`: seconds that the greatest backlog lasted; None where it was never worked off, or there was none to speak of.
    `lost` and `thrown_away`: counts by cause. `limited_by`: the one thing that held it back most; `kept_up` where nothing did.
    """

    scenario: str
    virtual_time: float
    interrupted: bool
    calls: bool
    asked: int
    completed: int
    left: int
    drained_in: float | None
    p95: float | None
    most_waiting: int
    lost: tuple[tuple[str, int], ...]
    thrown_away: tuple[tuple[str, int], ...]
    balanced: bool | None
    limited_by: Finding

    @property
    def lost_count(self) -> int:
        """How many are gone without a rule of the file."""
        return sum(count for _, count in self.lost)

    @property
    def thrown_count(self) -> int:
        """How many a rule of the file threw away or turned back."""
        return sum(count for _, count in self.thrown_away)


def summarise(result: Result, recorder: Recorder) -> RunSummary:
    """The summary of a result; the recorder knows how it came about."""
    calls = bool(result.services) and not result.queues
    left = sum(each.in_service + each.waiting for each in result.services.values()) if calls else _left(result)
    waiting = _waiting(result, recorder, calls=calls)
    return RunSummary(
        scenario=result.scenario.name,
        virtual_time=result.virtual_time,
        interrupted=result.interrupted,
        calls=calls,
        asked=sum(each.requests for each in result.services.values()) if calls else result.ledger.messages.published,
        completed=sum(each.completed for each in result.services.values()) if calls else result.ledger.work.completed,
        left=left,
        drained_in=_drained_in(waiting),
        p95=result.latency.p95,
        most_waiting=int(_peak(waiting)),
        lost=() if calls else losses(result.ledger) or _given_up(result),
        thrown_away=_failed_calls(result) if calls else thrown_away(result.ledger),
        balanced=result.ledger.balanced,
        limited_by=limited_by(result, recorder),
    )


def _given_up(result: Result) -> tuple[tuple[str, int], ...]:
    """Beside queues: direct calls that came to nothing, where some were given up."""
    failed = sum(each.refused + each.timed_out + each.failed for each in result.services.values())
    return (("calls", failed),) if failed and result.ledger.nothing_lost is False else ()


def _left(result: Result) -> int:
    return result.ledger.left


def _failed_calls(result: Result) -> tuple[tuple[str, int], ...]:
    services = result.services.values()
    counts = ((code, sum(getattr(each, code) for each in services)) for code in ("refused", "timed_out", "failed"))
    return tuple((code, count) for code, count in counts if count)


def _waiting(result: Result, recorder: Recorder, *, calls: bool) -> Series:
    """What waited for a consumer or a worker over time, without queues that only collect dead letters."""
    if calls:
        return recorder.series("waiting")
    whole = recorder.series("ready")
    each = [recorder.series(f"queue:{name}.ready").values for name in _working(result, recorder)]
    known = [np.nan_to_num(values) for values in each if values.size == whole.times.size]
    return Series(whole.times, np.sum(known, axis=0)) if known else EMPTY


def _drained_in(waiting: Series) -> float | None:
    """How long the greatest backlog lasted: from the last empty row before its peak to the first after; None for a small one."""
    if not waiting.values.size or not np.nanmax(waiting.values) > _FEW:
        return None
    peak = int(np.nanargmax(waiting.values))
    empty = np.flatnonzero(waiting.values <= 0.0)
    before, after = empty[empty < peak], empty[empty > peak]
    if not after.size:
        return None
    return float(waiting.times[after[0]] - (waiting.times[before[-1]] if before.size else waiting.times[0]))


def _peak(series: Series) -> float:
    known = series.values[~np.isnan(series.values)]
    return float(known.max()) if known.size else 0.0


def limited_by(result: Result, recorder: Recorder) -> Finding:
    """The one thing that held the run back most; what was lost is told beside it."""
    found = (_overloaded(result), _of_deepest(result, recorder), _refused(result), _blocked(result))
    return next((each for each in found if each is not None), _kept_up(result))


def _overloaded(result: Result) -> Finding | None:
    """The service that turned most requests away, or let most wait too long."""
    name = max(result.services, key=lambda each: _turned_away(result, each), default=None)
    if name is None or not _turned_away(result, name):
        return None
    service = result.services[name]
    figures = {"refused": service.refused, "timed_out": service.timed_out, "utilisation": service.utilisation}
    return finding("service_overloaded", Severity.DANGER, f"service:{name}", requests=service.requests, **figures)


def _turned_away(result: Result, name: str) -> int:
    service = result.services[name]
    return service.refused + service.timed_out


def _of_deepest(result: Result, recorder: Recorder) -> Finding | None:
    """Why most waited in the queue where most did: a fault, nobody there, everybody busy all the time, or with full hands."""
    peaks = {name: _peak(recorder.series(f"queue:{name}.ready")) for name in _working(result, recorder)}
    name = max(peaks, key=lambda each: peaks[each], default=None)
    if name is None or not _is_lasting(recorder.series(f"queue:{name}.ready")):
        return None
    if not result.queues[name].delivered:
        return finding("queue_without_consumer", Severity.DANGER, f"queue:{name}", ready=result.queues[name].ready)
    waiting = recorder.series(f"queue:{name}.ready")
    span = _culprit(recorder.faults, waiting)
    if span is not None:
        return Finding("fault", Severity.WARNING, f"queue:{name}", (("waiting", peaks[name]),), span)
    consumers = [each for each in recorder.snapshot.consumers if each.queue == name] if recorder.snapshot else []
    return _of_consumers(recorder, name, consumers) or finding("backlog_grows", Severity.NOTE, f"queue:{name}", waiting=peaks[name])


def _is_lasting(waiting: Series) -> bool:
    """Whether more than a few waited for more than a moment: else it was the usual to and fro of a queue."""
    long = waiting.values > _FEW
    return bool(long.any()) and float(long[1:] @ np.diff(waiting.times)) >= _LASTING * float(waiting.times[-1] - waiting.times[0])


def _of_consumers(recorder: Recorder, queue: str, consumers: list[ConsumerStats]) -> Finding | None:
    busy = busy_while_waiting(recorder, queue, consumers)
    if busy is not None and busy >= _BUSY:
        return finding("consumers_saturated", Severity.WARNING, f"queue:{queue}", utilisation=busy, count=len(consumers))
    room = sum(each.prefetch_count for each in consumers)
    if not room or not all(each.prefetch_count for each in consumers):
        return None
    held = recorder.series(f"queue:{queue}.unacked").values[recorder.series(f"queue:{queue}.ready").values > 0.0]
    if not held.size or np.nanmean(held) < _FULL * room:
        return None
    return finding("prefetch_limits", Severity.NOTE, f"queue:{queue}", prefetch=consumers[0].prefetch_count, utilisation=busy)


def _culprit(faults: tuple[FaultSpan, ...], waiting: Series) -> FaultSpan | None:
    """The fault during which most of the greatest backlog came together."""
    peak = int(np.nanargmax(waiting.values))
    empty = np.flatnonzero(waiting.values[:peak] <= 0.0)
    start, end = float(waiting.times[empty[-1] if empty.size else 0]), float(waiting.times[peak])
    grown = {span.id: _growth(waiting, max(start, span.since), min(end, end if span.until is None else span.until)) for span in faults}
    worst = max((span for span in faults if span.kind in _HAMPERING), key=lambda span: grown[span.id], default=None)
    if worst is None or grown[worst.id] < _GREATER_PART * float(waiting.values[peak]):
        return None
    return worst


def _growth(waiting: Series, start: float, end: float) -> float:
    """How many more waited at the end of a stretch of time than at its beginning."""
    first, last = np.interp((start, end), waiting.times, waiting.values)
    return float(last - first) if end > start else 0.0


def _working(result: Result, recorder: Recorder) -> list[str]:
    """The queues that somebody is meant to empty."""
    snapshot = recorder.snapshot
    ends = ends_of(snapshot) if snapshot else frozenset()
    return [name for name in result.queues if name not in ends]


def busy_while_waiting(recorder: Recorder, queue: str, consumers: list[ConsumerStats]) -> float | None:
    """The share of the time in which messages waited and consumers were there, that these worked; None where neither was so."""
    ready = recorder.series(f"queue:{queue}.ready")
    if ready.times.size < 2:
        return None
    waited = (ready.values[:-1] > 0.0) & (ready.values[1:] > 0.0)
    lengths, done, could = np.diff(ready.times), 0.0, 0.0
    for consumer in consumers:
        node = f"consumer:{consumer.name}"
        workers = recorder.series(f"{node}.workers").values[1:]
        counts = waited & (workers > 0.0)
        done += float(np.nansum(recorder.change(f"{node}.busy_time", ready.times)[counts]))
        could += float((lengths[counts] * workers[counts]).sum())
    return min(1.0, done / could) if could else None


def _refused(result: Result) -> Finding | None:
    refused = result.ledger.messages.refused
    return finding("publishes_refused", Severity.WARNING, count=refused) if refused else None


def _blocked(result: Result) -> Finding | None:
    blocked = {name: each.blocked_time for name, each in result.producers.items() if each.blocked_time}
    name = max(blocked, key=lambda each: blocked[each], default=None)
    return finding("publishers_blocked", Severity.WARNING, f"producer:{name}", seconds=blocked[name]) if name is not None else None


def _kept_up(result: Result) -> Finding:
    utilisations = [each.utilisation for each in result.consumers.values() if each.utilisation is not None]
    return finding("kept_up", Severity.NOTE, utilisation=max(utilisations, default=None))
