"""The run as a whole: time, series, warm-up, steps, emptiness, and the two scenarios that everything began with."""

from __future__ import annotations

import pytest

from mqviz.bundle import resource
from mqviz.errors import ScenarioError
from mqviz.model.amqp import PolicySpec, QueueSpec
from mqviz.model.distributions import Constant
from mqviz.model.load import BurstLoad, ConstantLoad
from mqviz.model.parsing import parse
from mqviz.model.result import Result
from mqviz.model.scenario import ProducerSpec, RunSpec, ServiceSpec
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import at, burst, run, server, shop, world


def shipped(name: str) -> Result:
    return run(parse(resource(f"scenarios/{name}.toml").read_text(encoding="utf-8")))


def test_ten_thousand_with_a_queue_lose_nothing_and_drain() -> None:
    result = shipped("ten-thousand")
    assert result.ledger.nothing_lost
    assert result.ledger.messages.published > 10_000
    assert result.ledger.work.completed == result.ledger.messages.published
    assert result.queues["work"].ready == 0
    assert result.queues["work"].depth.max >= 10_000  # type: ignore[operator]


def test_ten_thousand_without_a_queue_are_refused_and_time_out() -> None:
    result = shipped("ten-thousand-direct")
    service = result.services["server"]
    assert service.balances
    assert service.refused > 5000
    assert service.timed_out > 100
    assert not result.ledger.nothing_lost


def test_a_run_ends_at_its_duration_and_stays_there() -> None:
    simulation = Simulation(world(shop(), duration=3.0))
    assert simulation.run_until(100.0)
    assert (simulation.now, simulation.finished) == (3.0, True)
    assert simulation.run_until(200.0)
    assert simulation.now == 3.0
    assert [entry.code for entry in simulation.drain_log()].count("run_finished") == 1


def test_a_slot_that_expires_leaves_work() -> None:
    simulation = Simulation(world(shop(load=(ConstantLoad(rate=1000.0),))))
    assert not simulation.run_until(5.0, lambda: True)
    assert 0.0 < simulation.now < 5.0
    assert simulation.run_until(5.0)


def test_samples_are_taken_every_second() -> None:
    series = run(world(shop(), server(), duration=3.5)).series
    assert [sample.time for sample in series] == [1.0, 2.0, 3.0]
    assert series[1].publish == 10.0
    assert series[1].deliver == 10.0
    assert series[1].acknowledge == 10.0
    backlog = run(world(burst(5, at=0.25), duration=2.0)).series[1].queues["work"]
    assert (backlog.ready, backlog.unacknowledged, backlog.oldest) == (5, 0, 1.75)
    assert run(world(burst(5, at=0.25), duration=2.0)).queues["work"].oldest.max == 1.75


def test_the_warm_up_is_left_out_of_durations() -> None:
    scenario = world(shop(load=(BurstLoad(messages=50), ConstantLoad(rate=1.0, start=6.0))), server(), run=RunSpec(warm_up=5.0))
    result = run(scenario)
    assert result.latency.max == pytest.approx(0.05)
    assert (result.latency.count, result.queues["work"].wait.count) == (4, 4)
    assert result.ledger.work.completed == 54


def test_a_step_goes_to_the_next_thing_that_happens() -> None:
    simulation = Simulation(world(shop(load=(ConstantLoad(rate=0.5, start=3.0),)), server(service=Constant(mean=0.5)), duration=50.0))
    times = []
    for _ in range(4):
        assert simulation.step()
        times.append(simulation.now)
    assert times == [3.0, 3.5, 5.0, 5.5]


def test_a_step_gives_up_where_nothing_happens() -> None:
    simulation = Simulation(world(burst(1, at=1.0), duration=None))
    assert simulation.step()
    assert not simulation.step()
    assert simulation.now == 61.0


def test_empty_means_that_nothing_is_left_to_do() -> None:
    simulation = Simulation(world(burst(10), server(service=Constant(mean=0.1)), duration=None))
    assert not simulation.is_endless
    simulation.run_until(0.95)
    assert not simulation.is_empty()
    simulation.run_until(1.1)
    assert simulation.is_empty()
    assert not at(world(burst(10)), 5.0).is_empty()
    assert Simulation(world(shop())).is_endless
    kitchen = ServiceSpec(name="kitchen", service=Constant(mean=2.0))
    calling = world(ProducerSpec(name="guest", call="kitchen", load=(BurstLoad(messages=1),)), services=(kitchen,))
    assert not at(calling, 1.0).is_empty()
    assert at(calling, 3.0).is_empty()


def test_policies_are_in_force_from_the_beginning() -> None:
    policy = PolicySpec(name="short", pattern="^wo", definition={"max-length": 2})
    assert run(world(burst(5), policies=(policy,))).queues["work"].dropped == 3


def test_what_the_broker_refuses_is_a_mistake_in_the_file() -> None:
    with pytest.raises(ScenarioError, match="x-max-length"):
        Simulation(world(queues=(QueueSpec(name="work", arguments={"x-max-length": -1}),)))


def test_an_exclusive_queue_belongs_to_its_consumer() -> None:
    scenario = world(shop(load=(ConstantLoad(rate=10.0, start=0.01),)), server(), queues=(QueueSpec(name="work", exclusive=True),))
    simulation = at(scenario, 5.0)
    assert simulation.snapshot().queues[0].exclusive
    assert simulation.snapshot().consumers[0].completed == 50
