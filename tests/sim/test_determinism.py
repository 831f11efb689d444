"""One seed, one result: at any speed, in any slices, watched or not, by hand or from the record."""

from __future__ import annotations

from itertools import cycle

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from mqviz.model.backend import Apply, Command, EndFault, Inject, Publish
from mqviz.model.distributions import Exponential
from mqviz.model.load import PoissonLoad
from mqviz.model.scenario import Scenario
from mqviz.sim.simulation import Simulation
from tests.sim.scenarios import DURATION, changes, faults, scenarios
from tests.sim.worlds import as_bytes, server, shop, world

MM1 = world(
    shop(load=(PoissonLoad(rate=50.0),)),
    server(service=Exponential(mean=0.015)),
    duration=20.0,
)


def whole(scenario: Scenario, *, seed: int | None = None) -> bytes:
    simulation = Simulation(scenario, seed=seed)
    simulation.run_until(1000.0)
    return as_bytes(simulation.result())


@settings(max_examples=max(40, settings.default.max_examples // 3))
@given(scenarios())
def test_twice_the_same(scenario: Scenario) -> None:
    assert whole(scenario) == whole(scenario)


def test_another_seed_is_another_run() -> None:
    assert whole(MM1) != whole(MM1, seed=2)


@settings(max_examples=max(40, settings.default.max_examples // 3))
@given(scenarios(), st.lists(st.floats(0.01, 3.0), min_size=1, max_size=4))
def test_slices_and_watching_change_nothing(scenario: Scenario, slices: list[float]) -> None:
    simulation = Simulation(scenario, watch=True)
    for length in cycle(slices):
        simulation.run_until(simulation.now + length)
        simulation.snapshot()
        simulation.drain_events()
        simulation.drain_log()
        if simulation.finished:
            break
    assert as_bytes(simulation.result()) == whole(scenario)


def test_stepping_changes_nothing() -> None:
    simulation = Simulation(MM1)
    for _ in range(500):
        simulation.step()
    answers = iter(cycle([True, False, False]))
    while not simulation.run_until(1000.0, lambda: next(answers)):
        pass
    assert as_bytes(simulation.result()) == whole(MM1)


def commands() -> st.SearchStrategy[list[tuple[float, Command]]]:
    publish = Publish(exchange="", routing_key="work", body=b"by hand")
    by_hand: st.SearchStrategy[Command] = st.one_of(
        faults().map(lambda fault: Inject(fault=fault)),
        changes().map(lambda change: Apply(change=change)),
        st.just(publish),
        st.integers(1, 6).map(lambda id: EndFault(id=id)),
    )
    pauses = st.sampled_from([0.0, 0.0, 0.1, 1.0, 2.7182818])
    return st.lists(st.tuples(pauses, by_hand), min_size=1, max_size=6)


@given(scenarios(), commands())
def test_what_was_done_by_hand_can_be_repeated_from_the_record(scenario: Scenario, script: list[tuple[float, Command]]) -> None:
    simulation = Simulation(scenario)
    for pause, command in script:
        simulation.run_until(min(simulation.now + pause, DURATION - 0.5))
        simulation.apply(command)
    simulation.run_until(DURATION)
    assert simulation.result().ledger.balanced
    record = simulation.recording()
    assert whole(record) == as_bytes(simulation.result())


def test_the_record_of_an_untouched_run_is_its_scenario() -> None:
    simulation = Simulation(MM1)
    simulation.run_until(5.0)
    assert simulation.recording() == MM1


def test_a_producer_more_leaves_the_luck_of_the_others_as_it_was() -> None:
    def arrivals(scenario: Scenario) -> list[int]:
        """How much the shop has published, each tenth of a second."""
        simulation = Simulation(scenario)
        counts = []
        for tenth in range(1, 100):
            simulation.run_until(tenth / 10)
            counts.append(simulation.snapshot().producers[-1].published)
        return counts

    more = msgspec.structs.replace(MM1, producers=(shop(name="till", load=(PoissonLoad(rate=9.0),)), *MM1.producers))
    assert arrivals(more) == arrivals(MM1)
    assert Simulation(more).snapshot().producers[0].name == "till.1"


def test_a_consumer_more_leaves_the_service_times_of_the_others_as_they_were() -> None:
    def first_services(scenario: Scenario) -> float | None:
        simulation = Simulation(scenario)
        simulation.run_until(1000.0)
        return simulation.result().consumers["server"].service.mean

    alone = world(shop(load=(PoissonLoad(rate=50.0, messages=20),)), server(service=Exponential(mean=0.015)))
    helper = server(name="helper", queue="other", service=Exponential(mean=0.015))
    assert first_services(msgspec.structs.replace(alone, consumers=(helper, *alone.consumers))) == first_services(alone)
