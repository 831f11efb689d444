"""How much a scenario will publish, before anything is published: for the guard rails, and for the question before a run."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_address
from math import inf

from mqviz.backends.loadgen.feasibility import left_out
from mqviz.backends.loadgen.leftovers import Notes
from mqviz.model.experiment import ELSEWHERE, HERE, Estimate, Prospect
from mqviz.model.faults import Spike
from mqviz.model.feed import LiveBroker
from mqviz.model.scenario import ProducerSpec, Scenario, members
from mqviz.sim.arrivals import Arrivals

A_WHILE = 60.0
"""Seconds of a run without an end that are looked at before; the limits hold for all of it."""


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


def prospect(scenario: Scenario, broker: LiveBroker, notes: Notes) -> Prospect:
    """What a run of a scenario on a broker would be. Whether it may set policies is not known yet: it is believed."""
    limits, here = (HERE if is_here(broker) else ELSEWHERE), is_here(broker)
    until = A_WHILE if scenario.duration is None else scenario.duration
    load = estimate(scenario, scenario.seed, until, limits.messages)
    before = tuple(note.run for note in notes.left_over(broker))
    return Prospect(
        estimate=load, limits=limits, left_out=left_out(scenario, policies=True), is_here=here, left_over=before
    )


def is_here(broker: LiveBroker) -> bool:
    """Whether a broker is on this machine, as far as its address tells."""
    if broker.host == "localhost":
        return True
    try:
        return ip_address(broker.host).is_loopback
    except ValueError:
        return False
