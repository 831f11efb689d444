"""Whether a scenario comes to an end by itself."""

from __future__ import annotations

from msgspec.structs import replace

from mqviz.model.faults import Spike
from mqviz.model.load import BurstLoad, ConstantLoad, Load, OnOffLoad, PoissonLoad, ScheduleLoad, TraceLoad
from mqviz.model.scenario import ProducerSpec, Scenario, members


def lasting(scenario: Scenario, seconds: float) -> Scenario:
    """The same scenario with another duration."""
    return replace(scenario, duration=seconds)


def endless(scenario: Scenario) -> tuple[str, ...]:
    """The names of the producers that never stop by themselves; none where a run until empty makes sense."""
    declared = [each.declare.producers for each in scenario.changes if each.declare is not None]
    producers = [*scenario.producers, *(producer for group in declared for producer in group)]
    spiked = {fault.target for fault in scenario.faults if isinstance(fault, Spike) and fault.messages and fault.every}
    return tuple(dict.fromkeys(each.name for each in producers if _is_endless(each, spiked)))


def _is_endless(producer: ProducerSpec, spiked: set[str]) -> bool:
    names = {producer.name, *members(producer.name, producer.count)}
    return bool(names & spiked) or any(is_endless(load) for load in producer.load)


def is_endless(load: Load) -> bool:
    """Whether a load goes on for good."""
    if load.until is not None or isinstance(load, TraceLoad):
        return False
    if isinstance(load, BurstLoad):
        return load.every is not None
    if load.messages is not None or (isinstance(load, ScheduleLoad) and not load.cyclic):
        return False
    return not (isinstance(load, ConstantLoad | PoissonLoad | OnOffLoad) and load.rate == 0)
