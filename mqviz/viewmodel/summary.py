"""What a run came to, in the few figures that matter, and what limited it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mqviz.model.result import Result
from mqviz.model.snapshot import ConsumerStats, Snapshot
from mqviz.viewmodel.accounts import losses, thrown_away
from mqviz.viewmodel.findings import SATURATED, Finding, Severity, finding
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.series import Series

_FEW = 10


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One finished run. `calls`: there was no broker between, the figures are of direct requests.

    `drained_in`: seconds from the first message in a queue until all were empty for good; None where something is `left`.
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
    greatest_depth: int | None
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
    depth = recorder.series("waiting" if calls else "depth")
    return RunSummary(
        scenario=result.scenario.name,
        virtual_time=result.virtual_time,
        interrupted=result.interrupted,
        calls=calls,
        asked=sum(each.requests for each in result.services.values()) if calls else result.ledger.messages.published,
        completed=sum(each.completed for each in result.services.values()) if calls else result.ledger.work.completed,
        left=left,
        drained_in=_drained_in(depth) if not left else None,
        p95=result.latency.p95,
        greatest_depth=_greatest(result, depth),
        lost=() if calls else losses(result.ledger),
        thrown_away=_failed_calls(result) if calls else thrown_away(result.ledger),
        balanced=result.ledger.balanced,
        limited_by=limited_by(result, recorder),
    )


def _left(result: Result) -> int:
    copies = result.ledger.copies
    return copies.ready + copies.unacknowledged + result.ledger.messages.in_transit + (result.ledger.messages.waiting or 0)


def _failed_calls(result: Result) -> tuple[tuple[str, int], ...]:
    services = result.services.values()
    counts = ((code, sum(getattr(each, code) for each in services)) for code in ("refused", "timed_out", "failed"))
    return tuple((code, count) for code, count in counts if count)


def _drained_in(depth: Series) -> float | None:
    """From the first row with a backlog to the first empty one after the last."""
    full = np.flatnonzero(depth.values > 0.0)
    if not full.size or full[-1] + 1 >= depth.times.size:
        return None
    return float(depth.times[full[-1] + 1] - depth.times[max(int(full[0]) - 1, 0)])


def _greatest(result: Result, depth: Series) -> int | None:
    known = [each.depth.max for each in result.queues.values() if each.depth.max is not None]
    if known:
        return max(known)
    return int(np.nanmax(depth.values)) if depth.values.size and not np.isnan(depth.values).all() else None


def limited_by(result: Result, recorder: Recorder) -> Finding:
    """The one thing that held the run back most."""
    snapshot = recorder.snapshot or Snapshot(time=0.0)
    found = (
        _overloaded(result),
        _lost_with_broker(result),
        _of_deepest(result, recorder, snapshot),
        _refused(result),
        _blocked(result),
    )
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


def _lost_with_broker(result: Result) -> Finding | None:
    restart, transit = result.ledger.copies.lost, result.ledger.messages.lost_in_transit
    if not restart and not transit:
        return None
    return finding("messages_lost", Severity.DANGER, count=restart + transit, restart=restart, transit=transit)


def _of_deepest(result: Result, recorder: Recorder, snapshot: Snapshot) -> Finding | None:
    """Why the deepest queue was deep: nobody consumed, those who did were busy all the time, or had their hands full."""
    depths = {name: each.depth.max or 0 for name, each in result.queues.items() if not _is_end(name, result)}
    name = max(depths, key=lambda each: depths[each], default=None)
    if name is None or depths[name] <= _FEW:
        return None
    node, consumers = f"queue:{name}", [each for each in snapshot.consumers if each.queue == name]
    if not result.queues[name].delivered:
        return finding("queue_without_consumer", Severity.DANGER, node, ready=result.queues[name].ready)
    busy = busy_while_waiting(recorder, name, consumers)
    if busy is not None and busy >= SATURATED:
        return finding("consumers_saturated", Severity.WARNING, node, utilisation=busy, count=len(consumers), depth=depths[name])
    if consumers and all(each.prefetch_count for each in consumers):
        return finding("prefetch_limits", Severity.NOTE, node, prefetch=consumers[0].prefetch_count, utilisation=busy, depth=depths[name])
    return finding("backlog_grows", Severity.NOTE, node, depth=depths[name], utilisation=busy)


def _is_end(name: str, result: Result) -> bool:
    """Whether a queue only took dead letters: it fills because nobody is meant to empty it."""
    letters = sum(each.dead_lettered or 0 for each in result.queues.values())
    return bool(letters) and not result.queues[name].delivered and (result.queues[name].enqueued or 0) <= letters


def busy_while_waiting(recorder: Recorder, queue: str, consumers: list[ConsumerStats]) -> float | None:
    """The share of their time that a queue's consumers worked while messages waited for them; None where none did."""
    ready = recorder.series(f"queue:{queue}.ready")
    waits = ready.values[1:] > 0.0
    seconds = float(np.diff(ready.times)[waits].sum()) if ready.times.size > 1 else 0.0
    workers = sum(each.workers for each in consumers)
    if not seconds or not workers:
        return None
    work = 0.0
    for consumer in consumers:
        gained = recorder.change(f"consumer:{consumer.name}.busy_time", ready.times)
        work += float(np.nansum(gained[waits]))
    return min(1.0, work / (seconds * workers))


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
