"""How much a scenario will publish, before anything is published: for the guard rails, and for the question before a run."""

from __future__ import annotations

from collections import Counter
from math import inf

from msgspec import Struct

from mqviz.model.faults import Spike
from mqviz.model.scenario import ProducerSpec, Scenario, members
from mqviz.sim.arrivals import Arrivals


class Estimate(Struct, frozen=True, kw_only=True):
    """Messages in all, and in the busiest second. Changes and replies are not counted; spikes are, as if they struck at once."""

    messages: int
    peak: float


def estimate(scenario: Scenario, seed: int, until: float, most: int) -> Estimate:
    """Count arrivals up to `until`, or a little over `most`."""
    seconds: Counter[int] = Counter()
    total = 0
    for spec in scenario.producers:
        if spec.call is not None:
            continue
        for name in members(spec.name, spec.count):
            total += _count(spec, name, seed, until, most - total, seconds)
            if total > most:
                return Estimate(messages=total, peak=float(max(seconds.values())))
    spikes = [fault for fault in scenario.faults if isinstance(fault, Spike)]
    extra = sum(fault.messages or 0 for fault in spikes)
    factor = max((fault.factor or 1.0 for fault in spikes), default=1.0)
    return Estimate(messages=total + extra, peak=max(seconds.values(), default=0) * factor + extra)


def _count(spec: ProducerSpec, name: str, seed: int, until: float, most: int, seconds: Counter[int]) -> int:
    arrivals, count = Arrivals(spec.load, seed, name), 0
    while arrivals.upcoming or arrivals.refill():
        time = arrivals.upcoming.pop()
        if time > until or count > most:
            return count
        seconds[int(time) if time < inf else 0] += 1
        count += 1
    return count
