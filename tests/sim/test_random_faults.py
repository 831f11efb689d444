"""Scenarios that ship, struck by hand by whatever comes at whatever moment: nothing breaks, the ledger balances, the record repeats it."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import msgspec
from hypothesis import given, settings

from mqviz.model.backend import Apply, EndFault, Inject
from mqviz.model.distributions import Constant
from mqviz.model.faults import Changed
from mqviz.model.library import path_of, read_scenario, shipped
from mqviz.model.scenario import Change, Scenario
from mqviz.sim.simulation import Simulation
from tests.sim.scenarios import faults
from tests.sim.worlds import as_bytes

DURATION = 40.0
SHIPPED = {name: msgspec.structs.replace(read_scenario(path_of(name)), duration=DURATION) for name in shipped()}

gaps = st.sampled_from([0.0, 0.001, 0.05, 0.3, 2.0, 7.0])
settings_by_hand = st.sampled_from(
    [
        Changed(workers=3),
        Changed(prefetch=2),
        Changed(count=0),
        Changed(count=3),
        Changed(latency=0.05),
        Changed(latency=0.0),
        Changed(service=Constant(mean=0.2)),
    ]
)


def targets(scenario: Scenario) -> list[str]:
    """Whom a fault can strike: clients, services, first members."""
    members = [f"{each.name}.1" for each in (*scenario.producers, *scenario.consumers)]
    every = (*scenario.producers, *scenario.consumers, *scenario.services, *scenario.translators)
    return [*(each.name for each in every), *members]


@st.composite
def commands(draw: st.DrawFn, scenario: Scenario) -> Inject | EndFault | Apply:
    """A fault, the end of one, or a change."""
    target = draw(st.sampled_from(targets(scenario)))
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return EndFault(id=draw(st.integers(1, 6)))
    if kind <= 2:
        return Apply(change=Change(target=draw(st.sampled_from([target, "network"])), set=draw(settings_by_hand)))
    fault = draw(faults())
    queues = [f"queue:{each.name}" for each in scenario.queues]
    at_queue = "queue:" in str(getattr(fault, "target", ""))
    aimed: dict[str, Any] = {"target": draw(st.sampled_from(queues or [target])) if at_queue else target}
    return Inject(fault=msgspec.structs.replace(fault, **aimed) if getattr(fault, "target", None) is not None else fault)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[str, int, list[tuple[float, Any]]]:
    """A scenario that ships, a seed, and what is done by hand after how long."""
    name = draw(st.sampled_from(sorted(SHIPPED)))
    done = st.tuples(gaps, commands(SHIPPED[name]))
    return name, draw(st.integers(0, 1000)), draw(st.lists(done, min_size=1, max_size=12))


@settings(max_examples=60)
@given(sessions())
def test_whatever_strikes_a_scenario_that_ships_it_goes_on_and_balances(session: tuple[str, int, list[tuple[float, Any]]]) -> None:
    name, seed, done = session
    simulation = Simulation(SHIPPED[name], seed=seed, watch=True)
    for gap, command in done:
        simulation.run_until(simulation.now + gap)
        simulation.apply(command)
        simulation.snapshot()
        assert simulation.result().ledger.balanced
    simulation.run_until(DURATION)
    simulation.drain_events()
    result = simulation.result()
    again = Simulation(simulation.recording(), seed=seed)
    again.run_until(DURATION)
    assert as_bytes(again.result()) == as_bytes(result)
    assert result.ledger.balanced
