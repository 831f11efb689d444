"""What queueing theory expects of what is selected: a number where a model is valid, else the reason why none is.

Valid are Poisson arrivals at one queue whose consumers all work alike: M/M/c for exponential work (Erlang C), M/G/1 for one worker
with any work (Pollaczek-Khinchine). Whatever breaks an assumption is named, the first that does.
"""

from __future__ import annotations

from dataclasses import dataclass

from mqviz.model import theory
from mqviz.model.distributions import Constant, Distribution, Exponential, Uniform, mean_of
from mqviz.model.load import ConstantLoad, PoissonLoad
from mqviz.model.scenario import ConsumerSpec, Scenario
from mqviz.model.snapshot import ConsumerStats, ProducerStats, Snapshot
from mqviz.viewmodel.knobs import split


@dataclass(frozen=True, slots=True)
class Expected:
    """Mean time in system in seconds and mean number present (ready and unacked); None with the code of the reason why not.

    Reasons: no_queue not_poisson no_consumers different_work saturated fault limits other_work call.
    """

    time: float | None = None
    present: float | None = None
    rate: float | None = None
    reason: str = ""
    model: str = ""


def expected(snapshot: Snapshot, scenario: Scenario, node: str) -> Expected:
    """What is to be expected of the selected queue, or of the only one where nothing is selected; of nothing else."""
    name = _queue_of(snapshot, node)
    if name is None:
        return Expected(reason="no_queue")
    consumers = [each for each in snapshot.consumers if each.queue == name]
    reason = _breach(snapshot, scenario, name, consumers)
    if reason:
        return Expected(reason=reason)
    rate = sum(each.rate or 0.0 for each in _sources(snapshot, name))
    return _by_model(rate, consumers, scenario)


def _queue_of(snapshot: Snapshot, node: str) -> str | None:
    kind, name = split(node)
    if kind == "queue":
        return name
    return snapshot.queues[0].name if not node and len(snapshot.queues) == 1 else None


def _sources(snapshot: Snapshot, queue: str) -> list[ProducerStats]:
    """The producers whose messages can reach a queue, by the names in its bindings."""
    feeding = {each.source for each in snapshot.bindings if each.destination_type == "queue" and each.destination == queue}
    return [
        each
        for each in snapshot.producers
        if each.call is None and (each.exchange in feeding or (not each.exchange and each.routing_key == queue))
    ]


def _breach(snapshot: Snapshot, scenario: Scenario, queue: str, consumers: list[ConsumerStats]) -> str:
    """The first assumption that does not hold; empty where all do."""
    stats = next((each for each in snapshot.queues if each.name == queue), None)
    specs = [_spec(scenario, each) for each in consumers]
    sources = _sources(snapshot, queue)
    checks = {
        "no_consumers": not consumers or stats is None,
        "fault": bool(snapshot.faults),
        "limits": stats is not None and (stats.max_length is not None or stats.message_ttl is not None),
        "not_poisson": not sources or not all(_is_poisson(scenario, each) for each in sources),
        "call": any(each.call for each in consumers),
        "other_work": any(spec is None or spec.fail is not None or spec.multiple > 1 for spec in specs),
        "different_work": len({(each.service_mean, each.workers) for each in consumers}) > 1,
    }
    return next((code for code, broken in checks.items() if broken), "")


def _spec(scenario: Scenario, consumer: ConsumerStats) -> ConsumerSpec | None:
    return next((each for each in scenario.consumers if each.name == consumer.client), None)


def _is_poisson(scenario: Scenario, producer: ProducerStats) -> bool:
    spec = next((each for each in scenario.producers if each.name == producer.client), None)
    return spec is not None and bool(spec.load) and all(_is_memoryless(load) for load in spec.load)


def _is_memoryless(load: object) -> bool:
    if isinstance(load, PoissonLoad):
        return load.messages is None
    return isinstance(load, ConstantLoad) and load.random and load.messages is None


def _by_model(rate: float, consumers: list[ConsumerStats], scenario: Scenario) -> Expected:
    servers = sum(each.workers for each in consumers)
    spec = _spec(scenario, consumers[0])
    mean = consumers[0].service_mean
    assert spec is not None
    if not mean or rate <= 0:
        return Expected(reason="other_work")
    if rate * mean >= servers:
        return Expected(reason="saturated")
    sd = _sd(spec.service, mean)
    if isinstance(spec.service, Exponential):
        found, model = theory.mmc(rate, 1 / mean, servers), f"M/M/{servers}"
    elif servers == 1 and sd is not None:
        found, model = theory.mg1(rate, mean, sd), "M/G/1"
    else:
        return Expected(reason="other_work")
    return Expected(time=found.time_in_system, present=found.present, rate=rate, model=model)


def _sd(service: Distribution, mean: float) -> float | None:
    """Standard deviation of the work when it is scaled to this mean; None where the cut at 0 changes it."""
    was = mean_of(service)
    scale = mean / was if was else 1.0
    if isinstance(service, Constant):
        return 0.0
    if isinstance(service, Uniform):
        return float(scale * (service.high - service.low) / 12**0.5)
    if hasattr(service, "sd") and service.__struct_config__.tag in ("lognormal", "gamma"):
        return float(scale * service.sd)
    return None
