"""Queueing theory knows some answers: M/M/1, M/M/c and Little's law hold within the error of the estimate.

Prefetch is the number of workers here: `wait` in a result ends with the delivery, and what waits in a consumer's own buffer is not in it.
"""

from __future__ import annotations

from math import sqrt
from statistics import fmean, stdev

import pytest

from mqviz.model.distributions import Constant, Distribution, Exponential, Gamma
from mqviz.model.load import BurstLoad, PoissonLoad
from mqviz.model.result import Result
from mqviz.model.scenario import RunSpec, Scenario
from mqviz.model.theory import mg1, mmc
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import run, server, shop, world

SEEDS = range(1, 13)
STUDENT = 2.201
"""Of 12 values, 95 %."""


def queue_of(arrival: float, service: Distribution, workers: int, count: int = 1, seconds: float = 100.0) -> Scenario:
    return world(
        shop(load=(PoissonLoad(rate=arrival),)),
        server(service=service, workers=workers, prefetch=workers, count=count),
        duration=seconds,
        run=RunSpec(warm_up=seconds / 10),
    )


def results(scenario: Scenario) -> list[Result]:
    found = []
    for seed in SEEDS:
        simulation = Simulation(scenario, seed=seed)
        simulation.run_until(scenario.duration or 0.0)
        found.append(simulation.result())
    return found


def agrees(measured: list[float], expected: float) -> bool:
    """Whether the expectation lies inside the 95 % interval of these runs."""
    return abs(fmean(measured) - expected) <= STUDENT * stdev(measured) / sqrt(len(measured))


def waits(found: list[Result]) -> list[float]:
    return [result.queues["work"].wait.mean or 0.0 for result in found]


@pytest.mark.parametrize(("workers", "count"), [(1, 1), (5, 1), (1, 5)], ids=["M/M/1", "M/M/5 by workers", "M/M/5 by consumers"])
def test_mean_wait_agrees_with_erlang_c(workers: int, count: int) -> None:
    servers = workers * count
    found = results(queue_of(80.0 * servers, Exponential(mean=0.01), workers, count))
    expected = mmc(80.0 * servers, 100.0, servers)
    assert agrees(waits(found), expected.wait)
    assert agrees([result.latency.mean or 0.0 for result in found], expected.time_in_system)


@pytest.mark.parametrize(("service", "sd"), [(Constant(mean=0.01), 0.0), (Gamma(mean=0.01, sd=0.015), 0.015)], ids=["M/D/1", "M/G/1"])
def test_mean_wait_agrees_with_pollaczek_and_khinchine(service: Distribution, sd: float) -> None:
    found = results(queue_of(60.0, service, 1))
    assert agrees(waits(found), mg1(60.0, 0.01, sd).wait)


def test_little_s_law_holds_for_the_depth() -> None:
    scenario = queue_of(80.0, Exponential(mean=0.01), 1, seconds=200.0)
    for seed in (1, 2, 3):
        simulation = Simulation(scenario, seed=seed)
        simulation.run_until(200.0)
        result = simulation.result()
        queue = result.queues["work"]
        time_in_system = simulation.result().latency.mean or 0.0
        assert queue.depth.mean == pytest.approx((queue.enqueued or 0) / 200.0 * time_in_system, rel=0.1)


def test_depth_is_exact_over_time() -> None:
    """One message, there from 2.0 to 2.5 of 10 seconds; then ten that leave one after the other every half second."""
    loads = (BurstLoad(messages=1, at=2.0), BurstLoad(messages=4, at=5.0))
    result = run(world(shop(load=loads), server(service=Constant(mean=0.5)), duration=10.0))
    depth = result.queues["work"].depth
    assert depth.max == 4
    assert depth.mean == pytest.approx((0.5 + 0.5 * (4 + 3 + 2 + 1)) / 10.0)
    assert result.consumers["server"].utilisation == pytest.approx(0.25)
